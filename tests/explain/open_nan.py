"""Does a case look at bits of NaNs that the specification leaves open?

Then the reference interpreter and the machine may both be right and differ in integers,
so such a case says nothing about locations.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tests.explain.stack_types import stack_types
from tests.property.generate import auxiliary
from tests.property.outcome import _imports
from tests.reference.binary import decode
from tests.reference.interpreter import Instance, OutOfSteps
from tests.reference.numeric import Trap, open_nan
from tests.reference.opcodes import I32, I64

if TYPE_CHECKING:
    from tests.property.generate import Case

OTHER = {32: 0xFFC00001, 64: 0xFFF8000000000001}


def depends_on_nan(case: Case, steps: int) -> bool:
    """Runs the case with two choices of bits and compares all integers."""
    usual = dict(open_nan)
    first = _integers(case, steps)
    open_nan.update(OTHER)
    try:
        return _integers(case, steps) != first
    finally:
        open_nan.update(usual)


def _integers(case: Case, steps: int) -> str:
    """Digest of the integers on the stack and in locals at every instruction."""
    raw = decode(case.wasm)
    imported = len(raw.imported("func"))
    typed = [stack_types(raw, imported + k) for k in range(len(raw.bodies))]
    found = hashlib.blake2b()

    def hook(f: int, ordinal: int, stack: list[Any], locals_: list[Any]) -> None:
        on_stack, of_locals = typed[f - imported]
        types = [*(on_stack[ordinal] or ()), *of_locals]
        both = zip(types, [*stack, *locals_], strict=False)
        seen = [value for t, value in both if t in (I32, I64)]
        found.update(repr((f, ordinal, seen)).encode())

    with suppress(Trap, OutOfSteps):
        reference = Instance(raw, _imports(raw, Instance(auxiliary())), hook=hook)
        for call in case.calls:
            reference.steps = steps
            with suppress(Trap):
                reference.invoke(call.name, call.args)
    return found.hexdigest()
