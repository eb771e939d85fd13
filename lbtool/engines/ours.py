"""Our own compiler and runtime behind the common interface.

Values go through the runtime's raw-bits calls, so NaN payloads survive. References are
bits too: a funcref's token is its address in the store; host integers behind externrefs
are kept in globals of the session, which also keeps them from being collected.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lbtool import abi
from lbtool.compiler import Target, compile_module
from lbtool.compiler.check import validate
from lbtool.engines.interface import (
    AnyValue,
    CompiledModule,
    EngineTrap,
    ExportInfo,
    Extern,
    HostFunction,
    ImportInfo,
    Namespace,
    Ref,
    TrapKind,
    Value,
)
from lbtool.errors import LinkError, MalformedError, UnsupportedError, ValidationError
from lbtool.runtime.engine import Config, Engine
from lbtool.runtime.func import Func
from lbtool.runtime.global_ import Global
from lbtool.runtime.instance import Instance as RuntimeInstance
from lbtool.runtime.memory import Memory
from lbtool.runtime.module import Module
from lbtool.runtime.store import Store
from lbtool.runtime.trap import Trap
from lbtool.wasm import Profile, decode, require_valid
from lbtool.wasm.types import FuncType, GlobalType

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lbtool.engines.interface import Instance

_FLOATS = {abi.F32: ("<f", "<I"), abi.F64: ("<d", "<Q")}
_MALFORMED, _UNSUPPORTED = "E01", "E03"  # classes of codes, see ``lbtool.errors``


class LbtoolBackend:
    """`EngineBackend` of our own; always interruptible."""

    name = "lbtool"

    def __init__(
        self, profile: str = "2.0", target: Mapping[str, Any] | None = None
    ) -> None:
        """`target`: fields of `Target` that differ from their defaults."""
        self.target = Target(profile=Profile(profile), **(target or {}))
        self.engine = Engine(Config(wasm=profile, bounds=self.target.bounds))

    def validate(self, data: bytes) -> None:
        """Decode and validate, all errors of the module found."""
        found = validate(decode(data), self.engine.profile)
        if not found:
            return
        if any(each.code.startswith(_MALFORMED) for each in found):
            raise MalformedError(found)
        if all(each.code.startswith(_UNSUPPORTED) for each in found):
            raise UnsupportedError(found, found[0].message)
        raise ValidationError(found)

    def compile(self, data: bytes) -> CompiledModule:
        """Compile a binary module; raises `ModuleError`, `UnsupportedError`."""
        module = decode(data)
        require_valid(module, self.engine.profile)
        functions = compile_module(module, self.target)
        return LbtoolModule(Module(self.engine, module, functions=functions))

    def session(self) -> LbtoolSession:
        """A new store."""
        return LbtoolSession(Store(self.engine))


class LbtoolModule:
    """`CompiledModule` over ``lbtool.runtime``'s."""

    def __init__(self, module: Module) -> None:
        self.module = module

    @cached_property
    def imports(self) -> tuple[ImportInfo, ...]:
        """In module order."""
        return tuple(
            ImportInfo(each.module, each.name, each.kind)
            for each in self.module.wasm.imports
        )

    @cached_property
    def exports(self) -> tuple[ExportInfo, ...]:
        """In module order."""
        found = []
        for each in self.module.wasm.exports:
            if each.kind == "func":
                functype = self.module.wasm.func_type(each.index)
                signature = (functype.params, functype.results)
                found.append(ExportInfo(each.name, each.kind, *signature))
            else:
                found.append(ExportInfo(each.name, each.kind))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class LbtoolExtern:
    """Something of a store that can be imported."""

    kind: str
    item: Any


def _wrap(item: object) -> LbtoolExtern:
    return LbtoolExtern(type(item).__name__.lower(), item)


