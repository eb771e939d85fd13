"""One reader per section of the binary format (specification 5.5).

Each is a function ``(data, pos, end, parts) -> next position`` which adds to `Parts`,
the mutable draft of a module. Order and sizes of sections are the business of
``decode``.
"""

from __future__ import annotations

from array import array

from lbtool.abi import FUNCREF
from lbtool.wasm.compact import REF_FUNC, Bodies, FuncItems, Segments
from lbtool.wasm.instructions import BLOCK_OPENERS, read_instruction
from lbtool.wasm.leb import (
    UNEXPECTED_END,
    FormatError,
    UnsupportedFormat,
    s32,
    u32,
)
from lbtool.wasm.module import (
    ConstExpr,
    DataSegment,
    ElemSegment,
    Export,
    Import,
)
from lbtool.wasm.reader import (
    byte,
    globaltype,
    memtype,
    name,
    reftype,
    tabletype,
    valtype,
    vector,
)
from lbtool.wasm.types import VALTYPES, FuncType, GlobalType, MemoryType, TableType
from lbtool.wasm.vectors import Span

TYPE_CHECKING = False  # `typing` is not imported by a run
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    Item = Callable[[bytes, int, int, "Parts"], int]

KNOWN = bytes(VALTYPES)
KINDS = ("func", "table", "memory", "global", "tag")


class Parts:
    """The draft of a module; index spaces grow with imports, then definitions."""

    def __init__(self) -> None:
        self.types: list[FuncType] = []
        self.imports: list[Import] = []
        self.func_types: list[int] = []
        self.tables: list[TableType] = []
        self.memories: list[MemoryType] = []
        self.globals: list[GlobalType] = []
        self.global_inits: list[ConstExpr] = []
        self.tags: list[int] = []
        self.n_imported = dict.fromkeys(KINDS, 0)
        self.exports: list[Export] = []
        self.start: int | None = None
        self.elems: list[ElemSegment] = []
        self.datas: Sequence[DataSegment] = ()
        self.data_count: int | None = None
        self.bodies: Sequence[tuple[int, int]] = ()
        self.offsets: dict[int, Sequence[int]] = {}


def _each(
    section: int, data: bytes, pos: int, end: int, parts: Parts, item: Item
) -> int:
    """Read a vector with `item`, keeping the offset of every item for diagnostics."""
    size, pos = u32(data, pos, end)
    offsets = []
    for _ in range(size):
        offsets.append(pos)
        pos = item(data, pos, end, parts)
    parts.offsets[section] = offsets
    return pos


def _indices(
    data: bytes, pos: int, end: int, size: int
) -> tuple[array[int], array[int], int] | None:
    """So many indices: where each begins and the last one ends, and which they are.

    And the position behind them; None if something unusual is among them.
    """
    if size > end - pos:  # an index has one byte at least
        return None
    indices, positions = array("q", bytes(8 * size)), array("q", bytes(8 * size + 8))
    span = Span(data, pos, end)
    if span.indices(memoryview(positions), memoryview(indices)) < size:
        return None
    return positions, indices, span.pos


_GC_FORMS = {
    0x4E: "recursive type group",
    0x4F: "final subtype",
    0x50: "subtype",
    0x5D: "continuation type",
    0x5E: "array type",
    0x5F: "struct type",
}


MOST_KNOWN = 1 << 12
_known: dict[tuple[bytes, bytes], FuncType] = {}


def _functype(params: bytes, results: bytes) -> FuncType:
    """Equal types are one object: modules share most of theirs."""
    found = _known.get((params, results))
    if found is None:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        found = _known[params, results] = FuncType(tuple(params), tuple(results))
    return found


def type_section(data: bytes, pos: int, end: int, parts: Parts) -> int:
    """Function types."""

    def item(data: bytes, pos: int, end: int, parts: Parts) -> int:
        n = data[pos + 1] if pos + 1 < end else end
        m = data[pos + 2 + n] if pos + 2 + n < end else end
        after = pos + 3 + n + m
        # nearly always: fewer than 128 of each, and all of them known
        if after <= end and n < 128 and m < 128 and data[pos] == 0x60:
            first, second = data[pos + 2 : pos + 2 + n], data[after - m : after]
            if not (first + second).translate(None, KNOWN):
                parts.types.append(_functype(first, second))
                return after
        form, after = byte(data, pos, end)
        if form != 0x60:
            if form in _GC_FORMS:
                proposal = "stack-switching" if form == 0x5D else "gc"
                raise UnsupportedFormat(_GC_FORMS[form], pos, proposal)
            raise FormatError(f"malformed type {form:#04x}", pos)
        params, pos = vector(data, after, end, valtype)
        results, pos = vector(data, pos, end, valtype)
        parts.types.append(FuncType(params, results))
        return pos

    return _each(1, data, pos, end, parts, item)


