"""What stands at a place of the text, in Markdown: the door to all hovers.

An instruction shows its code; a name in it, what it names, too. Elsewhere a definition,
a literal or a keyword is explained.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from lbtool.service import markdown
from lbtool.service.instruction_hover import instruction_hover
from lbtool.service.item_hover import about, initialisers, no_code, source
from lbtool.service.keyword_hover import KEYWORDS
from lbtool.service.lenses import counted
from lbtool.service.literal_hover import literal, memory_access
from lbtool.service.navigate import target_at
from lbtool.wat.fields import field_of
from lbtool.wat.items import SPACES
from lbtool.wat.lexer import string_bytes
from lbtool.wat.positions import TokenAt, chunk_at, function_in, token_at, token_span
from lbtool.wat.symbols import Symbol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lbtool.compiler.listing import Listing
    from lbtool.service.analysis import Analysis, FunctionView
    from lbtool.wat.document import Document
    from lbtool.wat.instructions import Instruction
    from lbtool.wat.items import Field

__all__ = ["Hover", "hover"]

STALE = "stale: code of the last valid text"


class Hover(NamedTuple):
    """Markdown about ``[start, end)``."""

    start: int
    end: int
    markdown: str


def hover(analysis: Analysis, offset: int) -> Hover | None:
    """About the token that the offset is in, or that ends there."""
    document = analysis.document
    for found in (_token(document, offset), token_at(document, offset)):
        if found is not None and (made := _about(analysis, found)) is not None:
            return made
    return _module(document, offset)


def _about(analysis: Analysis, found: TokenAt) -> Hover | None:
    document = analysis.document
    field = document.field(found.chunk)
    code = field.code or initialisers(field)
    ordinal = _ordinal(code, found.token)
    start, end = found.span
    if ordinal is None:
        parts = _outside(analysis, field, found)
    else:
        instruction = code[ordinal]
        if found.token == instruction.token:
            last = max(instruction.stop - 1, instruction.token)
            end = token_span(document, found.chunk, last).end
        parts = _inside(analysis, found, instruction, ordinal)
    text = "\n\n".join(parts)
    return Hover(start, end, text) if text else None


def _token(document: Document, offset: int) -> TokenAt | None:
    """The token that the character at the offset is of."""
    position = chunk_at(document, offset)
    if position >= 0 and document.chunks[position].kind == "field":
        field = document.field(position)
        inside = offset - document.starts[position]
        token = bisect_right(field.tokens.start, inside) - 1
        while token >= 0 and not field.text[token]:
            token -= 1
        if token >= 0:
            span = token_span(document, position, token)
            if span.start <= offset < span.end:
                return TokenAt(position, token, span, field.text[token])
    return None


def _ordinal(code: Sequence[Instruction], token: int) -> int | None:
    """The instruction that a token is the mnemonic or an immediate of."""
    for ordinal, each in enumerate(code):
        if each.token == token or each.token < token < each.stop:
            return ordinal
    return None


def _module(document: Document, offset: int) -> Hover | None:
    """About the head of a module: how much there is of what."""
    position = chunk_at(document, offset)
    if position < 0 or document.chunks[position].kind != "module":
        return None
    start = document.starts[position] + document.chunks[position].lead
    if offset < start:
        return None
    owners = document.tables.owners
    counts = [f"{space} {len(owners[space])}" for space in SPACES if owners[space]]
    parts = [_explained("module"), " · ".join(counts)]
    return Hover(start, document.starts[position + 1], "\n\n".join(filter(None, parts)))


# ---- in instructions


def _inside(
    analysis: Analysis, found: TokenAt, instruction: Instruction, ordinal: int
) -> Iterator[str]:
    field = analysis.document.field(found.chunk)
    funcidx = function_in(analysis.document, found.chunk)
    if field.code is not None and funcidx is not None:
        yield from _instruction(analysis.function(funcidx), instruction, ordinal)
    else:
        yield markdown.code(_words(field, instruction))
    for line in (literal(instruction), memory_access(instruction, field.text)):
        if line is not None:
            yield line
    symbol = target_at(analysis.document, found.span.start)
    if symbol is None and found.token == instruction.token:
        symbol = _named(analysis.document, found, instruction)
    if symbol is not None:
        yield from about(analysis, symbol, ordinal)


def _named(
    document: Document, found: TokenAt, instruction: Instruction
) -> Symbol | None:
    """What the only immediate of an instruction names."""
    if instruction.stop != instruction.token + 2:
        return None
    return target_at(document, token_span(document, found.chunk, found.token + 1).start)


def _words(field: Field, instruction: Instruction) -> str:
    if field.text[instruction.token] == ")":
        return "end"
    return source(
        field, instruction.token, max(instruction.stop - 1, instruction.token)
    )


def _instruction(
    function: FunctionView, instruction: Instruction, ordinal: int
) -> Iterator[str]:
    made = function.listing()
    state = function.state
    line = None if made is None else _line(function, made, ordinal)
    if made is None or line is None:
        yield markdown.code(_words(function.field, instruction))
        yield no_code(function, ordinal)
        return
    if state == "stale":
        yield f"{STALE} ({no_code(function, ordinal)})"
    line_of = partial(_line_of, function) if state == "fresh" else None
    yield instruction_hover(made, line, line_of)


def _line_of(function: FunctionView, ordinal: int) -> int:
    """The line of an instruction, from 1 as editors count."""
    document = function.analysis.document
    return document.line_column(function.span(ordinal)[0])[0] + 1


def _line(function: FunctionView, made: Listing, ordinal: int) -> int | None:
    """The line of a listing, which may be of an earlier text; None for new words."""
    words = [each.op.mnemonic for each in function.field.code or ()]
    if function.state == "fresh":
        return ordinal
    old = [each.text.partition(" ")[0] for each in made.lines]
    if words[: ordinal + 1] == old[: ordinal + 1]:
        return ordinal
    rest = len(words) - ordinal
    return len(old) - rest if words[-rest:] == old[-rest:] else None


# ---- elsewhere


def _outside(analysis: Analysis, field: Field, found: TokenAt) -> Iterator[str]:
    document = analysis.document
    symbol = target_at(document, found.span.start) or _of_field(document, field, found)
    if symbol is not None:
        yield from about(analysis, symbol)
    if found.text in KEYWORDS:
        yield _explained(found.text)
    elif symbol is None:
        if found.text[0] == '"':
            yield _string(found.text)
        if field.defines and found.text not in "()":
            yield from about(analysis, _first(document, field, found))


def _of_field(document: Document, field: Field, found: TokenAt) -> Symbol | None:
    """What the keyword of a field defines, or what an export's name is of."""
    made = field.defines[0] if field.defines else None
    own = next((e for e in field.exports if e.token == found.token), None)
    imported = found.text[0] == '"' and field.imported is not None
    if own is not None and own.ref is not None:
        index = document.tables.index(own.space, own.ref)
        return None if index is None else Symbol(own.space, index)
    keyword = made is not None and found.text == made.space
    if made is None or not (own or imported or (keyword and found.token < made.token)):
        return None
    symbol = _first(document, field, found)
    if keyword and field_of(document.chunks[found.chunk]).group:
        before = sum(each.token < found.token for each in field.defines)
        return Symbol(symbol.space, symbol.number + before)
    return symbol


def _first(document: Document, field: Field, found: TokenAt) -> Symbol:
    """The first thing that a field defines."""
    space = field.defines[0].space
    owners = document.tables.owners[space]
    index = bisect_right(owners, found.chunk - 1, key=lambda owner: owner.chunk)
    return Symbol(space, index)


def _explained(word: str) -> str:
    row = KEYWORDS[word]
    return f"{markdown.code(word)}: {row.meaning} (specification {row.section})"


def _string(token: str) -> str:
    try:
        return counted(len(string_bytes(token)), "byte")
    except ValueError:
        return "no Unicode"
