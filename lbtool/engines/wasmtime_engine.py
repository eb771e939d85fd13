"""Cranelift and Winch, through the C API of the wasmtime package.

Values cross as bits through ``wasmtime_val_t``; the package's own conversions go
through Python floats and lose NaN payloads. Compilation never uses threads: a forked
child of a process in which wasmtime started its thread pool hangs.

Not here: choosing a back end (``lbtool.engines``) and WASI (``wasmtime_wasi``).
"""

from __future__ import annotations

import ctypes
from ctypes import POINTER, byref
from functools import cached_property
from typing import TYPE_CHECKING, Any

import wasmtime
from wasmtime import _ffi as ffi

from lbtool import abi
from lbtool.engines.interface import (
    AnyValue,
    CompiledModule,
    EngineTrap,
    ExportInfo,
    Extern,
    HostFunction,
    ImportInfo,
    Instance,
    Namespace,
    Ref,
    TrapKind,
    Value,
)
from lbtool.errors import (
    Diagnostic,
    LinkError,
    ModuleError,
    UnsupportedError,
    one_line,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

STRATEGIES = {"cranelift": 1, "winch": 2}
# Kinds and heap types of ``wasmtime_valtype_t``.
_NUMBER_KINDS = (abi.I32, abi.I64, abi.F32, abi.F64, abi.V128)
_REF_KIND = 5
_HEAP_TYPES = {0: abi.EXTERNREF, 2: abi.FUNCREF}
_HOST_VALTYPES = {
    abi.I32: wasmtime.ValType.i32,
    abi.I64: wasmtime.ValType.i64,
    abi.F32: wasmtime.ValType.f32,
    abi.F64: wasmtime.ValType.f64,
    abi.FUNCREF: wasmtime.ValType.funcref,
    abi.EXTERNREF: wasmtime.ValType.externref,
}
_KINDS = {
    abi.I32: ffi.WASMTIME_I32.value,
    abi.I64: ffi.WASMTIME_I64.value,
    abi.F32: ffi.WASMTIME_F32.value,
    abi.F64: ffi.WASMTIME_F64.value,
    abi.V128: ffi.WASMTIME_V128.value,
    abi.FUNCREF: ffi.WASMTIME_FUNCREF.value,
    abi.EXTERNREF: ffi.WASMTIME_EXTERNREF.value,
}
_VALTYPE_OF_KIND = {kind: valtype for valtype, kind in _KINDS.items()}
_EXTERN_KINDS = ("func", "global", "table", "memory")
_TRAPS = {
    "STACK_OVERFLOW": TrapKind.STACK,
    "MEMORY_OUT_OF_BOUNDS": TrapKind.MEMORY,
    # the same code for call_indirect and for table accesses
    "TABLE_OUT_OF_BOUNDS": TrapKind.TABLE,
    "INDIRECT_CALL_TO_NULL": TrapKind.NULL,
    "BAD_SIGNATURE": TrapKind.SIGNATURE,
    "INTEGER_OVERFLOW": TrapKind.OVERFLOW,
    "INTEGER_DIVISION_BY_ZERO": TrapKind.DIVIDE,
    "BAD_CONVERSION_TO_INTEGER": TrapKind.CONVERSION,
    "UNREACHABLE": TrapKind.UNREACHABLE,
    "INTERRUPT": TrapKind.INTERRUPT,
}
# Order matters: wasmtime checks a configuration as a whole, and aborts the process when
# a feature is on that depends on one that is off.
_AFTER_2_0 = (
    "wasm_component_model",
    "wasm_gc",
    "wasm_function_references",
    "wasm_exceptions",
    "wasm_threads",
    "wasm_tail_call",
    "wasm_multi_memory",
    "wasm_memory64",
    "wasm_relaxed_simd",
)
_AFTER_1_0 = (
    "wasm_simd",
    "wasm_reference_types",
    "wasm_bulk_memory",
    "wasm_multi_value",
)
_COMPONENT_EXTRAS = (
    "component_model_async",
    "component_model_more_async_builtins",
    "component_model_async_stackful",
)
# How wasmtime says that an engine lacks something; Winch has no externref ("gc types").
_UNSUPPORTED = (
    "nsupported",
    "not supported",
    "not implemented",
    "gc types are disallowed",
)
_NO_FINALIZER = ctypes.cast(0, ctypes.CFUNCTYPE(None, ctypes.c_void_p))


def make_config(strategy: str, profile: str, *, interruptible: bool) -> Any:
    """A wasmtime configuration; profile "3.0" means everything wasmtime has on."""
    config = wasmtime.Config()
    ffi.wasmtime_config_strategy_set(config.ptr(), STRATEGIES[strategy])
    config.parallel_compilation = False
    config.epoch_interruption = interruptible
    if profile == "3.0":
        return config
    for name in _COMPONENT_EXTRAS:
        getattr(ffi, f"wasmtime_config_wasm_{name}_set")(config.ptr(), False)
    ffi.wasmtime_config_concurrency_support_set(config.ptr(), False)
    off = _AFTER_2_0 + (_AFTER_1_0 if profile == "1.0" else ())
    for name in off:
        setattr(config, name, False)
    return config


class WasmtimeBackend:
    """`EngineBackend` over wasmtime; `name` is "cranelift" or "winch"."""

    def __init__(
        self, name: str, profile: str = "2.0", *, interruptible: bool = False
    ) -> None:
        self.name = name
        self.interruptible = interruptible
        config = make_config(name, profile, interruptible=interruptible)
        self.engine = wasmtime.Engine(config)

    def validate(self, data: bytes) -> None:
        """Decode and validate; raises `ModuleError`."""
        try:
            wasmtime.Module.validate(self.engine, data)
        except wasmtime.WasmtimeError as error:
            raise _module_error(error) from None

    def compile(self, data: bytes) -> CompiledModule:
        """Compile a binary module; raises `ModuleError`."""
        if not data.startswith(b"\0"):  # the package would take it for text
            self.validate(data)
        try:
            return WasmtimeModule(wasmtime.Module(self.engine, data))
        except wasmtime.WasmtimeError as error:
            raise _module_error(error) from None

    def session(self) -> WasmtimeSession:
        """A new store."""
        return WasmtimeSession(self)


def _module_error(error: wasmtime.WasmtimeError) -> ModuleError:
    """Wasmtime only has text: malformed and invalid cannot be told apart."""
    text = str(error).strip()
    diagnostic = Diagnostic("error", "E0100", one_line(text))
    if any(phrase in text for phrase in _UNSUPPORTED):
        return UnsupportedError(diagnostic, text.splitlines()[-1].strip())
    return ModuleError(diagnostic)


class WasmtimeModule:
    """`CompiledModule` over ``wasmtime.Module``."""

    def __init__(self, module: wasmtime.Module) -> None:
        self.module = module

    @cached_property
    def imports(self) -> tuple[ImportInfo, ...]:
        """In module order."""
        return tuple(
            ImportInfo(item.module, item.name or "", _kind_of_type(item.type))
            for item in self.module.imports
        )

    @cached_property
    def exports(self) -> tuple[ExportInfo, ...]:
        """In module order."""
        found = []
        for item in self.module.exports:
            signature: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())
            if isinstance(item.type, wasmtime.FuncType):
                signature = signature_of(item.type)
            found.append(ExportInfo(item.name, _kind_of_type(item.type), *signature))
        return tuple(found)


