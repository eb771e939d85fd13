"""Immediates of instructions: from tokens to the bytes of the binary format.

One reader per row of immediates of the opcode table. What depends on the rest of the
module (an index by name, the index of a type) stays open as a `Hole`, so that the code
of a function is read without knowing any other field.

Source: specification 6.5 "Instructions", 5.4 "Instructions".
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from lbtool.wasm.leb import signed, unsigned
from lbtool.wasm.opcodes import OPS, split
from lbtool.wat.cursor import Bad, Use
from lbtool.wat.numbers import float_bits, integer
from lbtool.wat.types import (
    REF_NULL,
    TypeUse,
    ValType,
    heap_type,
    is_ref_type,
    ref_type,
    type_use,
    val_type,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from lbtool.wasm.opcodes import Op
    from lbtool.wat.cursor import Cursor, Ref
    from lbtool.wat.instructions import Body

__all__ = [
    "AMBIGUOUS",
    "READERS",
    "Code",
    "Entry",
    "Hole",
    "block_type",
    "choose",
    "joined",
    "opcode",
    "val_type_code",
]


class Hole(NamedTuple):
    """An index that is not known yet.

    space   of the index; ``local``: of a declared local of a function whose parameters
            are those of its type; ``field``: of a structure, `ref` then is a pair;
            ``memarg``: of a memory with the flags of the access, which change with it
    ref     what is written; a `TypeUse` for a function type
    signed  whether the binary format has it signed (block types and heap types)
    """

    space: str
    ref: Ref | TypeUse | tuple[Ref, Ref]
    signed: bool = False


Code = bytes | tuple[bytes | Hole, ...]
"""Bytes of an instruction; in pieces if some are not known yet."""

Entry = tuple["Op", bytes, "Callable[[Body, Op], Code] | None"]
"""An instruction: its row, its opcode, what reads its immediates."""

_MIN32, _MAX32 = -(1 << 31), (1 << 32) - 1
_MIN64, _MAX64 = -(1 << 63), (1 << 64) - 1


def opcode(code: int) -> bytes:
    """Bytes of an opcode of the table."""
    prefix, rest = split(code)
    return bytes([rest]) if prefix is None else bytes([prefix]) + unsigned(rest)


# ---- pieces


def joined(*codes: Code | Hole) -> Code:
    """Codes one after the other."""
    out: list[bytes | Hole] = []
    for code in codes:
        if isinstance(code, bytes | Hole):
            out.append(code)
        else:
            out += code
    if all(type(each) is bytes for each in out):
        return b"".join(out)  # type: ignore[arg-type]
    return tuple(out)


def index_code(space: str, ref: Ref) -> bytes | Hole:
    """An index: known at once if written as a number."""
    return unsigned(ref) if isinstance(ref, int) else Hole(space, ref)


def heap_code(heap: Ref) -> bytes | Hole:
    """A heap type."""
    return signed(heap) if isinstance(heap, int) else Hole("type", heap, signed=True)


def val_type_code(kind: ValType) -> Code:
    """A value type."""
    if isinstance(kind, int):
        return bytes([kind])
    return joined(bytes([kind[0]]), heap_code(kind[1]))


def _index(c: Cursor, space: str) -> bytes | Hole:
    return index_code(space, c.ref(space))


def _optional(c: Cursor, space: str) -> bytes | Hole:
    """An index that is 0 if left out."""
    return _index(c, space) if c.indexes() else b"\0"


# ---- readers of one immediate or one row of them


def _i32(c: Body, _op: Op) -> Code:
    value = c.number(_MIN32, _MAX32, "i32 expected")
    return signed(value - (1 << 32) if value >> 31 > 0 else value)


def _i64(c: Body, _op: Op) -> Code:
    value = c.number(_MIN64, _MAX64, "i64 expected")
    return signed(value - (1 << 64) if value >> 63 > 0 else value)


def _float(c: Cursor, width: int) -> bytes:
    try:
        bits = float_bits(c.tok[c.i], width)
    except OverflowError:
        raise Bad(c.i, "E0144", "constant out of range") from None
    if bits is None:
        c.bad(f"f{width} expected")
    c.i += 1
    return bits.to_bytes(width // 8, "little")


def _f32(c: Body, _op: Op) -> Code:
    return _float(c, 32)


def _f64(c: Body, _op: Op) -> Code:
    return _float(c, 64)


def _v128(c: Body, _op: Op) -> Code:
    kind, _, count = c.tok[c.i].partition("x")
    if not (kind[:1] in ("i", "f") and kind[1:].isdigit() and count.isdigit()):
        c.bad("shape of a v128 expected")
    width = int(kind[1:])
    if width * int(count) != 128 or width not in (
        (32, 64) if kind[0] == "f" else (8, 16, 32, 64)
    ):
        c.bad("shape of a v128 expected")
    c.i += 1
    out = b""
    for _ in range(int(count)):
        if kind[0] == "f":
            out += _float(c, width)
        else:
            value = c.number(-(1 << (width - 1)), (1 << width) - 1, "lane expected")
            out += (value & ((1 << width) - 1)).to_bytes(width // 8, "little")
    return out


def _lane_byte(c: Cursor) -> bytes:
    if not c.tok[c.i][0].isdigit():
        c.bad("lane index expected")
    try:
        return bytes([c.number(0, 255, "lane index expected")])
    except Bad as bad:
        raise Bad(bad.token, "E0136", "malformed lane index") from None


def _lane(c: Body, _op: Op) -> Code:
    return _lane_byte(c)


def _lanes16(c: Body, _op: Op) -> Code:
    return b"".join([_lane_byte(c) for _ in range(16)])


def _memarg_with(c: Cursor, op: Op, memory: Ref) -> Code:
    offset, align = 0, op.width
    token = c.tok[c.i]
    if token.startswith("offset="):
        offset = _parameter(c, token[7:], _MAX64)
        token = c.tok[c.i]
    if token.startswith("align="):
        align = _parameter(c, token[6:], _MAX64)
        if align == 0 or align & (align - 1):
            raise Bad(c.i - 1, "E0145", "alignment must be a power of two")
    flags = align.bit_length() - 1
    if memory == 0:
        return unsigned(flags) + unsigned(offset)
    return (Hole("memarg", (memory, flags)), unsigned(offset))


def _parameter(c: Cursor, text: str, high: int) -> int:
    try:
        value = integer(text, 0, high) if text[:1].isdigit() else None
    except OverflowError:
        raise Bad(c.i, "E0144", "constant out of range") from None
    if value is None:
        raise Bad(c.i, "E0142", f"unknown operator {c.tok[c.i]}: integer expected")
    c.i += 1
    return value


def _memarg(c: Body, op: Op) -> Code:
    return _memarg_with(c, op, c.ref("memory") if c.indexes() else 0)


def _memarg_lane(c: Body, op: Op) -> Code:
    # One number is the lane; the memory is there if something follows it.
    following = c.tok[c.i + 1]
    memory: Ref = 0
    if c.indexes() and (
        following[0].isdigit() or following.startswith(("offset=", "align="))
    ):
        memory = c.ref("memory")
    return joined(_memarg_with(c, op, memory), _lane_byte(c))


def _local(c: Body, _op: Op) -> Code:
    code = c.names.get(c.tok[c.i])
    if code is None:
        return joined(c.local())
    c.i += 1
    return joined(code)


def _label(c: Body, _op: Op) -> Code:
    return c.label()


def _labels(c: Body, _op: Op) -> Code:
    labels = [c.label()]
    while c.indexes():
        labels.append(c.label())
    return unsigned(len(labels) - 1) + b"".join(labels)


def _call_indirect(c: Body, _op: Op) -> Code:
    table = _optional(c, "table")
    return joined(_function_type(c), table)


def _type_use(c: Body) -> TypeUse:
    """A type use of an instruction, whose parameters have no names."""
    return type_use(c, named=False)[0]


def _function_type(c: Body) -> Hole:
    use = _type_use(c)
    c.typed(use)
    return Hole("type", use)


def block_type(c: Body) -> Code:
    """A block type: empty, one result, or the index of a type."""
    use = _type_use(c)
    parameters, results = use.shape
    if use.ref is None and not parameters and len(results) <= 1:
        return val_type_code(results[0]) if results else b"\x40"
    c.typed(use)
    return (Hole("type", use, signed=True),)


def _catches(c: Body) -> Code:
    kinds = ("catch", "catch_ref", "catch_all", "catch_all_ref")
    out: list[bytes | Hole] = []
    count = 0
    while c.head() in kinds:
        kind = kinds.index(c.head())
        end = c.enter()
        out.append(bytes([kind]))
        if kind < 2:
            out.append(_index(c, "tag"))
        out.append(c.label())
        c.leave(end)
        count += 1
    return joined(unsigned(count), *out)


def _block(c: Body, _op: Op) -> Code:
    return block_type(c)


def _try_table(c: Body, _op: Op) -> Code:
    kind = block_type(c)
    return joined(kind, _catches(c))


def _select(c: Body, _op: Op) -> Code:
    """The types of a typed ``select``; the untyped one does not come here."""
    types: list[ValType] = []
    while c.opens("result"):
        end = c.enter()
        while c.i != end:
            types.append(val_type(c))
        c.leave(end)
    return joined(unsigned(len(types)), *map(val_type_code, types))


def _heap_type(c: Body, _op: Op) -> Code:
    return joined(heap_code(heap_type(c)))


def _table(c: Body, _op: Op) -> Code:
    return joined(_optional(c, "table"))


def _memory(c: Body, _op: Op) -> Code:
    return joined(_optional(c, "memory"))


def _segment(c: Cursor, segment: str, space: str) -> Code:
    """In the text the table or memory, which may be left out, comes first."""
    following = c.tok[c.i + 1]
    two = following[0] == "$" or following[0].isdigit()
    place = _index(c, space) if two else b"\0"
    return joined(_index(c, segment), place)


def _memory_init(c: Body, _op: Op) -> Code:
    return _segment(c, "data", "memory")


def _table_init(c: Body, _op: Op) -> Code:
    return _segment(c, "elem", "table")


def _two(c: Cursor, space: str) -> Code:
    if not c.indexes():
        return b"\0\0"
    first = _index(c, space)
    return joined(first, _index(c, space))


def _memory_copy(c: Body, _op: Op) -> Code:
    return _two(c, "memory")


def _table_copy(c: Body, _op: Op) -> Code:
    return _two(c, "table")


def _field(c: Body, _op: Op) -> Code:
    kind = c.ref("type")
    ref = c.plain_ref()
    c.uses.append(Use("field", c.i - 1, ref))
    if isinstance(ref, int):
        return joined(index_code("type", kind), unsigned(ref))
    return joined(index_code("type", kind), Hole("field", (kind, ref)))


def _fixed(c: Body, _op: Op) -> Code:
    kind = _index(c, "type")
    return joined(kind, unsigned(c.number(0, _MAX32, "count expected")))


def _cast_flags(c: Body, _op: Op) -> Code:
    label = c.label()
    source, source_heap = _split(ref_type(c))
    target, target_heap = _split(ref_type(c))
    flags = bytes([source | target << 1])
    return joined(flags, label, heap_code(source_heap), heap_code(target_heap))


def _split(kind: ValType) -> tuple[bool, Ref]:
    """Whether nullable, and the heap type."""
    if isinstance(kind, int):
        return True, kind - 0x80
    return kind[0] == REF_NULL, kind[1]


def _zero(_c: Body, _op: Op) -> Code:
    return b"\0"


def _indices(spaces: list[str]) -> Callable[[Body, Op], Code]:
    def one(c: Body, _op: Op) -> Code:
        code = _index(c, spaces[0])
        return code if type(code) is bytes else (code,)

    def several(c: Body, _op: Op) -> Code:
        return joined(*[_index(c, space) for space in spaces])

    return one if len(spaces) == 1 else several


_BY_ROW: dict[str, Callable[[Body, Op], Code]] = {
    "i32": _i32,
    "i64": _i64,
    "f32": _f32,
    "f64": _f64,
    "v128": _v128,
    "lane": _lane,
    "lanes16": _lanes16,
    "memarg": _memarg,
    "memarg lane": _memarg_lane,
    "localidx": _local,
    "labelidx": _label,
    "labels": _labels,
    "typeidx tableidx": _call_indirect,
    "blocktype": _block,
    "blocktype catches": _try_table,
    "valtypes": _select,
    "heaptype": _heap_type,
    "tableidx": _table,
    "memidx": _memory,
    "dataidx memidx": _memory_init,
    "elemidx tableidx": _table_init,
    "memidx memidx": _memory_copy,
    "tableidx tableidx": _table_copy,
    "typeidx fieldidx": _field,
    "typeidx count": _fixed,
    "castflags labelidx heaptype heaptype": _cast_flags,
    "zero": _zero,
}
_SPACES = {f"{k}idx": k for k in ("data", "elem", "func", "global", "tag", "type")}


def _reader(op: Op) -> Callable[[Body, Op], Code]:
    row = " ".join(op.immediates)
    if row in _BY_ROW:
        return _BY_ROW[row]
    return _indices([_SPACES[kind] for kind in op.immediates])


_DOUBLE = frozenset(
    op.mnemonic for op, after in pairwise(OPS) if op.mnemonic == after.mnemonic
) | {"select"}


def _entry(op: Op) -> Entry:
    read = _reader(op) if op.immediates or op.mnemonic in _DOUBLE else None
    return op, opcode(op.code), read


# The first opcode of a name that has two; `choose` takes the other one.
READERS: dict[str, Entry] = {op.mnemonic: _entry(op) for op in reversed(OPS)}
_SECOND = {op.mnemonic: op for op in OPS if READERS[op.mnemonic][0] is not op}
AMBIGUOUS = frozenset(_SECOND)


def choose(c: Body, op: Op) -> tuple[Op, Code]:
    """Opcode and code of an instruction whose name has two opcodes."""
    second = _SECOND[op.mnemonic]
    if op.mnemonic == "select":
        if c.opens("result"):
            return second, joined(opcode(second.code), _select(c, second))
        return op, opcode(op.code)
    if not is_ref_type(c):
        c.bad("reference type expected")
    nullable, heap = _split(ref_type(c))
    op = second if nullable else op
    return op, joined(opcode(op.code), heap_code(heap))
