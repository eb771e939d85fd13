"""From a name, an index or a keyword to its definition and to all that mentions it.

What a token means is ``wat.symbols``' matter. Here a block stands for its label, named
or not: ``block``, ``else`` and ``end`` are places of it, as its branches are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from lbtool.wat import symbols
from lbtool.wat.positions import Span, token_at, token_span
from lbtool.wat.symbols import Symbol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lbtool.wat.document import Document
    from lbtool.wat.instructions import Block

__all__ = [
    "Highlight",
    "definition",
    "highlights",
    "highlights_of",
    "references",
    "target_at",
]

Kind = Literal["read", "write", "text"]


class Highlight(NamedTuple):
    """A place that mentions the same; ``text`` neither reads nor writes."""

    start: int
    end: int
    kind: Kind


# Space -> the instructions that write what their first immediate names.
_WRITERS = {
    "local": frozenset({"local.set", "local.tee"}),
    "global": frozenset({"global.set"}),
    "table": frozenset(
        {"table.set", "table.grow", "table.fill", "table.copy", "table.init"}
    ),
    "memory": frozenset(
        {"memory.grow", "memory.fill", "memory.copy", "memory.init"}
    ),
    "elem": frozenset({"elem.drop"}),
    "data": frozenset({"data.drop"}),
}  # fmt: skip
_BLOCKS = frozenset({"block", "loop", "if", "else", "end", "try_table", "try"})


def target_at(document: Document, offset: int) -> Symbol | None:
    """What the token at the offset stands for; a block's keywords for its label."""
    found = symbols.symbol_at(document, offset)
    if found is not None:
        return found
    token = token_at(document, offset)
    if token is None or token.text not in _BLOCKS:
        return None
    for block in document.field(token.chunk).blocks or ():
        if token.token in _keywords(document, token.chunk, block):
            return Symbol("label", block.opener, token.chunk)
    return None


def definition(document: Document, offset: int) -> list[Span]:
    """The name, or the keyword of what has none; nothing for what is not defined."""
    target = target_at(document, offset)
    found = None if target is None else _declared(document, target)
    return [] if found is None else [found]


def references(
    document: Document, offset: int, include_declaration: bool = True
) -> list[Span]:
    """Every mention of what the token at the offset mentions, in order."""
    target = target_at(document, offset)
    if target is None:
        return []
    found = set(symbols.references(document, target, definitions=False))
    if include_declaration and (declared := _declared(document, target)) is not None:
        found.add(declared)
    return sorted(found)


def highlights(document: Document, offset: int) -> list[Highlight]:
    """The same, with what each place does, and the keywords of a block."""
    target = target_at(document, offset)
    return [] if target is None else highlights_of(document, target)


def highlights_of(document: Document, target: Symbol) -> list[Highlight]:
    """The same of something that is known."""
    found: dict[Span, Kind] = {}
    if target.space == "label":
        block = _block(document, target)
        if block is not None:
            for token in _keywords(document, target.scope, block):
                found[token_span(document, target.scope, token)] = "text"
    declared = _declared(document, target)
    if declared is not None:
        found[declared] = "text"
    for span in symbols.references(document, target, definitions=False):
        found[span] = _access(document, span, target.space)
    return [Highlight(*span, found[span]) for span in sorted(found)]


def _declared(document: Document, target: Symbol) -> Span | None:
    found = symbols.definition(document, target)
    if found is not None or target.space != "label":
        return found
    if target.number < 0:
        return token_span(document, target.scope, 1)  # the function's keyword
    block = _block(document, target)
    if block is None:
        return None
    tokens = _keywords(document, target.scope, block)
    return token_span(document, target.scope, next(tokens))


def _block(document: Document, target: Symbol) -> Block | None:
    blocks = document.field(target.scope).blocks or ()
    return next((each for each in blocks if each.opener == target.number), None)


def _keywords(document: Document, chunk: int, block: Block) -> Iterator[int]:
    """Tokens of the opener, its ``else`` and its ``end``, those that are written."""
    field = document.field(chunk)
    code = field.code or ()
    for ordinal in (block.opener, block.otherwise, block.end):
        token = code[ordinal].token if 0 <= ordinal < len(code) else 0
        if field.text[token] in _BLOCKS:
            yield token


def _access(document: Document, span: Span, space: str) -> Kind:
    """What the instruction before a mention does with it."""
    found = token_at(document, span.start)
    if found is None or found.token < 2:
        return "read"
    text = document.field(found.chunk).text
    before = text[found.token - 1]
    if space == "field":
        return "write" if text[found.token - 2] == "struct.set" else "read"
    if space == "memory" and ".store" in before:
        return "write"
    if space == "label" and before in ("else", "end"):
        return "text"
    return "write" if before in _WRITERS.get(space, ()) else "read"