def _kind_of_type(item: object) -> str:
    return type(item).__name__.removesuffix("Type").lower()


def signature_of(item: wasmtime.FuncType) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Parameter and result types; types beyond 2.0 are 0."""
    raw = item.ptr()
    params, results = ffi.wasm_functype_params(raw), ffi.wasm_functype_results(raw)
    return _valtypes(params), _valtypes(results)


def _valtypes(vector: Any) -> tuple[int, ...]:
    """A ``wasm_valtype_vec_t``; the package's own ``ValType`` aborts on v128."""
    found = []
    for index in range(vector.contents.size):
        raw: Any = ffi.wasmtime_valtype_t()
        ffi.wasmtime_valtype_new(vector.contents.data[index], byref(raw))
        if raw.kind < len(_NUMBER_KINDS):
            found.append(_NUMBER_KINDS[raw.kind])
        elif raw.kind == _REF_KIND and raw.reftype.nullable:
            found.append(_HEAP_TYPES.get(raw.reftype.heaptype.kind, 0))
        else:
            found.append(0)
        ffi.wasmtime_valtype_delete(byref(raw))
    return tuple(found)


class WasmtimeExtern:
    """An extern of the C API, kept by value."""

    def __init__(self, raw: Any) -> None:
        self.raw = raw

    @property
    def kind(self) -> str:
        """One of func, table, memory, global."""
        return _EXTERN_KINDS[self.raw.kind]


