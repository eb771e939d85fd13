"""A text that is edited: immutable snapshots that share what an edit left alone.

Positions are offsets in characters of the text, from 0. An edit cuts only the chunks
around it anew and reads only the fields among them; everything else, index spaces and
types included unless definitions changed, is that of the snapshot before. What is at a
position and what refers to what is in ``places`` and ``symbols``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from lbtool.collection import no_collection
from lbtool.wat.chunks import Chunk, split
from lbtool.wat.encode import Encoder
from lbtool.wat.fields import field_of
from lbtool.wat.frame import frame_problems
from lbtool.wat.lexer import Problem
from lbtool.wat.names import Tables, Types, unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lbtool.wat.items import Field

__all__ = ["Document"]


class _Parts(NamedTuple):
    """What a snapshot is made of; None for what has not been asked for yet."""

    chunks: list[Chunk]
    starts: list[int]
    lines: list[int] | None = None
    known: _Index | None = None
    changes: dict[int, tuple[Chunk, Chunk]] = {}  # noqa: RUF012 - a default of a tuple


class _Index(NamedTuple):
    """What is known of all fields together; the last two when somebody has asked."""

    tables: Tables
    types: Types | None = None
    encoder: Encoder | None = None


class Document:
    """A snapshot.

    text     the whole text
    chunks   its pieces; joined they are the text
    starts   offset of each chunk, and the length of the text
    """

    __slots__ = (
        "__weakref__", "_changes", "_index", "_lines", "chunks", "starts", "text",
    )  # fmt: skip

    def __init__(self, text: str, parts: _Parts | None = None) -> None:
        if parts is None:
            chunks = [cut.chunk for cut in split(text)]
            parts = _Parts(chunks, _sums(0, (len(each.text) for each in chunks)))
        self.text = text
        self.chunks = parts.chunks
        self.starts = parts.starts
        self._lines = parts.lines
        # What is known of an earlier text, and the chunks that are others since, by
        # position: they are read when somebody asks.
        self._index = parts.known
        self._changes = parts.changes

    # ---- edits

    def edit(self, start: int, end: int, new: str) -> Document:
        """The snapshot in which ``text[start:end]`` is `new`.

        Offsets beyond the text are those of its end.
        """
        start = max(0, min(start, len(self.text)))
        end = max(start, min(end, len(self.text)))
        text = self.text[:start] + new + self.text[end:]
        delta = len(new) - (end - start)
        first = self._first_changed(start)
        last = len(self.chunks)
        made: list[Chunk] = []
        for cut in split(text, self.starts[first]):
            made.append(cut.chunk)
            before = cut.end - delta
            if before < end:
                continue
            index = bisect_left(self.starts, before)
            if index < len(self.chunks) and self.starts[index] == before:
                last = index
                break
        return Document(text, self._spliced(first, last, made))

    def _first_changed(self, start: int) -> int:
        """The first chunk that an edit at `start` may change.

        What a chunk is may depend on the next one, annotations between them left out,
        or on all that follows.
        """
        first = max(0, bisect_right(self.starts, start) - 3)
        while first and self.chunks[first].head.startswith("@"):
            first -= 1
        return next((i for i in range(first) if self.chunks[i].endless), first)

    def _spliced(self, first: int, last: int, made: list[Chunk]) -> _Parts:
        """The parts with chunks `first` to `last` replaced."""
        old = self.chunks[first:last]
        _keep(old, made)
        chunks = self.chunks[:first] + made + self.chunks[last:]
        starts = _splice(self.starts, first, last, [len(c.text) for c in made])
        lines = index = None
        changes: dict[int, tuple[Chunk, Chunk]] = {}
        if self._lines is not None:
            lines = _splice(self._lines, first, last, [len(c.lines) for c in made])
        if self._index is not None and len(old) == len(made):
            index, changes = self._index, dict(self._changes)
            for position, (before, after) in enumerate(
                zip(old, made, strict=True), first
            ):
                if before is not after:
                    earliest = changes[position][0] if position in changes else before
                    changes[position] = earliest, after
        return _Parts(chunks, starts, lines, index, changes)

    # ---- lines

    @property
    def _line_counts(self) -> list[int]:
        """Number of line ends before each chunk, and in the text."""
        if self._lines is None:
            self._lines = _sums(0, (len(each.lines) for each in self.chunks))
        return self._lines

    @property
    def line_count(self) -> int:
        """Number of lines; the last one may be empty."""
        return self._line_counts[-1] + 1

    def line_start(self, line: int) -> int:
        """Offset at which a line begins, from 0; that of the last one beyond it."""
        if line <= 0:
            return 0
        counts = self._line_counts
        line = min(line, counts[-1])
        if line == 0:
            return 0
        index = bisect_left(counts, line) - 1
        return self.starts[index] + self.chunks[index].lines[line - counts[index] - 1]

    def line_column(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 0, the column in characters."""
        offset = max(0, min(offset, len(self.text)))
        index = min(bisect_right(self.starts, offset), len(self.chunks)) - 1
        if index < 0:
            return 0, 0
        inside = offset - self.starts[index]
        line = self._line_counts[index] + bisect_right(self.chunks[index].lines, inside)
        return line, offset - self.line_start(line)

    def line_text(self, line: int) -> str:
        """A line, without its end."""
        start = self.line_start(line)
        end = self.line_start(line + 1) if line + 1 < self.line_count else None
        return self.text[start:end].rstrip("\r\n")

    # ---- what it says

    @property
    def words(self) -> tuple[str, ...]:
        """What stands between ``module`` and the first field: name, ``binary``..."""
        for chunk in self.chunks:
            if chunk.kind == "module":
                return tuple(chunk.head.split())
            if chunk.is_field:
                break
        return ()

    @property
    def is_text(self) -> bool:
        """False for ``(module binary ...)`` and ``(module quote ...)``."""
        return "binary" not in self.words and "quote" not in self.words

    def unread(self) -> Iterator[Chunk]:
        """Fields that were not read yet and have to be for what follows."""
        chunks: Iterable[Chunk] = self.chunks
        if self._index is not None:
            chunks = (after for _, after in self._changes.values())
        for chunk in chunks:
            if chunk.kind == "field" and chunk.memo is None:
                yield chunk

    def _known(self) -> _Index:
        """Of the present text; reads what has to be read."""
        index = self._index
        if index is not None and self._changes:
            index = _after(index, self._changes)
        if index is None:
            with no_collection():
                index = _Index(Tables(self.chunks))
        self._index, self._changes = index, {}
        return index

    @property
    def tables(self) -> Tables:
        """The index spaces."""
        return self._known().tables

    @property
    def types(self) -> Types:
        """Indices of function types; reads all fields at the first time."""
        known = self._known()
        types = known.types
        if types is None:
            shapes = (s for field in self.fields() for s in field.signatures)
            types = Types(known.tables, shapes)
            self._index = known._replace(types=types)
        return types

    @property
    def encoder(self) -> Encoder:
        """Encodes functions of this snapshot."""
        types, known = self.types, self._known()
        encoder = known.encoder
        if encoder is None:
            encoder = Encoder(known.tables, types)
            self._index = known._replace(encoder=encoder)
        return encoder

    def fields(self) -> Iterator[Field]:
        """All fields in order."""
        for chunk in self.chunks:
            if chunk.kind == "field":
                yield field_of(chunk)

    def field(self, position: int) -> Field:
        """The field of a chunk."""
        return field_of(self.chunks[position])

    # ---- problems

    def problems(self) -> list[Problem]:
        """Everything that is wrong, in the order of the text."""
        if not self.is_text:
            return []
        found: list[Problem] = []
        for position in range(len(self.chunks)):
            found += self.chunk_problems(position)
        found += self.frame_problems()
        found.sort()
        return found

    def frame_problems(self) -> Iterator[Problem]:
        """What is wrong with the module's own parentheses, or that there is nothing."""
        return frame_problems(self.chunks, self.starts)

    def chunk_problems(self, position: int) -> list[Problem]:
        """What is wrong with one chunk, names and types included."""
        chunk = self.chunks[position]
        found = [*chunk.problems()]
        if chunk.kind == "field":
            field = field_of(chunk)
            found += field.problems
            found += unknown(field, self.tables)
            found += self.types.mismatches(field)
            found += self.tables.problems(position, field)
        start = self.starts[position]
        return [Problem(p[0] + start, p[1] + start, p[2], p[3]) for p in found]


