"""Validation of initialisers (specification 3.3.12, Constant Expressions).

What is constant depends on the version: 3.0 adds integer arithmetic and lets an
initialiser read every immutable global before it. Evaluation is the runtime's.
"""

from __future__ import annotations

from lbtool.abi import EXTERNREF, F32, F64, FUNCREF, I32, I64, V128
from lbtool.records import record
from lbtool.wasm.opcodes import BY_CODE, BY_MNEMONIC
from lbtool.wasm.types import REFTYPES, valtype_name

TYPE_CHECKING = False  # `typing` is not imported by a run
if TYPE_CHECKING:
    from lbtool.wasm.module import ConstExpr, Module
    from lbtool.wasm.profile import Profile

__all__ = ["Problem", "check", "index_of", "is_ref_func"]

_CONSTS = {
    BY_MNEMONIC["i32.const"].code: I32,
    BY_MNEMONIC["i64.const"].code: I64,
    BY_MNEMONIC["f32.const"].code: F32,
    BY_MNEMONIC["f64.const"].code: F64,
    BY_MNEMONIC["v128.const"].code: V128,
}
_I32_CONST = BY_MNEMONIC["i32.const"].code
_GLOBAL_GET = BY_MNEMONIC["global.get"].code
_REF_NULL = BY_MNEMONIC["ref.null"].code
_REF_FUNC = BY_MNEMONIC["ref.func"].code
_ARITHMETIC = {
    BY_MNEMONIC[f"{name}.{op}"].code: valtype
    for name, valtype in (("i32", I32), ("i64", I64))
    for op in ("add", "sub", "mul")
}
_NULLS = {-0x10: FUNCREF, -0x11: EXTERNREF}


@record(frozen=True, slots=True)
class Problem:
    """Why an initialiser does not validate; `proposal` if a later version allows it."""

    message: str
    proposal: str | None = None


def _index(immediate: object) -> int:
    assert isinstance(immediate, int)
    return immediate


def index_of(expr: ConstExpr) -> int:
    """Immediate of an expression of one instruction, such as a bare function index."""
    return _index(expr.ops[0][1])


def is_ref_func(expr: ConstExpr) -> bool:
    """Whether `expr` is one ``ref.func``: what a bare function index means too."""
    return len(expr.ops) == 1 and expr.ops[0][0] == _REF_FUNC


def _global(
    module: Module, profile: Profile, index: int, visible: int
) -> int | Problem:
    if not profile.has("gc"):
        visible = module.n_imported_globals
    if index >= visible:
        return Problem(f"unknown global {index}")
    if module.globals[index].mutable:
        return Problem("constant expression required (the global is mutable)")
    return module.globals[index].valtype


def _push(
    module: Module, profile: Profile, op: tuple[int, object], visible: int
) -> int | Problem:
    """Type of the value which a constant instruction without operands pushes."""
    code, immediate = op
    row = BY_CODE[code]
    if code in _CONSTS or code in (_REF_NULL, _REF_FUNC):
        if not profile.allows(row):
            return Problem(row.mnemonic, row.proposal)
        if code == _REF_NULL:
            null = _NULLS.get(_index(immediate))
            return Problem("heap type of ref.null", "gc") if null is None else null
        if code == _REF_FUNC and _index(immediate) >= len(module.func_types):
            return Problem(f"unknown function {_index(immediate)}")
        return _CONSTS.get(code, FUNCREF)
    if code == _GLOBAL_GET:
        return _global(module, profile, _index(immediate), visible)
    if row.proposal == "gc" and profile.has("gc"):
        return Problem(f"{row.mnemonic} in an initialiser", "gc")
    return Problem(f"constant expression required, not {row.mnemonic}")


def check(
    module: Module, profile: Profile, expr: ConstExpr, expected: int, visible: int
) -> Problem | None:
    """The first problem of `expr`, which must give one value of type `expected`.

    visible: number of globals that a 3.0 initialiser at this place may read.
    """
    if expected == I32 and len(expr.ops) == 1 and expr.ops[0][0] == _I32_CONST:
        return None  # the offset of nearly every segment
    stack: list[int] = []
    for op in expr.ops:
        valtype = _ARITHMETIC.get(op[0])
        if valtype is not None and profile.has("extended-const"):
            if stack[-2:] != [valtype, valtype]:
                return Problem(f"type mismatch: {BY_CODE[op[0]].mnemonic}")
            stack.pop()
            continue
        pushed = _push(module, profile, op, visible)
        if isinstance(pushed, Problem):
            return pushed
        stack.append(pushed)
    if stack == [expected]:
        return None
    have = " ".join(map(valtype_name, stack))
    kind = "reference" if expected in REFTYPES else "initialiser"
    return Problem(
        f"type mismatch: {kind} of type {valtype_name(expected)} needed, "
        f"the expression gives [{have}]"
    )
