"""What a case does when it runs, on the reference interpreter and on any engine.

An `Outcome` holds plain values only: it crosses process boundaries as JSON. Each step
is ["ok", results...], ["trap", kind], or ["stop"] where the reference interpreter gave
up. The state after the last call is part of it: globals, and digests of both memories.
Not here: which engines to compare (``differential``).
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from lbtool import engines
from lbtool.errors import LbtoolError
from tests.property.generate import Case, auxiliary, auxiliary_bytes
from tests.property.pool import HostError, Ref, canonical, host_result
from tests.reference import numeric
from tests.reference.binary import RawModule, decode
from tests.reference.interpreter import Function, Instance, Memory, OutOfSteps
from tests.reference.numeric import Trap
from tests.reference.opcodes import EXTERNREF, FUNCREF

AUX_GLOBALS = ("gi", "gl", "gf", "gd")
# One Python frame per wasm call and per handler, times the interpreter's own limit.
sys.setrecursionlimit(20_000)


@dataclass(slots=True)
class Outcome:
    steps: list[list[Any]] = field(default_factory=list)
    state: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"steps": self.steps, "state": self.state}


def plain(valtype: int, value: Any, *, exact: bool) -> Any:
    """A result or global as JSON: bits, "null", "func" or an externref's number."""
    if value is None:
        return "null"
    if valtype == FUNCREF:
        return "func"
    if valtype == EXTERNREF:
        return f"ref {value.number}" if isinstance(value, Ref) else "ref"
    return value if exact else canonical(valtype, value)


def digest(data: bytes | bytearray) -> str:
    return f"{len(data)}:{hashlib.blake2b(data, digest_size=8).hexdigest()}"


# ---- the reference interpreter


def _host(name: str, functype: tuple[tuple[int, ...], tuple[int, ...]]) -> Function:
    def run(*args: Any) -> Sequence[Any]:
        try:
            return host_result(name, functype[0], functype[1], list(args))
        except HostError:
            raise Trap("host") from None

    return Function(functype, run)


def _imports(module: RawModule, aux: Instance) -> dict[tuple[str, str], Any]:
    found: dict[tuple[str, str], Any] = {}
    for where, name, kind, desc in module.imports:
        if where == "aux":
            found[where, name] = aux.exports[name]
        else:
            assert kind == "func"
            found[where, name] = _host(name, module.types[desc])
    return found


def on_reference(
    case: Case, *, steps: int = 200_000, executed: dict[int, int] | None = None
) -> Outcome:
    """Run on the reference interpreter, `steps` instructions per call at most."""
    module = decode(case.wasm)
    out = Outcome()
    aux = Instance(auxiliary())
    types = module.func_types()
    signature = {n: types[i] for n, k, i in module.exports if k == "func"}
    try:
        instance = Instance(
            module, _imports(module, aux), steps=steps, executed=executed
        )
    except Trap as trap:
        out.steps.append(["trap", trap.kind])
        return out
    for call in case.calls:
        instance.steps = steps
        try:
            results = instance.invoke(call.name, call.args)
            kinds = signature[call.name][1]
            values = [
                plain(t, v, exact=case.exact)
                for t, v in zip(kinds, results, strict=True)
            ]
            out.steps.append(["ok", *values])
        except Trap as trap:
            out.steps.append(["trap", trap.kind])
        except OutOfSteps:
            out.steps.append(["stop"])
            return out
    _reference_state(out, case, module, instance, aux)
    return out


def _reference_state(
    out: Outcome, case: Case, module: RawModule, instance: Instance, aux: Instance
) -> None:
    kinds = [d[0] for d in module.imported("global")] + [g[0] for g in module.globals]
    for name, kind, index in module.exports:
        if kind == "global":
            value = instance.globals[index].value
            out.state[name] = plain(kinds[index], value, exact=case.exact)
        elif kind == "memory":
            memory = instance.exports[name]
            assert isinstance(memory, Memory)
            out.state[name] = digest(memory.data)
    out.state["aux memory"] = digest(aux.memories[0].data)
    for name, (valtype, *_) in zip(AUX_GLOBALS, auxiliary().globals, strict=False):
        value = aux.exports[name].value
        out.state[f"aux {name}"] = plain(valtype, value, exact=case.exact)


def depends_on_nan(case: Case) -> bool:
    """Whether bits that the specification leaves open can be seen in the outcome."""
    first = on_reference(case)
    usual = dict(numeric.open_nan)
    numeric.open_nan.update({32: 0xFFC00001, 64: 0xFFF8000000000001})
    try:
        second = on_reference(case)
    finally:
        numeric.open_nan.update(usual)
    return difference(case, first, second) is not None


# ---- engines


def _to_engine(valtype: int, value: Any) -> engines.AnyValue:
    if valtype in {FUNCREF, EXTERNREF}:
        return engines.Ref(valtype, value.number if isinstance(value, Ref) else None)
    return engines.Value(valtype, value)


