"""Runs a case twice, stepped on the machine and hooked on the reference interpreter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lbtool.compiler.compile import FunctionCompiler
from lbtool.compiler.env import ModuleEnv
from lbtool.compiler.explain import Explanation, explain_function
from lbtool.engines.ours import LbtoolBackend, LbtoolInstance, LbtoolModule
from lbtool.runtime.func import Func
from lbtool.runtime.trap import Trap as MachineTrap
from tests.explain.claims import LOW, Planner
from tests.explain.open_nan import depends_on_nan
from tests.explain.stepper import Stepper, installed
from tests.explain.walk import DivergedError, Tally, TraceEndsError, Walk
from tests.property.generate import auxiliary, auxiliary_bytes
from tests.property.outcome import _engine_host, _imports, _to_engine, plain
from tests.reference.binary import decode
from tests.reference.interpreter import Instance, OutOfSteps
from tests.reference.numeric import Trap
from tests.reference.opcodes import F32, I32

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lbtool.engines import Extern
    from lbtool.engines.ours import LbtoolSession
    from tests.property.generate import Call, Case
    from tests.reference.binary import RawModule

STEPS = 10_000
Explanations = dict[int, Explanation]
"""By function index."""


@dataclass(slots=True)
class Pair:
    """One case on both sides, ready for calls."""

    raw: RawModule
    session: LbtoolSession
    machine: LbtoolInstance
    reference: Instance
    stepper: Stepper
    walk: Walk


def explain(case: Case, settings: Mapping[str, Any]) -> Explanations:
    """Explanations of every function that the module defines."""
    return _explain(*_compile(case, settings))


def check_case(
    case: Case,
    settings: Mapping[str, Any],
    explained: Explanations | None = None,
    *,
    steps: int = STEPS,
) -> Tally:
    """All calls of the case, until one is too long to be followed to its end.

    At most `steps` instructions of a call are followed, on both sides. With `explained`
    these explanations are checked, else the true ones.
    """
    tally = Tally()
    pair = _prepare(case, settings, tally, explained)
    if pair is None:
        return tally
    with installed():
        for call in case.calls:
            if not _one_call(pair, case, call, steps):
                break
    if tally.false and depends_on_nan(case, steps):
        return Tally(open_nan=1)
    return tally


def _compile(
    case: Case, settings: Mapping[str, Any]
) -> tuple[LbtoolBackend, LbtoolModule]:
    backend = LbtoolBackend(target=settings)
    compiled = backend.compile(case.wasm)
    assert isinstance(compiled, LbtoolModule)
    return backend, compiled


def _explain(backend: LbtoolBackend, compiled: LbtoolModule) -> Explanations:
    module, target = compiled.module, backend.target
    compiler = FunctionCompiler(ModuleEnv(module.wasm, target.profile), target)
    found = {}
    for funcidx, function in enumerate(module.functions, module.wasm.n_imported_funcs):
        found[funcidx] = explain_function(module.wasm, funcidx, target, compiler)
        assert found[funcidx].compiled == function, "it is about the code that runs"
    return found


def _prepare(
    case: Case,
    settings: Mapping[str, Any],
    tally: Tally,
    explained: Explanations | None,
) -> Pair | None:
    """Compile, explain, link; None when instantiation traps."""
    backend, compiled = _compile(case, settings)
    explained = explained or _explain(backend, compiled)
    raw, code = decode(case.wasm), compiled.module.code
    try:
        reference = Instance(raw, _imports(raw, Instance(auxiliary())))
    except Trap:
        return None
    session = backend.session()
    machine = session.instantiate(compiled, _machine_imports(backend, session, raw))
    assert isinstance(machine, LbtoolInstance)
    planner = Planner(raw)
    starts = {f: code.start_of(k) for k, f in enumerate(explained)}
    plans = {f: planner.plan(f, e, starts[f]) for f, e in explained.items()}
    tally.false += [f"{case.label}: {problem}" for problem in planner.problems]
    size = max(starts[f] + len(e.compiled.artifact.code) for f, e in explained.items())
    stepper = Stepper(code.address, size, planner.points)
    walk = Walk(case.label, plans, list(planner.points), tally)
    return Pair(raw, session, machine, reference, stepper, walk)


def _machine_imports(
    backend: LbtoolBackend, session: LbtoolSession, raw: RawModule
) -> dict[tuple[str, str], Extern]:
    found: dict[tuple[str, str], Extern] = {}
    aux = None
    for where, name, _, desc in raw.imports:
        if where == "aux":
            aux = aux or session.instantiate(backend.compile(auxiliary_bytes()), {})
            found[where, name] = aux.extern(name)
        else:
            found[where, name] = _engine_host(session, name, *raw.types[desc])
    return found


def _one_call(pair: Pair, case: Case, call: Call, steps: int) -> bool:
    """False when the two sides may have separated."""
    walk, reference = pair.walk, pair.reference
    theirs = _on_machine(pair, call, steps)
    walk.start(pair.stepper.trace())
    walk.tally.functions.add(f"{case.label} {call.name}")
    reference.hook, reference.steps = walk.on_instruction, steps
    mine: list[Any] | None = None
    try:
        mine = reference.invoke(call.name, call.args)
        walk.finish()
    except Trap as trap:
        if trap.kind == "stack":
            return False  # the two have not the same depth
    except (TraceEndsError, OutOfSteps):
        return False
    except DivergedError as error:
        walk.tally.false.append(str(error))
        return False
    if _agree(pair, call, mine, theirs):
        return True
    walk.tally.false.append(f"{case.label} {call}: {mine} and {theirs}")
    return False


def _signature(pair: Pair, call: Call) -> tuple[tuple[int, ...], tuple[int, ...]]:
    names = {name: index for name, kind, index in pair.raw.exports if kind == "func"}
    return pair.raw.func_types()[names[call.name]]


def _on_machine(pair: Pair, call: Call, steps: int) -> list[int] | None:
    """Bits of the results, None for a trap."""
    func = pair.machine._export(call.name, Func)
    params, _ = _signature(pair, call)
    values = [_to_engine(t, a) for t, a in zip(params, call.args, strict=True)]
    bits = [pair.session.to_bits(value) for value in values]
    try:
        return list(pair.stepper.traced(func, steps).call_bits(*bits))
    except MachineTrap:
        return None


def _agree(
    pair: Pair, call: Call, mine: list[Any] | None, theirs: list[int] | None
) -> bool:
    """Both trap, or the results are the same; of references only null is compared."""
    if mine is None or theirs is None:
        return mine is None and theirs is None
    for t, a, b in zip(_signature(pair, call)[1], mine, theirs, strict=True):
        if not isinstance(a, int):
            if (a is None) != (b == 0):
                return False
            continue
        narrow = b & LOW if t in (I32, F32) else b  # of an f32 only these count
        if plain(t, a, exact=False) != plain(t, narrow, exact=False):
            return False
    return True
