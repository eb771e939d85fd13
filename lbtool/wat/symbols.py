"""What a name in the text means: its definition, and everything that refers to it.

A `Symbol` is something with an index: of the module, or a local, a label or a field of
a structure. Names and plain numbers refer to it alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lbtool.wat.cursor import U32
from lbtool.wat.fields import field_of
from lbtool.wat.items import Field, Func
from lbtool.wat.lexer import identifier
from lbtool.wat.numbers import integer
from lbtool.wat.positions import Span, token_at, token_span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lbtool.wat.cursor import Ref
    from lbtool.wat.document import Document

__all__ = ["Symbol", "definition", "references", "symbol_at"]


class Symbol(NamedTuple):
    """What a token means.

    space   ``func`` and the other index spaces, ``local``, ``label`` or ``field``
    number  the index; of a label the ordinal of its block's instruction, -1 for the
            function's own label
    scope   0; of a local or label the chunk of the function; of a field the typeidx
    """

    space: str
    number: int
    scope: int = 0


class _Mention(NamedTuple):
    """A token of a chunk that stands for a symbol."""

    symbol: Symbol
    token: int
    defines: bool


def symbol_at(document: Document, offset: int) -> Symbol | None:
    """The symbol that the token at the offset defines or refers to."""
    found = token_at(document, offset)
    if found is None:
        return None
    for mention in _mentions(document, found.chunk, token=found.token):
        if mention.token == found.token:
            return mention.symbol
    return None


def definition(document: Document, symbol: Symbol) -> Span | None:
    """Where the name of the symbol is defined, the keyword if it has no name."""
    chunk = _home(document, symbol)
    if chunk is None:
        return None
    for mention in _mentions(document, chunk):
        if mention.symbol == symbol and mention.defines:
            return token_span(document, chunk, mention.token)
    return None


def references(
    document: Document, symbol: Symbol, *, definitions: bool = True
) -> Iterator[Span]:
    """Every token that stands for the symbol, in the order of the text."""
    inner = symbol.space in ("local", "label")
    chunks = (symbol.scope,) if inner else _mentioning(document, symbol)
    for chunk in chunks:
        for mention in _mentions(document, chunk, symbol.space):
            if mention.symbol == symbol and (definitions or not mention.defines):
                yield token_span(document, chunk, mention.token)


def _mentioning(document: Document, symbol: Symbol) -> Iterator[int]:
    """Chunks in which a symbol of the module may be mentioned."""
    space, number, _ = symbol
    home = _home(document, symbol)
    refs: set[object] = {number}
    if space != "field":
        names = document.tables.indices[space]
        refs |= {name for name, index in names.items() if index == number}
    for position, chunk in enumerate(document.chunks):
        if chunk.kind != "field":
            continue
        for use in field_of(chunk).uses:
            if use[0] == space and (space == "field" or use[2] in refs):
                yield position
                break
        else:
            if position == home:
                yield position


# ---- mentions


def _home(document: Document, symbol: Symbol) -> int | None:
    """The chunk that defines the symbol."""
    if symbol.space in ("local", "label"):
        return symbol.scope
    space = "type" if symbol.space == "field" else symbol.space
    index = symbol.scope if symbol.space == "field" else symbol.number
    owners = document.tables.owners[space]
    return owners[index].chunk if 0 <= index < len(owners) else None


def _mentions(
    document: Document, chunk: int, space: str | None = None, token: int | None = None
) -> Iterator[_Mention]:
    """All mentions in one chunk, on request only those of one space.

    Who looks for one token says so: a large function has many locals in its code.
    """
    if document.chunks[chunk].kind != "field":
        return
    field = field_of(document.chunks[chunk])
    yield from _defined(document, chunk, field)
    yield from _used(document, chunk, field, space)
    if space in (None, "local"):
        yield from _locals(document, chunk, field, token)
    if space in (None, "label"):
        for block in field.blocks or ():
            if block.label >= 0:
                yield _Mention(Symbol("label", block.opener, chunk), block.label, True)


def _defined(document: Document, chunk: int, field: Field) -> Iterator[_Mention]:
    seen: dict[str, int] = {}
    for made in field.defines:
        first = seen.get(made.space)
        if first is None:
            first = _first_index(document, made.space, chunk)
        seen[made.space] = first + 1
        yield _Mention(Symbol(made.space, first), made.token, True)
        if made.space == "type" and first < len(document.tables.types):
            item = document.tables.types[first][1]
            for number, (param, _) in enumerate(item.composite.fields if item else ()):
                if param.name >= 0:
                    yield _Mention(Symbol("field", number, first), param.name, True)


def _first_index(document: Document, space: str, chunk: int) -> int:
    """Index of the first thing of the space that is not defined before the chunk."""
    owners = document.tables.owners[space]
    low, high = 0, len(owners)
    while low < high:
        middle = (low + high) // 2
        if owners[middle].chunk < chunk:
            low = middle + 1
        else:
            high = middle
    return low


def _used(
    document: Document, chunk: int, field: Field, space: str | None
) -> Iterator[_Mention]:
    before: Ref = 0
    for use in field.uses:
        if space is not None and use.space not in (space, "type"):
            continue
        symbol = _meaning(document, chunk, use.space, use.ref, before)
        before = use.ref
        if symbol is not None:
            yield _Mention(symbol, use.token, False)


def _meaning(
    document: Document, chunk: int, space: str, ref: Ref, before: Ref
) -> Symbol | None:
    tables = document.tables
    if space == "label":
        return Symbol("label", int(ref), chunk)
    if space != "field":
        index = tables.index(space, ref)
        return None if index is None else Symbol(space, index)
    kind = tables.index("type", before)
    if kind is None:
        return None
    number = ref if isinstance(ref, int) else tables.field_index(kind, ref)
    return None if number is None else Symbol("field", number, kind)


def _locals(
    document: Document, chunk: int, field: Field, wanted: int | None
) -> Iterator[_Mention]:
    func = field.item
    if not isinstance(func, Func):
        return
    names: dict[str, int] = {}
    # Locals come behind parameters that only the type says; behind those of an unknown
    # type they are known by name only.
    first = document.encoder.shift(func)
    first = 1 << 32 if first < 0 else first
    for index, each in enumerate((*func.params, *func.locals), first):
        token = each.name if each.name >= 0 else each.token
        if each.name >= 0:
            names.setdefault(identifier(field.text[each.name]), index)
        yield _Mention(Symbol("local", index, chunk), token, True)
    for instruction in field.code or ():
        token = instruction.token + 1
        if wanted not in (None, token):
            continue
        if instruction.op.immediates != ("localidx",) or instruction.code is None:
            continue
        text = field.text[token]
        ref = names.get(identifier(text)) if text[0] == "$" else integer(text, 0, U32)
        if ref is not None:
            yield _Mention(Symbol("local", ref, chunk), token, False)
