"""Evaluation of initialisers (specification 4.4.15, constant expressions) to bits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lbtool.errors import LbtoolError
from lbtool.wasm.opcodes import BY_CODE, BY_MNEMONIC

if TYPE_CHECKING:
    from collections.abc import Callable

    from lbtool.wasm import ConstExpr

__all__ = ["REF_FUNC", "REF_NULL", "evaluate"]

REF_FUNC = BY_MNEMONIC["ref.func"].code
REF_NULL = BY_MNEMONIC["ref.null"].code
GLOBAL_GET = BY_MNEMONIC["global.get"].code
_CONSTS = {
    BY_MNEMONIC["i32.const"].code: (1 << 32) - 1,
    BY_MNEMONIC["i64.const"].code: (1 << 64) - 1,
    BY_MNEMONIC["f32.const"].code: (1 << 32) - 1,
    BY_MNEMONIC["f64.const"].code: (1 << 64) - 1,
}


def evaluate(
    expr: ConstExpr, get_global: Callable[[int], int], ref_func: Callable[[int], int]
) -> int:
    """The value as 64 bits; `get_global` and `ref_func` give those of their items."""
    if len(expr.ops) != 1:
        raise LbtoolError("extended constant expressions are not supported yet")
    ((code, immediate),) = expr.ops
    if code == REF_NULL:
        return 0
    if isinstance(immediate, int):
        if code in _CONSTS:
            return immediate & _CONSTS[code]
        if code == GLOBAL_GET:
            return get_global(immediate)
        if code == REF_FUNC:
            return ref_func(immediate)
    raise LbtoolError(
        f"{BY_CODE[code].mnemonic} in an initialiser is not supported yet"
    )
