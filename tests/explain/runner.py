"""Runs a case twice, stepped on the machine and hooked on the reference interpreter."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lbtool.compiler import Target
from lbtool.compiler.compile import FunctionCompiler
from lbtool.compiler.env import ModuleEnv
from lbtool.compiler.explain import Explanation, explain_function
from lbtool.engines.ours import LbtoolBackend, LbtoolInstance, LbtoolModule, LbtoolSession
from lbtool.runtime.func import Func
from lbtool.runtime.trap import Trap as MachineTrap
from tests.explain.claims import LOW, Planner
from tests.explain.stack_types import stack_types
from tests.explain.stepper import Stepper, installed
from tests.explain.walk import DivergedError, Tally, TraceEndsError, Walk
from tests.property.generate import auxiliary, auxiliary_bytes
from tests.property.outcome import _engine_host, _imports, _to_engine, plain
from tests.reference.binary import decode
from tests.reference.interpreter import Instance, OutOfSteps
from tests.reference.numeric import Trap, open_nan
from tests.reference.opcodes import F32, I32, I64

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lbtool.runtime.module import Module
    from tests.property.generate import Call, Case
    from tests.reference.binary import RawModule

STEPS = 10_000
Edit = Callable[[int, Explanation], Explanation]


def explain(module: Module, target: Target) -> dict[int, Explanation]:
    """Explanations of every defined function; they are about the code that runs."""
    compiler = FunctionCompiler(ModuleEnv(module.wasm, target.profile), target)
    first = module.wasm.n_imported_funcs
    found = {}
    for k, compiled in enumerate(module.functions):
        found[first + k] = explain_function(module.wasm, first + k, target, compiler)
        assert found[first + k].compiled == compiled
    return found


@dataclass(slots=True)
class Pair:
    """One case on both sides, ready for calls."""

    raw: RawModule
    session: LbtoolSession
    machine: LbtoolInstance
    reference: Instance
    stepper: Stepper
    walk: Walk


def prepare(
    case: Case, settings: Mapping[str, Any], tally: Tally, edit: Edit | None = None
) -> Pair | None:
    """Compile, explain, link; None when instantiation traps."""
    backend = LbtoolBackend(target=settings)
    raw = decode(case.wasm)
    compiled = backend.compile(case.wasm)
    assert isinstance(compiled, LbtoolModule)
    module = compiled.module
    explanations = explain(module, backend.target)
    if edit is not None:
        explanations = {f: edit(f, e) for f, e in explanations.items()}
    session = backend.session()
    aux, imports = None, {}
    if any(where == "aux" for where, *_ in raw.imports):
        aux = session.instantiate(backend.compile(auxiliary_bytes()), {})
    for where, name, _, desc in raw.imports:
        if where == "aux":
            assert aux is not None
            imports[where, name] = aux.extern(name)
        else:
            imports[where, name] = _engine_host(session, name, *raw.types[desc])
    try:
        reference = Instance(raw, _imports(raw, Instance(auxiliary())))
    except Trap:
        return None
    machine = session.instantiate(compiled, imports)
    planner = Planner(raw)
    first = module.wasm.n_imported_funcs
    plans = {
        f: planner.plan(f, explained, module.code.start_of(f - first))
        for f, explained in explanations.items()
    }
    tally.false += [f"{case.label}: {problem}" for problem in planner.problems]
    size = module.code.start_of(len(plans) - 1) + len(module.functions[-1].artifact.code)
    stepper = Stepper(module.code.address, size, planner.points)
    walk = Walk(case.label, plans, list(planner.points), tally)
    return Pair(raw, session, machine, reference, stepper, walk)


def check_case(
    case: Case,
    settings: Mapping[str, Any],
    edit: Edit | None = None,
    *,
    steps: int = STEPS,
) -> Tally:
    """All calls of the case, until one is too long to be followed to its end.

    At most `steps` instructions of a call are followed, on both sides.
    """
    tally = Tally()
    pair = prepare(case, settings, tally, edit)
    if pair is None:
        return tally
    with installed():
        for call in case.calls:
            if not one_call(pair, case, call, steps):
                break
    if tally.false and depends_on_nan(case, steps):
        return Tally(open_nan=1)
    return tally


def depends_on_nan(case: Case, steps: int) -> bool:
    """Do integers of the run show bits of NaNs that the specification leaves open?"""
    seen = []
    usual = dict(open_nan)
    for bits in (usual, {32: 0xFFC00001, 64: 0xFFF8000000000001}):
        open_nan.update(bits)
        try:
            seen.append(integers_of(case, steps))
        finally:
            open_nan.update(usual)
    return seen[0] != seen[1]


def integers_of(case: Case, steps: int) -> str:
    """Digest of the integers on the stack and in locals over all calls."""
    raw = decode(case.wasm)
    imported = len(raw.imported("func"))
    typed = [stack_types(raw, imported + k) for k in range(len(raw.bodies))]
    found = hashlib.blake2b()

    def hook(f: int, ordinal: int, stack: list[Any], locals_: list[Any]) -> None:
        stacked, of_locals = typed[f - imported]
        types = [*(stacked[ordinal] or ()), *of_locals]
        both = zip(types, [*stack, *locals_], strict=False)
        values = [v for t, v in both if t in (I32, I64)]
        found.update(repr((f, ordinal, values)).encode())

    try:
        reference = Instance(raw, _imports(raw, Instance(auxiliary())), hook=hook)
        for call in case.calls:
            reference.steps = steps
            with suppress(Trap):
                reference.invoke(call.name, call.args)
    except (Trap, OutOfSteps):
        pass
    return found.hexdigest()


def one_call(pair: Pair, case: Case, call: Call, steps: int) -> bool:
    """False when the two sides may have separated."""
    tally = pair.walk.tally
    func = pair.machine._export(call.name, Func)
    names = {name: index for name, kind, index in pair.raw.exports if kind == "func"}
    params, results = pair.raw.func_types()[names[call.name]]
    args = [_to_engine(t, a) for t, a in zip(params, call.args, strict=True)]
    bits = [pair.session.to_bits(arg) for arg in args]
    theirs: list[Any] | None
    try:
        theirs = list(pair.stepper.traced(func, steps).call_bits(*bits))
    except MachineTrap:
        theirs = None
    trace = pair.stepper.trace()
    walk, reference = pair.walk, pair.reference
    walk.start(trace)
    reference.hook, reference.steps = walk.on_instruction, steps
    tally.functions.add(f"{case.label} {call.name}")
    mine: list[Any] | None
    try:
        mine = reference.invoke(call.name, call.args)
        walk.finish()
    except Trap as trap:
        if trap.kind == "stack":
            return False
        mine = None
    except (TraceEndsError, OutOfSteps):
        return False
    except DivergedError as error:
        tally.false.append(str(error))
        return False
    if (mine is None) != (theirs is None):
        tally.false.append(f"{case.label} {call}: {mine} and {theirs}")
        return False
    if mine is not None and theirs is not None:
        for t, a, b in zip(results, mine, theirs, strict=True):
            b = b & LOW if t in (I32, F32) else b  # of an f32 only these count
            if isinstance(a, int) and plain(t, a, exact=False) != plain(t, b, exact=False):
                tally.false.append(f"{case.label} {call}: {mine} and {theirs}")
                return False
    return True