def _tagtype(data: bytes, pos: int, end: int) -> tuple[int, int]:
    attribute, after = byte(data, pos, end)
    if attribute:
        raise FormatError(f"malformed tag attribute {attribute:#04x}", pos)
    return u32(data, after, end)


def import_section(data: bytes, pos: int, end: int, parts: Parts) -> int:
    """Imports; each one also opens its index space."""
    described: tuple[tuple[Callable[[bytes, int, int], tuple[Any, int]], Any], ...] = (
        (u32, parts.func_types),
        (tabletype, parts.tables),
        (memtype, parts.memories),
        (globaltype, parts.globals),
        (_tagtype, parts.tags),
    )

    def item(data: bytes, pos: int, end: int, parts: Parts) -> int:
        module, pos = name(data, pos, end)
        field_name, pos = name(data, pos, end)
        kind, after = byte(data, pos, end)
        if kind >= len(described):
            raise FormatError(f"malformed import kind {kind:#04x}", pos)
        read, space = described[kind]
        extern, pos = read(data, after, end)
        space.append(extern)
        parts.n_imported[KINDS[kind]] += 1
        parts.imports.append(Import(module, field_name, KINDS[kind], extern))
        return pos

    return _each(2, data, pos, end, parts, item)


def function_section(data: bytes, pos: int, end: int, parts: Parts) -> int:
    """Typeidx of every defined function."""
    size, start = u32(data, pos, end)
    found = _indices(data, start, end, size)
    if found:
        positions, indices, after = found
        parts.func_types.extend(indices)
        parts.offsets[3] = positions
        return after

    def item(data: bytes, pos: int, end: int, parts: Parts) -> int:
        typeidx, pos = u32(data, pos, end)
        parts.func_types.append(typeidx)
        return pos

    return _each(3, data, pos, end, parts, item)


def table_section(data: bytes, pos: int, end: int, parts: Parts) -> int:
    """Tables; one with an initialiser belongs to a later proposal."""

    def item(data: bytes, pos: int, end: int, parts: Parts) -> int:
        if data[pos : pos + 2] == b"\x40\x00" and pos + 2 <= end:
            raise UnsupportedFormat("table initialiser", pos, "function-references")
        table, pos = tabletype(data, pos, end)
        parts.tables.append(table)
        return pos

    return _each(4, data, pos, end, parts, item)


def memory_section(data: bytes, pos: int, end: int, parts: Parts) -> int:
    """Memories."""

    def item(data: bytes, pos: int, end: int, parts: Parts) -> int:
        memory, pos = memtype(data, pos, end)
        parts.memories.append(memory)
        return pos

    return _each(5, data, pos, end, parts, item)


def tag_section(data: bytes, pos: int, end: int, parts: Parts) -> int:
    """Tags of exceptions."""

    def item(data: bytes, pos: int, end: int, parts: Parts) -> int:
        typeidx, pos = _tagtype(data, pos, end)
        parts.tags.append(typeidx)
        return pos

    return _each(13, data, pos, end, parts, item)


def const_expr(data: bytes, pos: int, end: int) -> tuple[ConstExpr, int]:
    """Instructions up to the ``end`` that closes the expression.

    Any instruction is read: whether it is constant is a matter of validation.
    """
    start = pos
    if data[pos : pos + 1] == b"\x41":  # i32.const, nearly always
        value, after = s32(data, pos + 1, end)
        if after < end and data[after] == 0x0B:
            return ConstExpr(((0x41, value),), start, after + 1), after + 1
    ops: list[tuple[int, object]] = []
    depth = 0
    while True:
        op, immediates, pos = read_instruction(data, pos, end)
        if op.mnemonic in BLOCK_OPENERS:
            depth += 1
        elif op.mnemonic == "end":
            if depth == 0:
                return ConstExpr(tuple(ops), start, pos), pos
            depth -= 1
        value_of = immediates if len(immediates) > 1 else (*immediates, 0)[0]
        ops.append((op.code, value_of))


def global_section(data: bytes, pos: int, end: int, parts: Parts) -> int:
    """Globals with their initialisers."""

    def item(data: bytes, pos: int, end: int, parts: Parts) -> int:
        kind, pos = globaltype(data, pos, end)
        init, pos = const_expr(data, pos, end)
        parts.globals.append(kind)
        parts.global_inits.append(init)
        return pos

    return _each(6, data, pos, end, parts, item)


def export_section(data: bytes, pos: int, end: int, parts: Parts) -> int:
    """Exports."""

    def item(data: bytes, pos: int, end: int, parts: Parts) -> int:
        text, pos = name(data, pos, end)
        kind, after = byte(data, pos, end)
        if kind >= len(KINDS):
            raise FormatError(f"malformed export kind {kind:#04x}", pos)
        index, pos = u32(data, after, end)
        parts.exports.append(Export(text, KINDS[kind], index))
        return pos

    return _each(7, data, pos, end, parts, item)