class LbtoolSession:
    """`Session` over a `Store`."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._externs: dict[int, Global] = {}
        externref = GlobalType(abi.EXTERNREF, mutable=True)
        self._scratch = Global(store, externref, None)

    def interrupt(self) -> None:
        """Make the running call trap with INTERRUPT."""
        self.store.interrupt()

    def instantiate(self, module: CompiledModule, imports: Namespace) -> Instance:
        """Link and start."""
        assert isinstance(module, LbtoolModule)
        items = [_resolve(info, imports) for info in module.imports]
        try:
            instance = RuntimeInstance(self.store, module.module, items)
        except Trap as trap:
            raise _engine_trap(trap) from trap.__cause__
        return LbtoolInstance(self, instance)

    def host_func(
        self, params: Sequence[int], results: Sequence[int], body: HostFunction
    ) -> Extern:
        """A function of the host; NaN payloads of its f32 values become quiet."""

        def call(*args: Any) -> Any:
            given = [self._neutral(t, arg) for t, arg in zip(params, args, strict=True)]
            made = tuple(self._natural(value) for value in body(given))
            if len(made) > 1:
                return made
            return made[0] if made else None

        functype = FuncType(tuple(params), tuple(results))
        return _wrap(Func(self.store, functype, call))

    # ---- values: bits of the runtime, Python values in host functions

    def to_bits(self, value: AnyValue) -> int:
        """The 64 bits that stand for `value` in compiled code."""
        if isinstance(value, Value):
            return value.bits
        if value.token is None:
            return 0
        if value.valtype == abi.FUNCREF:
            return value.token
        cell = self._externs.get(value.token)
        if cell is None:
            externref = GlobalType(abi.EXTERNREF, mutable=False)
            cell = Global(self.store, externref, _HostToken(value.token))
            self._externs[value.token] = cell
        return int(cell.get_bits())

    def from_bits(self, valtype: int, bits: int) -> AnyValue:
        """What 64 bits of compiled code stand for."""
        if valtype == abi.FUNCREF:
            return Ref(valtype, bits or None)
        if valtype in (abi.I32, abi.F32):
            return Value(valtype, bits & 0xFFFFFFFF)
        if valtype != abi.EXTERNREF:
            return Value(valtype, bits)
        if bits == 0:
            return Ref(valtype, None)
        self._scratch.set_bits(bits)
        return Ref(valtype, self._scratch.value.token)

    def _neutral(self, valtype: int, value: Any) -> AnyValue:
        if valtype in _FLOATS:
            code, integer = _FLOATS[valtype]
            return Value(valtype, struct.unpack(integer, struct.pack(code, value))[0])
        if valtype == abi.I32:
            return Value(valtype, value & 0xFFFFFFFF)
        if valtype == abi.I64:
            return Value(valtype, value & 0xFFFFFFFFFFFFFFFF)
        if value is None:
            return Ref(valtype, None)
        if valtype == abi.FUNCREF:
            return Ref(valtype, value.cell_address())
        return Ref(valtype, value.token)

    def _natural(self, value: AnyValue) -> Any:
        if isinstance(value, Ref):
            cell = Global(self.store, GlobalType(value.valtype, mutable=True), None)
            cell.set_bits(self.to_bits(value))
            return cell.value
        if value.valtype in _FLOATS:
            code, integer = _FLOATS[value.valtype]
            return struct.unpack(code, struct.pack(integer, value.bits))[0]
        return value.bits


@dataclass(frozen=True)
class _HostToken:
    """The object behind an externref whose token is an integer."""

    token: int


def _resolve(info: ImportInfo, imports: Namespace) -> Any:
    extern = imports.get((info.module, info.name))
    if extern is None:
        raise LinkError(f"unknown import: {info.module}.{info.name} ({info.kind})")
    assert isinstance(extern, LbtoolExtern)
    return extern.item


def _engine_trap(trap: Trap) -> EngineTrap:
    return EngineTrap(TrapKind[trap.code.name], str(trap))


class LbtoolInstance:
    """`Instance` over the runtime's."""

    def __init__(self, session: LbtoolSession, instance: RuntimeInstance) -> None:
        self._session = session
        self._exports = instance.exports

    def _export(self, name: str, kind: type) -> Any:
        item = self._exports[name]
        if not isinstance(item, kind):
            raise KeyError(f"{name} is a {type(item).__name__}, not a {kind.__name__}")
        return item

    def extern(self, name: str) -> Extern:
        """The export `name`, for use as an import."""
        return _wrap(self._exports[name])

    def call(self, name: str, args: Sequence[AnyValue]) -> tuple[AnyValue, ...]:
        """Call a function."""
        func = self._export(name, Func)
        functype = func.type
        if tuple(value.valtype for value in args) != functype.params:
            raise TypeError(f"{name} takes {functype}, got {args}")
        session = self._session
        try:
            bits = func.call_bits(*map(session.to_bits, args))
        except Trap as trap:
            raise _engine_trap(trap) from trap.__cause__
        return tuple(map(session.from_bits, functype.results, bits))

    def get_global(self, name: str) -> AnyValue:
        """The value of an exported global."""
        cell = self._export(name, Global)
        return self._session.from_bits(cell.valtype, cell.get_bits())

    def set_global(self, name: str, value: AnyValue) -> None:
        """Write a mutable exported global."""
        cell = self._export(name, Global)
        if cell.type != GlobalType(value.valtype, mutable=True):
            raise TypeError(f"{name} is {cell.type}, got {value}")
        cell.set_bits(self._session.to_bits(value))

    def memory_size(self, name: str) -> int:
        """Bytes."""
        return int(self._export(name, Memory).data_len)

    def read_memory(self, name: str, offset: int, length: int) -> bytes:
        """A copy of that range."""
        memory = self._export(name, Memory)
        if offset < 0 or length < 0 or offset + length > memory.data_len:
            raise IndexError(f"{offset}+{length} is not inside memory {name}")
        data: bytes = memory.read(offset, offset + length)
        return data

    def write_memory(self, name: str, offset: int, data: bytes) -> None:
        """Write `data` at `offset`; IndexError when it does not fit."""
        self._export(name, Memory).write(data, offset)
