"""One interface, the same answers from every engine: values, traps, links, globals."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
import wasmtime

from lbtool import abi, engines
from lbtool.engines import EngineTrap, ExportInfo, ImportInfo, Ref, TrapKind, Value
from lbtool.errors import LinkError, ModuleError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lbtool.engines import AnyValue, EngineBackend, Instance

TEXT = """(module
  (import "host" "f" (func $f (param i32) (result i64)))
  (memory (export "memory") 1 2)
  (data (i32.const 65530) "secret")
  (global (export "g") (mut f32) (f32.const nan:0x200001))
  (global (export "fixed") i64 (i64.const -1))
  (func (export "f32") (param f32) (result f32) local.get 0)
  (func (export "f64") (param f64) (result f64) local.get 0)
  (func (export "host") (param i32) (result i64) (call $f (local.get 0)))
  (func (export "swap") (param i32 i64) (result i64 i32) local.get 1 local.get 0)
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "div") (param i32 i32) (result i32)
    (i32.div_s (local.get 0) (local.get 1)))
  (func (export "trunc") (param f32) (result i32) (i32.trunc_f32_s (local.get 0)))
  (func (export "unreachable") unreachable)
  (func $deep (export "deep") call $deep)
  (func (export "spin") (loop br 0)))
"""
REFS = """(module
  (func $me (export "me") (result funcref) ref.func $me)
  (func (export "swap") (param externref funcref) (result funcref externref)
    local.get 1 local.get 0))