def start_section(data: bytes, pos: int, end: int, parts: Parts) -> int:
    """The start function."""
    parts.offsets[8] = (pos,)
    parts.start, pos = u32(data, pos, end)
    return pos


def _func_item(data: bytes, pos: int, end: int) -> tuple[ConstExpr, int]:
    index, after = u32(data, pos, end)
    return ConstExpr(((REF_FUNC, index),), pos, after), after


def _func_items(data: bytes, pos: int, end: int) -> tuple[Sequence[ConstExpr], int]:
    size, start = u32(data, pos, end)
    found = _indices(data, start, end, size)
    if found:
        return FuncItems(*found[:2]), found[2]
    return vector(data, pos, end, _func_item)


def elem_section(data: bytes, pos: int, end: int, parts: Parts) -> int:
    """Element segments in their eight forms.

    Flag bits: 1 passive or declarative; 2 explicit table, or declarative; 4 items are
    expressions.
    """

    def item(data: bytes, pos: int, end: int, parts: Parts) -> int:
        flags, after = u32(data, pos, end)
        if flags > 7:
            raise FormatError(f"malformed elements segment kind {flags}", pos)
        pos = after
        mode, tableidx, offset = "active", 0, None
        if flags & 1:
            mode = "declarative" if flags & 2 else "passive"
        else:
            if flags & 2:
                tableidx, pos = u32(data, pos, end)
            offset, pos = const_expr(data, pos, end)
        kind = FUNCREF
        if flags & 3 and flags & 4:
            kind, pos = reftype(data, pos, end)
        elif flags & 3:
            elemkind, after = byte(data, pos, end)
            if elemkind:
                raise FormatError(f"malformed element kind {elemkind:#04x}", pos)
            pos = after
        items: Sequence[ConstExpr]
        if flags & 4:
            items, pos = vector(data, pos, end, const_expr)
        else:
            items, pos = _func_items(data, pos, end)
        parts.elems.append(ElemSegment(mode, kind, tableidx, offset, items, flags))
        return pos

    return _each(9, data, pos, end, parts, item)


def datacount_section(data: bytes, pos: int, end: int, parts: Parts) -> int:
    """Number of data segments, known before the code."""
    parts.offsets[12] = (pos,)
    parts.data_count, pos = u32(data, pos, end)
    return pos


def code_section(data: bytes, pos: int, end: int, parts: Parts) -> int:
    """Byte ranges of the bodies; their contents are read by the compiler's scan."""
    size, pos = u32(data, pos, end)
    # A body has a byte at least, its size: no count makes this larger than the section.
    ranges = array("i", bytes(8 * min(size, end - pos)))
    span = Span(data, pos, end)
    n = 0
    while (n := span.bodies(n, memoryview(ranges))) < size:
        length, start = u32(data, span.pos, end)
        if length > end - start:
            raise FormatError(UNEXPECTED_END, start)
        ranges[2 * n], ranges[2 * n + 1] = start, start + length
        span.pos = start + length
        n += 1
    parts.bodies = Bodies(ranges)
    parts.offsets[10] = ranges[::2]
    return span.pos


def data_segment(data: bytes, pos: int, end: int) -> tuple[DataSegment, int]:
    """One data segment, and the position behind its contents."""
    flags, after = u32(data, pos, end)
    if flags > 2:
        raise FormatError(f"malformed data segment kind {flags}", pos)
    pos, memidx, offset = after, 0, None
    if flags == 2:
        memidx, pos = u32(data, pos, end)
    if flags != 1:
        offset, pos = const_expr(data, pos, end)
    size, pos = u32(data, pos, end)
    if size > end - pos:
        raise FormatError(UNEXPECTED_END, end)
    mode = "passive" if flags == 1 else "active"
    return DataSegment(mode, memidx, offset, pos, pos + size, flags), pos + size


def data_section(data: bytes, pos: int, end: int, parts: Parts) -> int:
    """Data segments; their contents stay in place."""
    size, pos = u32(data, pos, end)
    # A segment has two bytes at least: no count makes this larger than the section.
    positions = array("q", bytes(8 * min(size, end - pos)))
    unusual = []
    span = Span(data, pos, end)
    n = 0
    while (n := span.segments(n, memoryview(positions))) < size:
        _, after = data_segment(data, span.pos, end)
        positions[n] = span.pos
        unusual.append(n)
        span.pos = after
        n += 1
    parts.datas = Segments(data, end, positions, unusual, data_segment)
    parts.offsets[11] = positions
    return span.pos


READERS: dict[int, Callable[[bytes, int, int, Parts], int]] = {
    1: type_section,
    2: import_section,
    3: function_section,
    4: table_section,
    5: memory_section,
    6: global_section,
    7: export_section,
    8: start_section,
    9: elem_section,
    10: code_section,
    11: data_section,
    12: datacount_section,
    13: tag_section,
}
