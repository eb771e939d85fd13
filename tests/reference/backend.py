"""The reference interpreter as an `lbtool.engines` back end, for the spec suites.

Numbers are bits there and here; references become tokens. Values are not checked: the
script runner makes them from types. Validation is wasmtime's, since the interpreter
trusts its modules. Not here: executing (``interpreter``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lbtool import engines
from lbtool.errors import LinkError
from tests.reference import opcodes as oc
from tests.reference.binary import FuncType, RawModule, decode
from tests.reference.interpreter import Function, Global, Instance, Memory, Table
from tests.reference.numeric import Trap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lbtool.engines.interface import HostFunction

KINDS: dict[type, str] = {
    Function: "func",
    Table: "table",
    Memory: "memory",
    Global: "global",
}


@dataclass(frozen=True, slots=True)
class Host:
    """What an externref with this token refers to."""

    token: int


@dataclass(frozen=True, slots=True)
class ReferenceExtern:
    """An item with the type that importing it is checked against."""

    item: Any
    type: Any

    @property
    def kind(self) -> str:
        return KINDS[type(self.item)]


class ReferenceModule:
    def __init__(self, module: RawModule) -> None:
        self.module = module
        self.imports = [engines.ImportInfo(m, n, k) for m, n, k, _ in module.imports]
        types = module.func_types()
        self.exports = [self._export(types, *row) for row in module.exports]

    @staticmethod
    def _export(
        types: list[FuncType], name: str, kind: str, index: int
    ) -> engines.ExportInfo:
        params, results = types[index] if kind == "func" else ((), ())
        return engines.ExportInfo(name, kind, params, results)


class ReferenceBackend:
    """`EngineBackend`; not fast."""

    name = "reference"

    def __init__(self) -> None:
        self.judge = engines.get("cranelift")

    def validate(self, data: bytes) -> None:
        self.judge.validate(data)

    def compile(self, data: bytes) -> engines.CompiledModule:
        self.validate(data)
        return ReferenceModule(decode(data))

    def session(self) -> engines.Session:
        return ReferenceSession()


def import_types(module: RawModule, kind: str) -> list[Any]:
    """Types of the imports and definitions of one kind, in index order."""
    if kind == "func":
        return list(module.func_types())
    defined: dict[str, list[Any]] = {
        "table": module.tables,
        "memory": module.memories,
        "global": [(t, mutable) for t, mutable, _ in module.globals],
    }
    return [*module.imported(kind), *defined[kind]]


def _limits_fit(have: int, maximum: int | None, wanted: tuple[int, int | None]) -> bool:
    low, high = wanted
    return have >= low and (high is None or (maximum is not None and maximum <= high))


def matches(extern: ReferenceExtern, kind: str, wanted: Any) -> bool:
    """Import matching of the specification; sizes are those of now."""
    if extern.kind != kind:
        return False
    if kind == "table":
        size = len(extern.item.items)
        same = extern.type[0] == wanted[0]
        return same and _limits_fit(size, extern.type[1][1], wanted[1])
    if kind == "memory":
        return _limits_fit(len(extern.item.data) >> 16, extern.type[1], wanted)
    return bool(extern.type == wanted)


class ReferenceSession:
    def __init__(self) -> None:
        self.functions: list[Function] = []

    def interrupt(self) -> None:
        raise NotImplementedError

    def host_func(
        self, params: Sequence[int], results: Sequence[int], body: HostFunction
    ) -> engines.Extern:
        functype: FuncType = (tuple(params), tuple(results))

        def run(*args: Any) -> list[Any]:
            values = zip(params, args, strict=True)
            return [self.raw(v) for v in body([self.neutral(t, a) for t, a in values])]

        return ReferenceExtern(Function(functype, run), functype)

    def instantiate(
        self, module: engines.CompiledModule, imports: engines.Namespace
    ) -> engines.Instance:
        assert isinstance(module, ReferenceModule)
        raw, given = module.module, {}
        for where, name, kind, desc in raw.imports:
            extern = imports.get((where, name))
            wanted = raw.types[desc] if kind == "func" else desc
            if extern is None:
                raise LinkError(f"unknown import: {where}.{name} ({kind})")
            assert isinstance(extern, ReferenceExtern)
            if not matches(extern, kind, wanted):
                raise LinkError(f"incompatible import type: {where}.{name} ({kind})")
            given[where, name] = extern.item
        try:
            return ReferenceInstance(self, Instance(raw, given))
        except Trap as trap:
            raise self.trap(trap) from None

    @staticmethod
    def trap(trap: Trap) -> engines.EngineTrap:
        return engines.EngineTrap(engines.TrapKind[trap.kind.upper()], trap.kind)

    def raw(self, value: engines.AnyValue) -> Any:
        if isinstance(value, engines.Value):
            return value.bits
        if value.token is None:
            return None
        is_func = value.valtype == oc.FUNCREF
        return self.functions[value.token] if is_func else Host(value.token)

    def neutral(self, valtype: int, value: Any) -> engines.AnyValue:
        if valtype not in {oc.FUNCREF, oc.EXTERNREF}:
            return engines.Value(valtype, value)
        if isinstance(value, Function):
            self.functions.append(value)
            return engines.Ref(valtype, len(self.functions) - 1)
        return engines.Ref(valtype, value.token if isinstance(value, Host) else None)


class ReferenceInstance:
    def __init__(self, session: ReferenceSession, instance: Instance) -> None:
        self.session, self.instance = session, instance
        self.kinds = {n: (k, i) for n, k, i in instance.module.exports}

    def type_of(self, name: str) -> Any:
        kind, index = self.kinds[name]
        return import_types(self.instance.module, kind)[index]

    def extern(self, name: str) -> engines.Extern:
        return ReferenceExtern(self.instance.exports[name], self.type_of(name))

    def call(
        self, name: str, args: Sequence[engines.AnyValue]
    ) -> tuple[engines.AnyValue, ...]:
        results = self.type_of(name)[1]
        try:
            found = self.instance.invoke(name, list(map(self.session.raw, args)))
        except Trap as trap:
            raise self.session.trap(trap) from None
        return tuple(map(self.session.neutral, results, found))

    def get_global(self, name: str) -> engines.AnyValue:
        value = self.instance.exports[name].value
        return self.session.neutral(self.type_of(name)[0], value)

    def set_global(self, name: str, value: engines.AnyValue) -> None:
        self.instance.exports[name].value = self.session.raw(value)

    def memory_size(self, name: str) -> int:
        return len(self.instance.exports[name].data)

    def read_memory(self, name: str, offset: int, length: int) -> bytes:
        return bytes(self.instance.exports[name].data[offset : offset + length])

    def write_memory(self, name: str, offset: int, data: bytes) -> None:
        self.instance.exports[name].data[offset : offset + len(data)] = data