"""
NAMES = ["lbtool", "cranelift", "winch"]


def assemble(text: str) -> bytes:
    return bytes(wasmtime.wat2wasm(text))


def host(args: Sequence[AnyValue]) -> Sequence[AnyValue]:
    (value,) = args
    assert isinstance(value, Value)
    if value.bits == 0:
        raise ZeroDivisionError("asked for")
    return [Value(abi.I64, value.bits + 1)]


@pytest.fixture(params=NAMES)
def backend(request: pytest.FixtureRequest) -> EngineBackend:
    return engines.get(request.param)


@pytest.fixture
def instance(backend: EngineBackend) -> Instance:
    session = backend.session()
    function = session.host_func([abi.I32], [abi.I64], host)
    module = backend.compile(assemble(TEXT))
    return session.instantiate(module, {("host", "f"): function})


def test_a_module_tells_its_imports_and_exports(backend: EngineBackend) -> None:
    module = backend.compile(assemble(TEXT))
    assert list(module.imports) == [ImportInfo("host", "f", "func")]
    assert module.exports[0] == ExportInfo("memory", "memory")
    swap = next(e for e in module.exports if e.name == "swap")
    assert swap.params == (abi.I32, abi.I64)
    assert swap.results == (abi.I64, abi.I32)


@pytest.mark.parametrize(
    ("name", "valtype", "bits"),
    [
        ("f32", abi.F32, 0x7FA00001),
        ("f32", abi.F32, 0xFF800001),
        ("f64", abi.F64, 0x7FF0000000000001),
        ("f64", abi.F64, 0x8000000000000000),
    ],
)
def test_nan_payloads_survive(
    instance: Instance, name: str, valtype: int, bits: int
) -> None:
    value = Value(valtype, bits)
    assert instance.call(name, [value]) == (value,)


def test_calls_with_several_results(instance: Instance) -> None:
    small, large = Value(abi.I32, 0xFFFFFFFE), Value(abi.I64, 0xFFFFFFFFFFFFFFFD)
    assert instance.call("swap", [small, large]) == (large, small)
    with pytest.raises(KeyError):
        instance.call("nobody", [])
    with pytest.raises(TypeError):
        instance.call("swap", [small])


@pytest.mark.parametrize(
    ("name", "args", "kind"),
    [
        ("unreachable", [], TrapKind.UNREACHABLE),
        ("deep", [], TrapKind.STACK),
        ("div", [1, 0], TrapKind.DIVIDE),
        ("div", [1 << 31, 0xFFFFFFFF], TrapKind.OVERFLOW),
        ("load", [65533], TrapKind.MEMORY),
        ("load", [0xFFFFFFFF], TrapKind.MEMORY),
    ],
)
def test_traps_have_kinds(
    instance: Instance, name: str, args: list[int], kind: TrapKind
) -> None:
    with pytest.raises(EngineTrap) as caught:
        instance.call(name, [Value(abi.I32, a) for a in args])
    assert caught.value.kind == kind
    assert caught.value.report
    # and the instance goes on
    (got,) = instance.call("div", [Value(abi.I32, 6), Value(abi.I32, 3)])
    assert got == Value(abi.I32, 2)


def test_conversions_trap(instance: Instance) -> None:
    with pytest.raises(EngineTrap) as caught:
        instance.call("trunc", [Value(abi.F32, 0x7FC00000)])
    assert caught.value.kind == TrapKind.CONVERSION
    with pytest.raises(EngineTrap) as caught:
        instance.call("trunc", [Value(abi.F32, 0x4F000000)])
    assert caught.value.kind == TrapKind.OVERFLOW


def test_a_host_functions_exception_is_the_traps_cause(instance: Instance) -> None:
    assert instance.call("host", [Value(abi.I32, 1)]) == (Value(abi.I64, 2),)
    with pytest.raises(EngineTrap) as caught:
        instance.call("host", [Value(abi.I32, 0)])
    assert caught.value.kind == TrapKind.HOST
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_memory(instance: Instance) -> None:
    assert instance.memory_size("memory") == 65536
    assert instance.read_memory("memory", 65530, 6) == b"secret"
    instance.write_memory("memory", 0, b"\1\2\3\4")
    assert instance.call("load", [Value(abi.I32, 0)]) == (Value(abi.I32, 0x04030201),)
    for offset, length in ((65531, 6), (-1, 1), (1 << 40, 0)):
        with pytest.raises(IndexError):
            instance.read_memory("memory", offset, length)
    with pytest.raises(IndexError):
        instance.write_memory("memory", 65536, b"x")


def test_globals(instance: Instance) -> None:
    assert instance.get_global("g") == Value(abi.F32, 0x7FA00001)
    instance.set_global("g", Value(abi.F32, 0xFFA00002))
    assert instance.get_global("g") == Value(abi.F32, 0xFFA00002)
    assert instance.get_global("fixed") == Value(abi.I64, (1 << 64) - 1)
    with pytest.raises(TypeError):
        instance.set_global("fixed", Value(abi.I64, 1))


def test_linking_between_instances(backend: EngineBackend) -> None:
    session = backend.session()
    exporter = session.instantiate(
        backend.compile(assemble('(module (memory (export "m") 1))')), {}
    )
    importer = backend.compile(
        assemble('(module (import "e" "m" (memory 1)) (data (i32.const 3) "x"))')
    )
    session.instantiate(importer, {("e", "m"): exporter.extern("m")})
    assert exporter.read_memory("m", 3, 1) == b"x"
    with pytest.raises(LinkError, match="unknown import"):
        session.instantiate(importer, {})
    wrong = backend.compile(assemble('(module (import "e" "m" (memory 2)))'))
    with pytest.raises(LinkError, match="incompatible import type"):
        session.instantiate(wrong, {("e", "m"): exporter.extern("m")})


def test_start_traps_are_traps(backend: EngineBackend) -> None:
    text = "(module (func $s unreachable) (start $s))"
    with pytest.raises(EngineTrap) as caught:
        backend.session().instantiate(backend.compile(assemble(text)), {})
    assert caught.value.kind == TrapKind.UNREACHABLE


@pytest.mark.parametrize("name", [n for n in NAMES if n != "winch"])
def test_references(name: str) -> None:
    backend = engines.get(name)
    instance = backend.session().instantiate(backend.compile(assemble(REFS)), {})
    (me,) = instance.call("me", [])
    assert isinstance(me, Ref)
    assert me.token is not None
    seven = Ref(abi.EXTERNREF, 7)
    assert instance.call("swap", [seven, me]) == (me, seven)
    no_func, no_extern = Ref(abi.FUNCREF, None), Ref(abi.EXTERNREF, None)
    assert instance.call("swap", [no_extern, no_func]) == (no_func, no_extern)


@pytest.mark.parametrize("data", [b"", b"\0asm", b"(module)", b"\0asm\1\0\0\0\3\2\1\0"])
def test_unusable_modules_are_module_errors(
    backend: EngineBackend, data: bytes
) -> None:
    with pytest.raises(ModuleError):
        backend.validate(data)
    with pytest.raises(ModuleError):
        backend.compile(data)


@pytest.mark.parametrize("name", NAMES)
def test_interruption(name: str) -> None:
    backend = engines.get(name, interruptible=True)
    session = backend.session()
    function = session.host_func([abi.I32], [abi.I64], host)
    module = backend.compile(assemble(TEXT))
    instance = session.instantiate(module, {("host", "f"): function})
    timer = threading.Timer(0.05, session.interrupt)
    timer.start()
    with pytest.raises(EngineTrap) as caught:
        instance.call("spin", [])
    timer.join()
    assert caught.value.kind == TrapKind.INTERRUPT
    assert instance.call("host", [Value(abi.I32, 1)]) == (Value(abi.I64, 2),)


def test_profiles_limit_what_is_valid() -> None:
    two_results = assemble("(module (func (result i32 i32) unreachable))")
    tail_call = assemble("(module (func return_call 0))")
    for name in NAMES:
        engines.get(name, profile="2.0").validate(two_results)
        with pytest.raises(ModuleError):
            engines.get(name, profile="1.0").validate(two_results)
        with pytest.raises(ModuleError):
            engines.get(name, profile="2.0").validate(tail_call)


def test_unknown_names() -> None:
    with pytest.raises(ValueError, match="there are lbtool, cranelift, winch"):
        engines.get("spidermonkey")
