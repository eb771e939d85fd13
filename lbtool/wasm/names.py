"""The name section, read leniently and only when somebody asks for a name.

A custom section never makes a module fail: whatever cannot be read is left out, what
was read before it stays. Whether names are unique or fit the text format is not decided
here. Source: specification, appendix "Custom Sections", and the extended name section
proposal.
"""

from __future__ import annotations

from functools import cached_property

from lbtool.wasm.leb import FormatError, u32

__all__ = ["Names"]

NameMap = dict[int, str]
IndirectNameMap = dict[int, NameMap]


class Names:
    """Debug names of a module's items; every map is empty when there are none.

    funcs, types, tables, memories, globals, elems, datas, tags: index -> name;
    locals, labels, fields: function (type) index -> index -> name; module: str or None.
    """

    def __init__(self, data: bytes = b"", start: int = 0, end: int = 0) -> None:
        self._data = data
        self._range = (start, end)

    @cached_property
    def _subsections(self) -> dict[int, tuple[int, int]]:
        """Subsection id -> byte range; the first of each id counts."""
        found: dict[int, tuple[int, int]] = {}
        pos, end = self._range
        try:
            while pos < end:
                kind = self._data[pos]
                size, pos = u32(self._data, pos + 1, end)
                found.setdefault(kind, (pos, min(pos + size, end)))
                pos += size
        except FormatError:
            pass
        return found

    def _name(self, pos: int, end: int) -> tuple[str | None, int]:
        size, pos = u32(self._data, pos, end)
        if size > end - pos:
            raise FormatError("length out of bounds", pos)
        try:
            return self._data[pos : pos + size].decode(), pos + size
        except UnicodeDecodeError:
            return None, pos + size

    def _read_map(self, pos: int, end: int, into: NameMap) -> int:
        count, pos = u32(self._data, pos, end)
        for _ in range(count):
            index, pos = u32(self._data, pos, end)
            name, pos = self._name(pos, end)
            if name is not None:
                into.setdefault(index, name)
        return pos

    def _map(self, kind: int) -> NameMap:
        found: NameMap = {}
        pos, end = self._subsections.get(kind, (0, 0))
        try:
            self._read_map(pos, end, found)
        except FormatError:
            return found  # what was read before it stays
        return found

    def _indirect(self, kind: int) -> IndirectNameMap:
        found: IndirectNameMap = {}
        pos, end = self._subsections.get(kind, (0, 0))
        try:
            count, pos = u32(self._data, pos, end)
            for _ in range(count):
                outer, pos = u32(self._data, pos, end)
                pos = self._read_map(pos, end, found.setdefault(outer, {}))
        except FormatError:
            pass
        return found

    @cached_property
    def module(self) -> str | None:
        """Name of the module itself."""
        if 0 not in self._subsections:
            return None
        try:
            return self._name(*self._subsections[0])[0]
        except FormatError:
            return None

    @cached_property
    def funcs(self) -> NameMap:
        """Function names."""
        return self._map(1)

    @cached_property
    def locals(self) -> IndirectNameMap:
        """Names of parameters and locals, per function."""
        return self._indirect(2)

    @cached_property
    def labels(self) -> IndirectNameMap:
        """Names of labels, per function, by order of appearance."""
        return self._indirect(3)

    @cached_property
    def types(self) -> NameMap:
        """Type names."""
        return self._map(4)

    @cached_property
    def tables(self) -> NameMap:
        """Table names."""
        return self._map(5)

    @cached_property
    def memories(self) -> NameMap:
        """Memory names."""
        return self._map(6)

    @cached_property
    def globals(self) -> NameMap:
        """Global names."""
        return self._map(7)

    @cached_property
    def elems(self) -> NameMap:
        """Element segment names."""
        return self._map(8)

    @cached_property
    def datas(self) -> NameMap:
        """Data segment names."""
        return self._map(9)

    @cached_property
    def fields(self) -> IndirectNameMap:
        """Field names, per type."""
        return self._indirect(10)

    @cached_property
    def tags(self) -> NameMap:
        """Tag names."""
        return self._map(11)
