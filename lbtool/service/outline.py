"""What a text defines, as a tree in the order of the text; for outlines and searches.

Modules hold their fields. A function holds its exports, a table or memory its segment.
A field that is broken is there as far as it has a head.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lbtool.service.descriptions import detail
from lbtool.wat.chunks import FIELDS
from lbtool.wat.fields import field_of
from lbtool.wat.items import SPACES

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from lbtool.wat.chunks import Chunk
    from lbtool.wat.document import Document
    from lbtool.wat.items import Field

__all__ = ["Symbol", "matches", "steps"]


class Symbol(NamedTuple):
    """Something with a name, ``[start, end)`` its whole text.

    name    as written, ``func 3`` without one; never empty
    detail  its type
    kind    ``module``, an index space (``func``...), ``export``, ``import`` (one that
            cannot be read) or ``start``
    """

    name: str
    detail: str
    kind: str
    start: int
    end: int
    name_start: int
    name_end: int
    children: tuple[Symbol, ...] = ()


def matches(query: str, name: str) -> bool:
    """Whether `name` has the characters of `query` in their order, in any case."""
    rest = iter(name.casefold())
    return all(character in rest for character in query.casefold())


def steps(document: Document) -> Generator[None, None, list[Symbol]]:
    """The tree, one field a step; fields outside of a module stand beside it."""
    found: list[Symbol] = []
    module: Symbol | None = None
    inside: list[Symbol] = []
    counts = dict.fromkeys(SPACES, 0)

    def close(end: int) -> None:
        if module is not None:
            found.append(module._replace(end=end, children=tuple(inside)))
            inside.clear()

    for position, chunk in enumerate(document.chunks):
        start = document.starts[position]
        if chunk.kind == "module":
            close(start + chunk.lead)
            module = _module(chunk, start)
        elif chunk.kind == "close":
            close(document.starts[position + 1])
            module = None
        elif chunk.kind == "field":
            made = _Reader(document, position, counts).symbols()
            (found if module is None else inside).extend(made)
            yield
    close(len(document.text))
    return found


def _module(chunk: Chunk, start: int) -> Symbol:
    name = next((word for word in chunk.head.split() if word[0] == "$"), "module")
    at = max(chunk.text.rfind(name), chunk.lead)
    end = min(start + at + len(name), start + len(chunk.text))
    first = start + chunk.lead
    return Symbol(name, "", "module", first, end, start + at, end)


class _Reader:
    """Symbols of one field; `counts` is how many of each space came before."""

    def __init__(
        self, document: Document, position: int, counts: dict[str, int]
    ) -> None:
        self.document = document
        self.base = document.starts[position]
        self.chunk = document.chunks[position]
        self.field: Field = field_of(self.chunk)
        self.counts = counts

    def symbols(self) -> list[Symbol]:
        """Those of the types of a group side by side."""
        field = self.field
        found = [self.defined(number) for number in range(len(field.defines))]
        if not found:
            return list(self.others())
        exports = [
            self.symbol(name, "", "export", each.token)
            for each in field.exports
            if (name := field.text[each.token])
        ]
        if found[0].kind == "type":
            return found
        return [found[0]._replace(children=(*exports, *found[1:]))]

    def defined(self, number: int) -> Symbol:
        """What gets an index."""
        field = self.field
        made = field.defines[number]
        index = self.counts[made.space]
        self.counts[made.space] += 1
        words = detail(self.document, field, number)
        if field.imported is not None:
            source = " ".join(map(_quoted, field.imported))
            words = f"import {source} {words}".rstrip()
        name = made.name or f"{made.space} {index}"
        if made.space != "type" and not number:
            return self.symbol(name, words, made.space, made.token)
        opened = made.token
        while field.text[opened] != "(":
            opened -= 1
        return self.symbol(name, words, made.space, made.token, opened)

    def others(self) -> Iterator[Symbol]:
        """An export or start function, or a field that cannot be read."""
        field, word = self.field, self.chunk.head
        if word == "start" and field.start_ref is not None:
            yield self.symbol("start", str(field.start_ref), "start", 1)
            return
        for each in field.exports:
            words = f"{each.space} {each.ref}"
            yield self.symbol(field.text[each.token], words, "export", each.token)
        if not field.exports and word in FIELDS:
            yield self.symbol(word, "", "type" if word == "rec" else word, 1)

    def symbol(
        self, name: str, words: str, kind: str, token: int, opened: int | None = None
    ) -> Symbol:
        """A symbol named at a token, in the form that `opened` begins or the field."""
        start, end = self.chunk.lead, len(self.chunk.text)
        name_start, name_end = self.field.span(token)
        if kind == "export" and self.field.defines:
            start, end = name_start, name_end
        if opened is not None:
            start = self.field.span(opened)[0]
            end = self.field.span(self.field.tokens.close[opened])[1]
        base, end = self.base, max(end, name_end)
        name_start, name_end = base + name_start, base + name_end
        return Symbol(name, words, kind, base + start, base + end, name_start, name_end)


def _quoted(name: bytes) -> str:
    return f'"{name.decode(errors="replace")}"'