class WasmtimeSession:
    """`Session` over a wasmtime store."""

    def __init__(self, backend: WasmtimeBackend) -> None:
        self.backend = backend
        self.store = wasmtime.Store(backend.engine)
        self.context = self.store._context()  # noqa: SLF001 the raw pointer
        self._funcs: list[Any] = []
        self._func_tokens: dict[bytes, int] = {}
        self._keep: list[object] = []  # callbacks that wasmtime points to
        self._raised: BaseException | None = None

    def interrupt(self) -> None:
        """Make the running call trap with INTERRUPT."""
        if not self.backend.interruptible:
            raise RuntimeError("this engine was not made interruptible")
        self.backend.engine.increment_epoch()

    def instantiate(self, module: CompiledModule, imports: Namespace) -> Instance:
        """Link and start."""
        assert isinstance(module, WasmtimeModule)
        externs = [self._resolve(info, imports) for info in module.imports]
        array = (ffi.wasmtime_extern_t * len(externs))(*(e.raw for e in externs))
        instance = ffi.wasmtime_instance_t()
        self._arm()
        trap = POINTER(ffi.wasm_trap_t)()
        error = ffi.wasmtime_instance_new(
            self.context,
            module.module.ptr(),
            array,
            len(externs),
            byref(instance),
            byref(trap),
        )
        problem = self._outcome(error, trap)
        if problem is not None:
            raise LinkError(problem)
        return WasmtimeInstance(self, instance)

    @staticmethod
    def _resolve(info: ImportInfo, imports: Namespace) -> WasmtimeExtern:
        extern = imports.get((info.module, info.name))
        if extern is None:
            raise LinkError(f"unknown import: {info.module}.{info.name} ({info.kind})")
        assert isinstance(extern, WasmtimeExtern)
        return extern

    def host_func(
        self, params: Sequence[int], results: Sequence[int], body: HostFunction
    ) -> Extern:
        """A function of the host."""
        signature = wasmtime.FuncType(
            [_HOST_VALTYPES[t]() for t in params],
            [_HOST_VALTYPES[t]() for t in results],
        )

        def call(
            _env: object, _caller: object, args: Any, n: int, out: Any, _n_out: int
        ) -> int:
            try:
                values = body([self.from_raw(args[i]) for i in range(n)])
                for index, value in enumerate(values):
                    out[index] = self.to_raw(value)
            except BaseException as error:  # noqa: BLE001 re-raised after the call
                self._raised = error
                pointer = wasmtime.Trap("host function failed")._consume()  # noqa: SLF001
                return ctypes.cast(pointer, ctypes.c_void_p).value or 0
            return 0

        callback = ffi.wasmtime_func_callback_t(call)
        self._keep.append(callback)
        func = ffi.wasmtime_func_t()
        ffi.wasmtime_func_new(
            self.context, signature.ptr(), callback, None, _NO_FINALIZER, byref(func)
        )
        union = ffi.wasmtime_extern_union(func=func)
        return WasmtimeExtern(ffi.wasmtime_extern_t(ffi.WASMTIME_EXTERN_FUNC, union))

    # ---- values

    def to_raw(self, value: AnyValue) -> Any:
        """`value` as a ``wasmtime_val_t``."""
        raw = ffi.wasmtime_val_t(kind=_KINDS[value.valtype])
        of: Any = raw.of  # ctypes masks what does not fit a signed field
        if isinstance(value, Value):
            if value.valtype in (abi.I32, abi.F32):
                of.i32 = value.bits
            elif value.valtype in (abi.I64, abi.F64):
                of.i64 = value.bits
            else:
                data = value.bits.to_bytes(16, "little")
                of.v128 = (ctypes.c_uint8 * 16).from_buffer_copy(data)
        elif value.valtype == abi.FUNCREF:
            if value.token is None:
                of.funcref.store_id = 0
            else:
                of.funcref = self._funcs[value.token]
        elif value.token is None:
            of.externref.store_id = 0
        else:
            made = ffi.wasmtime_externref_new(
                self.context, value.token + 1, _NO_FINALIZER, byref(of.externref)
            )
            if not made:
                raise RuntimeError("wasmtime cannot make an externref")
        return raw

    def from_raw(self, raw: Any) -> AnyValue:
        """A ``wasmtime_val_t`` as a neutral value."""
        valtype = _VALTYPE_OF_KIND[raw.kind]
        of = raw.of
        if valtype in (abi.I32, abi.F32):
            return Value(valtype, of.i32 & 0xFFFFFFFF)
        if valtype in (abi.I64, abi.F64):
            return Value(valtype, of.i64 & 0xFFFFFFFFFFFFFFFF)
        if valtype == abi.V128:
            return Value(valtype, int.from_bytes(bytes(of.v128), "little"))
        if valtype == abi.FUNCREF:
            return Ref(valtype, self._func_token(of.funcref))
        if of.externref.store_id == 0:
            return Ref(valtype, None)
        data: Any = ffi.wasmtime_externref_data(self.context, byref(of.externref))
        return Ref(valtype, (data or 0) - 1)

    def _func_token(self, func: Any) -> int | None:
        if func.store_id == 0:
            return None
        key = bytes(func)
        if key not in self._func_tokens:
            self._func_tokens[key] = len(self._funcs)
            self._funcs.append(ffi.wasmtime_func_t.from_buffer_copy(key))
        return self._func_tokens[key]

    # ---- calls

    def call(
        self, func: Any, args: Sequence[AnyValue], n_results: int
    ) -> tuple[AnyValue, ...]:
        """Call a function."""
        raw_args = (ffi.wasmtime_val_t * len(args))(*map(self.to_raw, args))
        raw_results = (ffi.wasmtime_val_t * n_results)()
        self._arm()
        trap = POINTER(ffi.wasm_trap_t)()
        error = ffi.wasmtime_func_call(
            self.context,
            byref(func),
            raw_args,
            len(args),
            raw_results,
            n_results,
            byref(trap),
        )
        self._unroot(raw_args)
        problem = self._outcome(error, trap)
        if problem is not None:
            raise TypeError(problem)
        results = tuple(map(self.from_raw, raw_results))
        self._unroot(raw_results)
        return results

    @staticmethod
    def _unroot(values: Iterable[Any]) -> None:
        for value in values:
            if value.kind == _KINDS[abi.EXTERNREF]:
                ffi.wasmtime_val_unroot(byref(value))

    def _arm(self) -> None:
        self._raised = None
        if self.backend.interruptible:
            ffi.wasmtime_context_set_epoch_deadline(self.context, 1)

    def _outcome(self, error: Any, pointer: Any) -> str | None:
        """Raises the trap if there is one; the text of another error, or None.

        Takes both pointers over. A failing host function comes back as an error.
        """
        problem = str(wasmtime.WasmtimeError._from_ptr(error)) if error else None  # noqa: SLF001
        trap = wasmtime.Trap._from_ptr(pointer) if pointer else None  # noqa: SLF001
        if self._raised is not None:
            cause, self._raised = self._raised, None
            raise EngineTrap(TrapKind.HOST, str(cause)) from cause
        if trap is None:
            return problem
        code = trap.trap_code
        kind = _TRAPS.get(code.name, TrapKind.OTHER) if code else TrapKind.OTHER
        frames = tuple((each.func_index, each.module_offset) for each in trap.frames)
        raise EngineTrap(kind, trap.message, frames)