def _sums(start: int, sizes: Iterable[int]) -> list[int]:
    return list(accumulate(sizes, initial=start))


def _splice(sums: list[int], first: int, last: int, sizes: list[int]) -> list[int]:
    """Running sums with those of ``first`` to ``last`` replaced by others."""
    made = _sums(sums[first], sizes)
    shift = made[-1] - sums[last]
    rest = sums[last + 1 :]
    return sums[:first] + made + ([each + shift for each in rest] if shift else rest)


def _keep(old: list[Chunk], made: list[Chunk]) -> None:
    """Take the old chunk for each new one that is the same, at both ends."""
    size = min(len(old), len(made))
    for order in (range(size), range(-1, -size - 1, -1)):
        for index in order:
            if old[index].key() != made[index].key():
                break
            made[index] = old[index]


def _after(index: _Index, changes: dict[int, tuple[Chunk, Chunk]]) -> _Index | None:
    """What is known when chunks are others; None: all is to be made anew."""
    tables: Tables | None = index.tables
    for position, (old, new) in changes.items():
        if tables is None or old.kind != new.kind:
            return None
        if old.kind == "field":
            tables = tables.replaced(position, field_of(old), field_of(new))
    if tables is None:
        return None
    types = encoder = None
    if all(_same_types(old, new) for old, new in changes.values()):
        types = index.types
        encoder = index.encoder if tables is index.tables else None
    return _Index(tables, types, encoder)


def _same_types(old: Chunk, new: Chunk) -> bool:
    return old.kind != "field" or field_of(old).signatures == field_of(new).signatures
