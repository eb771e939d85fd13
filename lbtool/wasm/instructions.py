"""Instructions of a body or an initialiser, one at a time, in plain Python.

For printing, hovering, initialisers and tests. Nothing is type-checked, nesting is not
checked either; the compiler has its own, fused reader (``lbtool.compiler.scan``).

Immediates, by kind (see ``opcodes.Op``):

* indices, ``count``, ``lane``, ``castflags``, ``zero``: integers
* ``blocktype``: the s33 of the format: a typeidx, `EMPTY_BLOCK` or value type - 128
* ``labels``: tuple of labelidx, the default last
* ``memarg``: ``(align exponent, offset, memidx)``
* ``i32``, ``i64``: signed; ``f32``, ``f64``: the bits as an unsigned integer
* ``v128``, ``lanes16``: 16 bytes
* ``valtypes``: tuple of value types; ``heaptype``: s33, negative when abstract
* ``catches``: tuple of ``(kind, tagidx or None, labelidx)``
"""

from __future__ import annotations

from lbtool.wasm.leb import (
    UNEXPECTED_END,
    FormatError,
    UnsupportedFormat,
    s32,
    s33,
    s64,
    u32,
    u64,
)
from lbtool.wasm.opcodes import BY_CODE, OPS, PREFIXES, Op
from lbtool.wasm.reader import LATER_TYPES, byte, take, valtype, vector
from lbtool.wasm.types import VALTYPES

TYPE_CHECKING = False  # `typing` is not imported by a run
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

__all__ = [
    "BLOCK_OPENERS",
    "EMPTY_BLOCK",
    "Instruction",
    "instructions",
    "local_decls",
    "read_instruction",
]

Instruction = tuple[int, int, Op, "tuple[Any, ...]"]
"""Ordinal from 0, byte offset in the module, the row, its immediates."""

EMPTY_BLOCK = -64

# Mnemonics that open a nesting level which an ``end`` (or ``delegate``) closes.
BLOCK_OPENERS = frozenset({"block", "loop", "if", "try_table", "try"})

Read = "Callable[[bytes, int, int], tuple[Any, int]]"


def _blocktype(data: bytes, pos: int, end: int) -> tuple[int, int]:
    value, after = s33(data, pos, end)
    if value >= 0 or value == EMPTY_BLOCK or value + 128 in VALTYPES:
        return value, after
    if value + 128 in LATER_TYPES:
        text, proposal = LATER_TYPES[value + 128]
        raise UnsupportedFormat(f"type {text}", pos, proposal)
    raise FormatError("malformed block type", pos)


def _labels(data: bytes, pos: int, end: int) -> tuple[tuple[int, ...], int]:
    labels, pos = vector(data, pos, end, u32)
    default, pos = u32(data, pos, end)
    return (*labels, default), pos


def _memarg(data: bytes, pos: int, end: int) -> tuple[tuple[int, int, int], int]:
    start = pos
    flags, pos = u32(data, pos, end)
    memidx = 0
    if flags >= 0x80:
        raise FormatError("malformed memop flags", start)
    if flags & 0x40:
        memidx, pos = u32(data, pos, end)
    offset, pos = u64(data, pos, end)
    return (flags & 0x3F, offset, memidx), pos


def _f32(data: bytes, pos: int, end: int) -> tuple[int, int]:
    raw, pos = take(data, pos, end, 4)
    return int.from_bytes(raw, "little"), pos


def _f64(data: bytes, pos: int, end: int) -> tuple[int, int]:
    raw, pos = take(data, pos, end, 8)
    return int.from_bytes(raw, "little"), pos


def _bytes16(data: bytes, pos: int, end: int) -> tuple[bytes, int]:
    return take(data, pos, end, 16)


def _valtypes(data: bytes, pos: int, end: int) -> tuple[tuple[int, ...], int]:
    return vector(data, pos, end, valtype)


