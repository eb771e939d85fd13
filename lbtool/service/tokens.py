"""Kinds of the words of a text, for colours that know what a name is.

A name is coloured as what it names; words are known by themselves, so a text that is
broken keeps its colours. Blanks and parentheses are left out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lbtool.service.comments import comments
from lbtool.wat.fields import field_of
from lbtool.wat.immediates import READERS
from lbtool.wat.items import Func, Global
from lbtool.wat.lexer import identifier
from lbtool.wat.positions import chunk_at
from lbtool.wat.types import HEAP_TYPES, VAL_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lbtool.wat.cursor import Ref
    from lbtool.wat.document import Document
    from lbtool.wat.items import Field

__all__ = ["MODIFIERS", "TYPES", "Token", "tokens"]

TYPES = (
    "keyword", "macro", "type", "function", "variable", "parameter", "property",
    "label", "event", "number", "string", "comment",
)  # fmt: skip
"""The legend. ``macro``: an instruction that is not control flow."""
MODIFIERS = ("declaration", "readonly", "static")
"""``readonly``: an immutable global; ``static``: something imported."""


class Token(NamedTuple):
    """A word or comment; `type` and `modifiers` are of the legend."""

    start: int
    end: int
    type: str
    modifiers: tuple[str, ...] = ()


LONGEST = 64  # no word that means something is longer

_Role = tuple[str, tuple[str, ...]]

_SPACES = {
    "func": "function", "table": "variable", "memory": "variable",
    "global": "variable", "elem": "variable", "data": "variable", "tag": "event",
    "type": "type", "local": "variable", "label": "label", "field": "property",
}  # fmt: skip
_CONTROL = frozenset(
    """
    block loop if then else end try_table try catch catch_all catch_ref catch_all_ref
    delegate rethrow throw throw_ref br br_if br_table br_on_null br_on_non_null
    br_on_cast br_on_cast_fail return call call_indirect call_ref return_call
    return_call_indirect return_call_ref unreachable
    """.split()  # noqa: SIM905 - a table
)
_KEYWORDS = _CONTROL | frozenset(
    """
    module data elem export func global import memory rec start table tag type param
    result local mut offset item declare sub final struct array field ref null shared
    pagesize binary quote definition
    """.split()  # noqa: SIM905 - a table
)
_TYPE_WORDS = frozenset({*VAL_TYPES, *HEAP_TYPES, "i8", "i16"}) | {
    "i8x16", "i16x8", "i32x4", "i64x2", "f32x4", "f64x2",
}  # fmt: skip
_NUMBER = re.compile(r"[+-]?(?:[0-9]|inf\Z|nan(?:\Z|:))")
_ATTRIBUTE = re.compile(r"(offset|align)=(.+)")


def tokens(
    document: Document, start: int = 0, end: int | None = None
) -> Iterator[Token]:
    """Those that overlap ``[start, end)``, in order; a comment may have many lines."""
    end = len(document.text) if end is None else end
    first = max(chunk_at(document, start), 0)
    for position in range(first, len(document.chunks)):
        if document.starts[position] >= end:
            return
        found = sorted(_chunk(document, position))
        if start <= document.starts[position] and document.starts[position + 1] <= end:
            yield from found
        else:
            yield from (each for each in found if start < each.end and each.start < end)


def _chunk(document: Document, position: int) -> Iterator[Token]:
    chunk, base = document.chunks[position], document.starts[position]
    covered = []
    for first, last in comments(chunk):
        covered.append((base + first, base + last))
        yield Token(base + first, base + last, "comment")
    if chunk.kind == "field":
        field = field_of(chunk)
        roles = _roles(document, field)
        places = zip(field.text, field.tokens.start, strict=True)
        for number, (text, at) in enumerate(places):
            role = roles.get(number) or _role(text[:LONGEST])
            if role is not None:
                yield Token(base + at, base + at + len(text), *role)
            elif "=" in text:
                yield from _attribute(text, base + at)
    elif chunk.kind == "module":
        yield from _head(chunk.text, base, covered)


def _head(text: str, base: int, covered: list[tuple[int, int]]) -> Iterator[Token]:
    """Words of ``(module $name``."""
    for found in re.finditer(r"[^\s();\"]+", text):
        start, end = base + found.start(), base + found.end()
        role = ("variable", ("declaration",)) if found[0][0] == "$" else _role(found[0])
        if role and not any(first <= start < last for first, last in covered):
            yield Token(start, end, *role)


def _attribute(text: str, start: int) -> Iterator[Token]:
    """``offset=4``."""
    found = _ATTRIBUTE.fullmatch(text)
    if found is not None:
        yield Token(start, start + found.end(1), "property")
        yield Token(start + found.start(2), start + len(text), "number")


@lru_cache(4096)
def _role(text: str) -> _Role | None:
    """The type of a word by itself."""
    kind = None if text in "()" else _kind(text)
    return None if kind is None else (kind, ())


def _kind(text: str) -> str | None:
    if text[0] == '"':
        return "string"
    if text[0] == "$":
        return "variable"
    if text in _KEYWORDS:
        return "keyword"
    if text in READERS:
        return "macro"
    if text in _TYPE_WORDS:
        return "type"
    return "number" if _NUMBER.match(text) else None


def _roles(document: Document, field: Field) -> dict[int, _Role]:
    """Names by token; numbers stay numbers."""
    text, found = field.text, dict[int, _Role]()
    imported = ("static",) * (field.imported is not None)
    for made in field.defines:
        fixed = isinstance(field.item, Global) and not field.item.mutable
        modifiers = ("declaration", *("readonly",) * fixed, *imported)
        found[made.token] = _SPACES[made.space], modifiers
    for use in field.uses:
        found[use.token] = _SPACES[use.space], _modifiers(document, use.space, use.ref)
    for kind in field.item if isinstance(field.item, tuple) else ():
        for each, _ in kind.composite.fields:
            found[each.name] = "property", ("declaration",)
        for each in kind.composite.params:
            found[each.name] = "parameter", ("declaration",)
    for block in field.blocks or ():
        found[block.label] = "label", ("declaration",)
    if isinstance(field.item, Func):
        found.update(_locals(field, field.item))
    return {token: role for token, role in found.items() if text[token][0] == "$"}


def _modifiers(document: Document, space: str, ref: Ref) -> tuple[str, ...]:
    """Of a reference: of what it refers to."""
    owners = document.tables.owners.get(space, ())
    index = document.tables.index(space, ref) if owners else None
    if index is None or index >= len(owners):
        return ()
    owner = owners[index]
    item = document.field(owner.chunk).item if space == "global" else None
    fixed = isinstance(item, Global) and not item.mutable
    return ("readonly",) * fixed + ("static",) * owner.imported


def _locals(field: Field, func: Func) -> Iterator[tuple[int, _Role]]:
    kinds: dict[str, str] = {}
    for kind, declared in (("parameter", func.params), ("variable", func.locals)):
        for each in declared:
            if each.name >= 0:
                kinds.setdefault(identifier(field.text[each.name]), kind)
                yield each.name, (kind, ("declaration",))
    for instruction in field.code or ():
        if instruction.op.immediates == ("localidx",):
            token = instruction.token + 1
            kind = kinds.get(identifier(field.text[token]), "variable")
            yield token, (kind, ())