def _from_engine(value: engines.AnyValue) -> Any:
    if isinstance(value, engines.Value):
        return value.bits
    return None if value.token is None else Ref(value.token)


def _engine_host(
    session: engines.Session,
    name: str,
    params: tuple[int, ...],
    results: tuple[int, ...],
) -> engines.Extern:
    def run(args: Sequence[engines.AnyValue]) -> Sequence[engines.AnyValue]:
        values = host_result(name, params, results, [_from_engine(a) for a in args])
        return [_to_engine(t, v) for t, v in zip(results, values, strict=True)]

    return session.host_func(params, results, run)


Compile = Callable[[bytes], engines.CompiledModule]


class EngineRunner:
    """Runs cases on one back end; the auxiliary module is compiled once."""

    def __init__(
        self, backend: engines.EngineBackend, compile_module: Compile | None = None
    ) -> None:
        self.backend = backend
        self.compile = compile_module or backend.compile
        self.aux = self.compile(auxiliary_bytes())

    def run(self, case: Case, module: RawModule | None = None) -> Outcome:
        raw = module or decode(case.wasm)
        out = Outcome()
        compiled = self.compile(case.wasm)
        session = self.backend.session()
        aux = session.instantiate(self.aux, {})
        imports: dict[tuple[str, str], engines.Extern] = {}
        for where, name, _, desc in raw.imports:
            if where == "aux":
                imports[where, name] = aux.extern(name)
            else:
                imports[where, name] = _engine_host(session, name, *raw.types[desc])
        try:
            instance = session.instantiate(compiled, imports)
        except engines.EngineTrap as trap:
            out.steps.append(["trap", trap.kind.name.lower()])
            return out
        self._calls(out, case, raw, instance)
        if out.steps[-1:] == [] or out.steps[-1][0] != "error":
            _engine_state(out, case, raw, instance, aux)
        return out

    def _calls(
        self, out: Outcome, case: Case, raw: RawModule, instance: engines.Instance
    ) -> None:
        types = raw.func_types()
        signature = {n: types[i] for n, k, i in raw.exports if k == "func"}
        for call in case.calls:
            params, results = signature[call.name]
            args = [_to_engine(t, a) for t, a in zip(params, call.args, strict=True)]
            try:
                values = [_from_engine(v) for v in instance.call(call.name, args)]
            except engines.EngineTrap as trap:
                out.steps.append(["trap", trap.kind.name.lower()])
                continue
            except LbtoolError as error:
                out.steps.append(["error", f"{type(error).__name__}: {error}"[:300]])
                return
            shown = [
                plain(t, v, exact=case.exact)
                for t, v in zip(results, values, strict=True)
            ]
            out.steps.append(["ok", *shown])


def _engine_state(
    out: Outcome,
    case: Case,
    raw: RawModule,
    instance: engines.Instance,
    aux: engines.Instance,
) -> None:
    for name, kind, _ in raw.exports:
        if kind == "global":
            value = instance.get_global(name)
            out.state[name] = plain(
                value.valtype, _from_engine(value), exact=case.exact
            )
        elif kind == "memory":
            size = instance.memory_size(name)
            out.state[name] = digest(instance.read_memory(name, 0, size))
    size = aux.memory_size("memory")
    out.state["aux memory"] = digest(aux.read_memory("memory", 0, size))
    for name in AUX_GLOBALS:
        value = aux.get_global(name)
        shown = plain(value.valtype, _from_engine(value), exact=case.exact)
        out.state[f"aux {name}"] = shown


def attempt(runner: EngineRunner, case: Case) -> Outcome:
    """Like `EngineRunner.run`, with a refusal to compile as an outcome of its own."""
    try:
        return runner.run(case)
    except LbtoolError as error:
        return Outcome([["refused", f"{type(error).__name__}: {error}"[:200]]])


# ---- comparing


def _same_step(a: list[Any], b: list[Any]) -> bool:
    if a[0] == b[0] == "trap":
        # wasmtime has one code for table.get and call_indirect beyond the table.
        return {a[1], b[1]} <= {"table", "undefined"} or a[1] == b[1]
    return a == b


def difference(case: Case, a: Outcome, b: Outcome) -> str | None:
    """The first difference in words, or None. What follows a "stop" is not compared."""
    for i, (x, y) in enumerate(zip(a.steps, b.steps, strict=False)):
        if "stop" in {x[0], y[0]}:
            return None
        if not _same_step(x, y):
            call = case.calls[i] if i < len(case.calls) else "instantiate"
            return f"step {i} {call}: {x} != {y}"
    if ["stop"] in (a.steps[-1:] or [[]]) + (b.steps[-1:] or [[]]):
        return None
    if len(a.steps) != len(b.steps):
        return f"{len(a.steps)} steps != {len(b.steps)} steps"
    for key in sorted(a.state.keys() | b.state.keys()):
        if a.state.get(key) != b.state.get(key):
            return f"after the calls, {key}: {a.state.get(key)} != {b.state.get(key)}"
    return None