def _heaptype(data: bytes, pos: int, end: int) -> tuple[int, int]:
    value, after = s33(data, pos, end)
    code = value + 128
    if value >= 0 or code in VALTYPES or (code in LATER_TYPES and code > 0x64):
        if -5 <= value < 0:
            raise FormatError("malformed reference type", pos)
        return value, after
    raise FormatError("malformed reference type", pos)


def _catch(data: bytes, pos: int, end: int) -> tuple[tuple[int, int | None, int], int]:
    start = pos
    kind, pos = byte(data, pos, end)
    if kind > 3:
        raise FormatError("malformed catch clause", start)
    tag = None
    if kind < 2:
        tag, pos = u32(data, pos, end)
    label, pos = u32(data, pos, end)
    return (kind, tag, label), pos


def _catches(data: bytes, pos: int, end: int) -> tuple[tuple[Any, ...], int]:
    return vector(data, pos, end, _catch)


def _zero(data: bytes, pos: int, end: int) -> tuple[int, int]:
    value, after = byte(data, pos, end)
    if value:
        raise FormatError("zero byte expected", pos)
    return value, after


_READERS: dict[str, Callable[[bytes, int, int], tuple[Any, int]]] = {
    "blocktype": _blocktype,
    "labels": _labels,
    "memarg": _memarg,
    "i32": s32,
    "i64": s64,
    "f32": _f32,
    "f64": _f64,
    "v128": _bytes16,
    "lanes16": _bytes16,
    "lane": byte,
    "castflags": byte,
    "zero": _zero,
    "valtypes": _valtypes,
    "heaptype": _heaptype,
    "catches": _catches,
}

# Per code: the readers of its immediates; a kind not listed above is an index, a u32.
_IMMEDIATES = {
    op.code: tuple(_READERS.get(k, u32) for k in op.immediates) for op in OPS
}


def read_instruction(
    data: bytes, pos: int, end: int
) -> tuple[Op, tuple[Any, ...], int]:
    """One instruction: its row, its immediates, the position after it.

    Raises `FormatError` with the message of the specification.
    """
    if pos >= end:
        raise FormatError(UNEXPECTED_END, end)
    start = pos
    code = data[pos]
    pos += 1
    if code in PREFIXES:
        sub, pos = u32(data, pos, end)
        base, size = PREFIXES[code]
        prefix, code = code, base | sub
        if sub >= size or code not in BY_CODE:
            raise FormatError(f"illegal opcode {prefix:02x} {sub:02x}", start)
    op = BY_CODE.get(code)
    if op is None:
        raise FormatError(f"illegal opcode {code:02x}", start)
    readers = _IMMEDIATES[code]
    if not readers:
        return op, (), pos
    values = []
    for read in readers:
        value, pos = read(data, pos, end)
        values.append(value)
    return op, tuple(values), pos


def instructions(data: bytes, start: int, end: int) -> Iterator[Instruction]:
    """Every instruction in ``data[start:end]``, `end` and `else` included.

    `start` is the first opcode: for a body, what `local_decls` returns.
    Raises `FormatError` where the bytes are malformed.
    """
    pos, ordinal = start, 0
    while pos < end:
        offset = pos
        op, immediates, pos = read_instruction(data, pos, end)
        yield ordinal, offset, op, immediates
        ordinal += 1


def local_decls(
    data: bytes, start: int, end: int
) -> tuple[tuple[tuple[int, int], ...], int]:
    """Local declarations of a body and where its code starts.

    Each is ``(count, valtype)``. At most 2**32 - 1 locals may be declared (parameters
    are not counted here).
    """

    def decl(data: bytes, pos: int, end: int) -> tuple[tuple[int, int], int]:
        n, pos = u32(data, pos, end)
        kind, pos = valtype(data, pos, end)
        return (n, kind), pos

    decls, pos = vector(data, start, end, decl)
    if sum(n for n, _ in decls) >= 1 << 32:
        raise FormatError("too many locals", start)
    return decls, pos