class WasmtimeInstance:
    """`Instance` over ``wasmtime_instance_t``."""

    def __init__(self, session: WasmtimeSession, raw: Any) -> None:
        self._session = session
        self._raw = raw
        self._exports: dict[str, tuple[WasmtimeExtern, int]] = {}

    def _export(self, name: str, kind: str | None = None) -> tuple[WasmtimeExtern, int]:
        found = self._exports.get(name)
        if found is None:
            found = self._exports[name] = self._find(name)
        if kind is not None and found[0].kind != kind:
            raise KeyError(f"{name} is a {found[0].kind}, not a {kind}")
        return found

    def _find(self, name: str) -> tuple[WasmtimeExtern, int]:
        data = name.encode()
        item: Any = ffi.wasmtime_extern_t()
        context = self._session.context
        buffer = ctypes.create_string_buffer(data, len(data) + 1)
        if not ffi.wasmtime_instance_export_get(
            context, byref(self._raw), buffer, len(data), byref(item)
        ):
            raise KeyError(name)
        n_results = 0
        if item.kind == ffi.WASMTIME_EXTERN_FUNC.value:
            signature = ffi.wasmtime_func_type(context, byref(item.of.func))
            n_results = ffi.wasm_functype_results(signature).contents.size
            ffi.wasm_functype_delete(signature)
        return WasmtimeExtern(item), n_results

    def extern(self, name: str) -> Extern:
        """The export `name`, for use as an import."""
        return self._export(name)[0]

    def call(self, name: str, args: Sequence[AnyValue]) -> tuple[AnyValue, ...]:
        """Call a function."""
        extern, n_results = self._export(name, "func")
        return self._session.call(extern.raw.of.func, args, n_results)

    def get_global(self, name: str) -> AnyValue:
        """The value of an exported global."""
        extern, _ = self._export(name, "global")
        raw = ffi.wasmtime_val_t()
        context = self._session.context
        ffi.wasmtime_global_get(context, byref(extern.raw.of.global_), byref(raw))
        return self._session.from_raw(raw)

    def set_global(self, name: str, value: AnyValue) -> None:
        """Write a mutable exported global."""
        extern, _ = self._export(name, "global")
        raw = self._session.to_raw(value)
        context = self._session.context
        error: Any = ffi.wasmtime_global_set(
            context, byref(extern.raw.of.global_), byref(raw)
        )
        if error:
            raise TypeError(str(wasmtime.WasmtimeError._from_ptr(error)))  # noqa: SLF001

    def memory_size(self, name: str) -> int:
        """Bytes."""
        extern, _ = self._export(name, "memory")
        context = self._session.context
        return int(ffi.wasmtime_memory_data_size(context, byref(extern.raw.of.memory)))

    def read_memory(self, name: str, offset: int, length: int) -> bytes:
        """A copy of that range."""
        base = self._address(name, offset, length)
        return ctypes.string_at(base, length)

    def write_memory(self, name: str, offset: int, data: bytes) -> None:
        """Write `data` at `offset`; IndexError when it does not fit."""
        base = self._address(name, offset, len(data))
        ctypes.memmove(base, data, len(data))

    def _address(self, name: str, offset: int, length: int) -> int:
        if offset < 0 or length < 0 or offset + length > self.memory_size(name):
            raise IndexError(f"{offset}+{length} is not inside memory {name}")
        extern, _ = self._export(name, "memory")
        context = self._session.context
        base: Any = ffi.wasmtime_memory_data(context, byref(extern.raw.of.memory))
        return (ctypes.cast(base, ctypes.c_void_p).value or 0) + offset
