"""Composite items of the binary format: names, value types, limits, vectors.

Same style as ``leb``: plain functions ``(data, pos, end) -> (value, next position)``.
A type of a later proposal is told apart from rubbish: it raises `UnsupportedFormat`.
Source: specification 5.2.4 (names), 5.3 (types).
"""

from __future__ import annotations

from lbtool.wasm.leb import (
    UNEXPECTED_END,
    FormatError,
    UnsupportedFormat,
    u32,
    u64,
)
from lbtool.wasm.types import (
    PAGE_SIZE_LOG2,
    REFTYPES,
    VALTYPES,
    GlobalType,
    Limits,
    MemoryType,
    TableType,
)

TYPE_CHECKING = False  # `typing` is not imported by a run
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    T = TypeVar("T")

LATER_TYPES: dict[int, tuple[str, str]] = {
    0x63: ("(ref null ..)", "function-references"),
    0x64: ("(ref ..)", "function-references"),
    0x68: ("contref", "stack-switching"),
    0x69: ("exnref", "exception-handling"),
    0x6A: ("arrayref", "gc"),
    0x6B: ("structref", "gc"),
    0x6C: ("i31ref", "gc"),
    0x6D: ("eqref", "gc"),
    0x6E: ("anyref", "gc"),
    0x71: ("nullref", "gc"),
    0x72: ("nullexternref", "gc"),
    0x73: ("nullfuncref", "gc"),
    0x74: ("nullexnref", "exception-handling"),
    0x75: ("nullcontref", "stack-switching"),
}


def byte(data: bytes, pos: int, end: int) -> tuple[int, int]:
    """One byte."""
    if pos >= end:
        raise FormatError(UNEXPECTED_END, end)
    return data[pos], pos + 1


def take(data: bytes, pos: int, end: int, size: int) -> tuple[bytes, int]:
    """`size` bytes."""
    if size > end - pos:
        raise FormatError(UNEXPECTED_END, end)
    return data[pos : pos + size], pos + size


def name(data: bytes, pos: int, end: int) -> tuple[str, int]:
    """A length and that many bytes of UTF-8."""
    start = pos
    size, pos = u32(data, pos, end)
    if size > end - pos:
        raise FormatError("length out of bounds", start)
    try:
        return data[pos : pos + size].decode(), pos + size
    except UnicodeDecodeError as error:
        raise FormatError("malformed UTF-8 encoding", pos + error.start) from None


def vector(
    data: bytes, pos: int, end: int, item: Callable[[bytes, int, int], tuple[T, int]]
) -> tuple[tuple[T, ...], int]:
    """A vector of items, each read by `item`, which takes at least one byte."""
    size, pos = u32(data, pos, end)
    items = []
    for _ in range(size):
        value, pos = item(data, pos, end)
        items.append(value)
    return tuple(items), pos


def valtype(data: bytes, pos: int, end: int) -> tuple[int, int]:
    """A value type: its byte."""
    code, after = byte(data, pos, end)
    if code in VALTYPES:
        return code, after
    if code in LATER_TYPES:
        text, proposal = LATER_TYPES[code]
        raise UnsupportedFormat(f"type {text}", pos, proposal)
    raise FormatError(f"malformed value type {code:#04x}", pos)


def reftype(data: bytes, pos: int, end: int) -> tuple[int, int]:
    """A reference type: its byte."""
    code, after = byte(data, pos, end)
    if code in REFTYPES:
        return code, after
    if code in LATER_TYPES:
        text, proposal = LATER_TYPES[code]
        raise UnsupportedFormat(f"type {text}", pos, proposal)
    raise FormatError(f"malformed reference type {code:#04x}", pos)


def _bounds(data: bytes, pos: int, end: int, flags: int) -> tuple[Limits, int]:
    index64 = bool(flags & 4)
    read = u64 if index64 else u32
    minimum, pos = read(data, pos, end)
    maximum = None
    if flags & 1:
        maximum, pos = read(data, pos, end)
    return Limits(minimum, maximum, index64=index64, shared=bool(flags & 2)), pos


def _limits_flags(data: bytes, pos: int, end: int, known: int) -> tuple[int, int]:
    flags, after = byte(data, pos, end)
    if flags & ~known:
        raise FormatError(f"malformed limits flags {flags:#04x}", pos)
    return flags, after


def tabletype(data: bytes, pos: int, end: int) -> tuple[TableType, int]:
    """Element type and limits."""
    element, pos = reftype(data, pos, end)
    flags, pos = _limits_flags(data, pos, end, 0b101)
    limits, pos = _bounds(data, pos, end, flags)
    return TableType(element, limits), pos


def memtype(data: bytes, pos: int, end: int) -> tuple[MemoryType, int]:
    """Limits, with the flags of threads, memory64 and custom page sizes."""
    flags, pos = _limits_flags(data, pos, end, 0b1111)
    limits, pos = _bounds(data, pos, end, flags)
    log2 = PAGE_SIZE_LOG2
    if flags & 8:
        start = pos
        log2, pos = u32(data, pos, end)
        if log2 > 63:
            raise FormatError("malformed limits flags (page size)", start)
    return MemoryType(limits, log2), pos


def globaltype(data: bytes, pos: int, end: int) -> tuple[GlobalType, int]:
    """Value type and mutability."""
    kind, pos = valtype(data, pos, end)
    mutable, after = byte(data, pos, end)
    if mutable > 1:
        raise FormatError(f"malformed mutability {mutable:#04x}", pos)
    return GlobalType(kind, bool(mutable)), after
