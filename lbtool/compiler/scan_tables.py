"""Tables of the scan, generated from the opcode table when this module is imported.

Indexed by ``op``: the opcode byte, ``OP_FC + sub`` or ``OP_FD + sub``. The scan reads
them through bounds-checked memoryviews. Opcodes and signatures themselves are not here
but in `lbtool.wasm.opcodes`.
"""

from __future__ import annotations

from array import array
from functools import lru_cache

from lbtool.compiler.scan_codes import *  # noqa: F403
from lbtool.wasm.opcodes import OPS, Op, join, split
from lbtool.wasm.types import VALTYPES

TYPE_CHECKING = False  # `typing` is not imported by a run
if TYPE_CHECKING:
    from collections.abc import Iterable

# Kinds of the instructions whose immediates or types need code of their own.
KINDS: dict[str, int] = {
    "unreachable": I_UNREACHABLE,
    "block": I_BLOCK,
    "loop": I_LOOP,
    "if": I_IF,
    "else": I_ELSE,
    "end": I_END,
    "br": I_BR,
    "br_if": I_BR_IF,
    "br_table": I_BR_TABLE,
    "return": I_RETURN,
    "call": I_CALL,
    "call_indirect": I_CALL_INDIRECT,
    "drop": I_DROP,
    "select": I_SELECT,
    "local.get": I_LOCAL_GET,
    "local.set": I_LOCAL_SET,
    "local.tee": I_LOCAL_TEE,
    "global.get": I_GLOBAL_GET,
    "global.set": I_GLOBAL_SET,
    "memory.size": I_MEMORY,
    "memory.grow": I_MEMORY,
    "memory.fill": I_MEMORY,
    "memory.copy": I_MEMORY_COPY,
    "memory.init": I_MEMORY_INIT,
    "data.drop": I_DATA_DROP,
    "table.get": I_TABLE_GET,
    "table.set": I_TABLE_SET,
    "table.size": I_TABLE_SIZE,
    "table.grow": I_TABLE_GROW,
    "table.fill": I_TABLE_FILL,
    "table.copy": I_TABLE_COPY,
    "table.init": I_TABLE_INIT,
    "elem.drop": I_ELEM_DROP,
    "ref.null": I_REF_NULL,
    "ref.is_null": I_REF_IS_NULL,
    "ref.func": I_REF_FUNC,
}
# Kinds of the others, by their immediates.
KINDS_BY_IMMEDIATES: dict[tuple[str, ...], int] = {
    (): I_PLAIN,
    ("i32",): I_CONST_I32,
    ("i64",): I_CONST_I64,
    ("f32",): I_BYTES,
    ("f64",): I_BYTES,
    ("v128",): I_BYTES,
    ("memarg",): I_ACCESS,
    ("lane",): I_LANE,
    ("memarg", "lane"): I_ACCESS_LANE,
    ("lanes16",): I_SHUFFLE,
}
CONST_BYTES = {"f32": 4, "f64": 8, "v128": 16}
# What becomes a library call, and therefore counts as a call.
LIBRARY_CALLS = frozenset({
    "memory.grow", "memory.fill", "memory.copy", "memory.init", "data.drop",
    "table.grow", "table.fill", "table.copy", "table.init", "elem.drop",
})  # fmt: skip
# Proposals that the code generator does. "multi-value" has no opcodes of its own.
COMPILED = frozenset({
    "mvp", "sign-extension", "nontrapping-float-to-int", "multi-value",
    "bulk-memory", "reference-types",
})  # fmt: skip
# Proposals that the scan validates.
VALIDATED = COMPILED | {"simd", "relaxed-simd"}
# Numbers of proposals for `Function.unsupported`; 0 is none.
PROPOSALS: tuple[str, ...] = ("", *sorted({op.proposal for op in OPS}))

_BYTE_OF = {name: byte for byte, name in VALTYPES.items()}


def op_index(code: int) -> int | None:
    """Place of an opcode in the tables; None for 0xFB, 0xFE and what is beyond."""
    prefix, sub = split(code)
    if prefix is None:
        return sub
    if prefix == 0xFC and sub < OP_FC_END - OP_FC:
        return OP_FC + sub
    if prefix == 0xFD and sub < OP_FD_END - OP_FD:
        return OP_FD + sub
    return None


def op_code(index: int) -> int | None:
    """Opcode at a place of the tables: the inverse of `op_index`."""
    if index < OP_FC:
        return index
    if index < OP_FD:
        return join(0xFC, index - OP_FC)
    return join(0xFD, index - OP_FD)


def kind_of(op: Op) -> int:
    """Kind of an instruction that the scan validates."""
    if op.immediates == ("valtypes",):
        return I_SELECT_TYPED
    kind = KINDS.get(op.mnemonic)
    return KINDS_BY_IMMEDIATES[op.immediates] if kind is None else kind


def signature(op: Op) -> int:
    """Fixed signature in one integer: top operand, second, third, result, a byte each.

    Types that depend on the context are 0, and the kind's own code adds them.
    """
    params = [_BYTE_OF[name] for name in (op.params or "").split()]
    results = [_BYTE_OF[name] for name in (op.results or "").split()]
    params.reverse()
    packed = results[0] << 24 if results else 0
    for place, valtype in enumerate(params):
        packed |= valtype << (8 * place)
    return packed


def _scanned() -> Iterable[tuple[int, Op]]:
    for op in OPS:
        index = op_index(op.code)
        if index is not None and op.proposal in VALIDATED:
            yield index, op


@lru_cache(maxsize=16)
def kinds(enabled: frozenset[str]) -> bytes:
    """Kind of every op when the proposals `enabled` are on."""
    table = bytearray(OP_COUNT)
    for index, op in _scanned():
        if op.proposal in enabled:
            table[index] = kind_of(op)
    table[0xFC] = I_FC
    table[0xFD] = I_FD
    return bytes(table)


def _column(values: dict[int, int]) -> list[int]:
    return [values.get(i, 0) for i in range(OP_COUNT)]


# Signatures; log2 of the natural alignment, or the bytes of a constant; lanes; library
# calls; number of the proposal that compilation would need.
SIGNATURES = array("i", _column({index: signature(op) for index, op in _scanned()}))
WIDTHS = bytes(
    _column(
        {
            index: CONST_BYTES.get(op.immediates[0], max(op.width.bit_length() - 1, 0))
            for index, op in _scanned()
            if op.immediates
        }
    )
)
LANES = bytes(_column({index: op.lanes for index, op in _scanned()}))
CALLS = bytes(
    _column({index: op.mnemonic in LIBRARY_CALLS for index, op in _scanned()})
)
UNSUPPORTED = bytes(
    _column(
        {
            index: PROPOSALS.index(op.proposal)
            for index, op in _scanned()
            if op.proposal not in COMPILED
        }
    )
)
SIMD = PROPOSALS.index("simd")
