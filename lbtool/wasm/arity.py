"""How many operands an instruction takes and how many results it leaves.

Counts only, for folding in print: no types, no validation. Whatever an index out of
range would say counts as nothing, so that any decodable module can be printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lbtool.wasm.instructions import EMPTY_BLOCK
from lbtool.wasm.opcodes import OPS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lbtool.wasm.module import Module
    from lbtool.wasm.opcodes import Op

__all__ = ["arity", "block_arity", "func_arity"]

Arity = tuple[int, int]
"""(operands, results)"""

_FIXED: dict[int, Arity] = {
    op.code: (len(op.params.split()), len(op.results.split()))
    for op in OPS
    if op.params is not None and op.results is not None
}
_BY_NAME: dict[str, Arity] = {
    "drop": (1, 0),
    "select": (3, 1),
    "local.get": (0, 1),
    "local.set": (1, 0),
    "local.tee": (1, 1),
    "global.get": (0, 1),
    "global.set": (1, 0),
    "table.get": (1, 1),
    "table.set": (2, 0),
    "table.grow": (2, 1),
    "table.fill": (3, 0),
    "ref.null": (0, 1),
    "ref.is_null": (1, 1),
    "unreachable": (0, 0),
    "throw_ref": (1, 0),
    "ref.as_non_null": (1, 1),
    "ref.eq": (2, 1),
}


def func_arity(module: Module, typeidx: int) -> Arity:
    """Parameters and results of a function type."""
    if typeidx >= len(module.types):
        return 0, 0
    functype = module.types[typeidx]
    return len(functype.params), len(functype.results)


def block_arity(module: Module, blocktype: int) -> Arity:
    """Parameters and results of a block type."""
    if blocktype >= 0:
        return func_arity(module, blocktype)
    return 0, 0 if blocktype == EMPTY_BLOCK else 1


def _call(module: Module, op: Op, immediates: Sequence[Any]) -> Arity:
    typeidx, extra = immediates[0], 0 if op.immediates == ("funcidx",) else 1
    if not extra:
        known = typeidx < len(module.func_types)
        typeidx = module.func_types[typeidx] if known else len(module.types)
    params, results = func_arity(module, typeidx)
    return params + extra, results


def arity(
    module: Module, op: Op, immediates: Sequence[Any], labels: Sequence[int]
) -> Arity:
    """Counts of one instruction that is no block.

    labels  arity of the labels around it, the function's first, the innermost last
    """
    fixed = _FIXED.get(op.code) or _BY_NAME.get(op.mnemonic)
    if fixed is not None:
        return fixed
    if "call" in op.mnemonic:
        return _call(module, op, immediates)
    if op.mnemonic == "return":
        return labels[0], 0
    if op.mnemonic in ("br", "br_if", "br_table"):
        depth = immediates[0][-1] if op.mnemonic == "br_table" else immediates[0]
        n = labels[-1 - depth] if depth < len(labels) else 0
        if op.mnemonic == "br":
            return n, 0
        return n + 1, n if op.mnemonic == "br_if" else 0
    if op.mnemonic == "throw" and immediates[0] < len(module.tags):
        return func_arity(module, module.tags[immediates[0]])[0], 0
    return 0, 0
