"""Calls from Python into code and back: every place a value can travel in."""

from __future__ import annotations

import struct
import sys

import pytest

from lbtool import (
    EXTERNREF,
    F32,
    F64,
    FUNCREF,
    I32,
    I64,
    Engine,
    Func,
    FuncType,
    Instance,
    Store,
    Trap,
    TrapCode,
)
from tests.runtime.machine import Source
from tests.runtime.programs import ADD, call_import, instance, module

TYPES = "(type $t (func (param i32 i32) (result i32)))"
ADD_TEXT = f'(module {TYPES} (func (export "f") (type $t) unreachable))'


def test_integers_come_back_signed() -> None:
    f = instance(ADD_TEXT, ADD).exports["f"]
    assert f(2, 3) == 5
    assert f(-1, -1) == -2
    assert f(0xFFFFFFFF, 0) == -1
    assert f(0x7FFFFFFF, 1) == -0x80000000


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ((1,), TypeError),
        ((1, 2, 3), TypeError),
        ((1.5, 2), TypeError),
        ((1 << 32, 2), OverflowError),
        ((-(1 << 31) - 1, 2), OverflowError),
        ((None, 2), TypeError),
    ],
)
def test_arguments_that_do_not_fit(
    args: tuple[object, ...], error: type[Exception]
) -> None:
    f = instance(ADD_TEXT, ADD).exports["f"]
    with pytest.raises(error):
        f(*args)
    assert f(1, 1) == 2  # the store is not left entered


MANY = (
    (I32, I64, F32, F64) * 12,
    (F64, I64, F32, I32) * 6,
)


def values(types: tuple[int, ...]) -> list[float]:
    kinds = {
        I32: lambda k: -k - 1,
        I64: lambda k: (1 << 40) + k,
        F32: lambda k: k + 0.5,
        F64: lambda k: k * 1e100,
    }
    return [kinds[t](k) for k, t in enumerate(types)]


def text_of(types: tuple[int, ...]) -> str:
    names = {I32: "i32", I64: "i64", F32: "f32", F64: "f64"}
    return " ".join(names[t] for t in types)


def test_host_function_sees_and_gives_every_place() -> None:
    params, results = MANY
    given: list[tuple[float, ...]] = []

    def host(*args: float) -> tuple[float, ...]:
        given.append(args)
        return tuple(values(results))

    func = Func(Store(), FuncType(params, results), host)
    assert func(*values(params)) == tuple(values(results))
    assert given == [tuple(values(params))]


def test_more_stack_words_than_fit_the_fast_path() -> None:
    params = (I64,) * 1000
    func = Func(Store(), FuncType(params, (I64,) * 1000), lambda *a: a[::-1])
    assert func(*range(1000)) == tuple(reversed(range(1000)))


def test_through_compiled_code_to_the_host_and_back() -> None:
    params, results = (I32, I64, F32, F64), (F64, I32)
    functype = f"(param {text_of(params)}) (result {text_of(results)})"
    store = Store()
    host = Func(store, FuncType(params, results), lambda a, _, c, d: (d + c, a - 1))
    made = instance(
        f'(module (import "m" "h" (func {functype}))'
        f'(func (export "f") {functype} unreachable))',
        call_import(),
        store=store,
        imports=(host,),
    )
    assert made.exports["f"](5, 6, 0.25, 1.5) == (1.75, 4)


def test_host_results_are_zero_extended() -> None:
    store = Store()
    host = Func(store, FuncType((), (I32,)), lambda: -1)
    assert host.call_bits() == (0xFFFFFFFF,)


def test_nan_payloads_survive_in_bits() -> None:
    move = Source("sub rsp, 8\nmovaps xmm0, xmm6\nadd rsp, 8\nret")
    f = instance(
        '(module (func (export "f") (param f32) (result f32) unreachable))', move
    ).exports["f"]
    for bits in (0x7FA00001, 0xFFC12345, 0x7F800001):
        assert f.call_bits(bits) == (bits,)
    (nan,) = struct.unpack("<d", struct.pack("<Q", 0x7FF8DEADBEEF0001))
    g = Func(Store(), FuncType((F64,), (F64,)), lambda x: x)
    assert g.call_bits(0x7FF8DEADBEEF0001) == (0x7FF8DEADBEEF0001,)
    assert struct.pack("<d", g(nan)) == struct.pack("<d", nan)


def test_references() -> None:
    store = Store()
    same = FuncType((EXTERNREF, FUNCREF), (FUNCREF, EXTERNREF))
    swap = Func(store, same, lambda x, f: (f, x))
    thing = object()
    func, back = swap(thing, swap)
    assert back is thing
    assert func == swap
    assert swap(None, None) == (None, None)
    with pytest.raises(TypeError):
        swap(thing, thing)
    with pytest.raises(ValueError, match="another store"):
        swap(thing, Func(Store(), same, lambda x, f: (f, x)))


@pytest.mark.parametrize(
    ("results", "given"),
    [((I32,), "x"), ((), 1), ((I32, I32), (1,)), ((I32, I32), 5), ((I32,), 1 << 40)],
)
def test_wrong_host_results_are_traps(results: tuple[int, ...], given: object) -> None:
    func = Func(Store(), FuncType((), results), lambda: given)
    with pytest.raises(Trap) as caught:
        func()
    assert caught.value.code is TrapCode.HOST
    assert isinstance(caught.value.__cause__, TypeError | OverflowError)


def test_mxcsr_is_set_inside_and_restored() -> None:
    read = Source("sub rsp, 8\nstmxcsr [rsp]\nmov eax, [rsp]\nadd rsp, 8\nret")
    soil = Source(
        "sub rsp, 8\nmov dword ptr [rsp], 0xFFC0\nldmxcsr [rsp]\nxor eax, eax\n"
        "add rsp, 8\nret"
    )
    text = (
        '(module (func (export "read") (result i32) unreachable)'
        '(func (export "soil") (result i32) unreachable))'
    )
    made = instance(text, read, soil)
    assert made.exports["read"]() == 0x1F80
    made.exports["soil"]()
    assert 1e-310 * 1.0 == 1e-310  # no flush to zero is left behind
    assert made.exports["read"]() == 0x1F80


def test_recursion_through_python() -> None:
    store = Store()
    made: list[Instance] = []

    def host(n: int) -> int:
        return 0 if n == 0 else 1 + made[0].exports["f"](n - 1)

    functype = "(param i32) (result i32)"
    text = (
        f'(module (import "m" "h" (func {functype}))'
        f'(func (export "f") {functype} unreachable))'
    )
    imports = (Func(store, FuncType((I32,), (I32,)), host),)
    made.append(instance(text, call_import(), store=store, imports=imports))
    assert made[0].exports["f"](50) == 50


def test_calls_do_not_leak() -> None:
    f = instance(ADD_TEXT, ADD).exports["f"]
    func = Func(Store(), FuncType((EXTERNREF,), (EXTERNREF,)), lambda x: x)
    thing = object()
    func(thing)
    before = (
        sys.getrefcount(thing),
        sys.gettotalrefcount() if hasattr(sys, "gettotalrefcount") else 0,
    )
    for _ in range(1000):
        func(thing)
        f(1, 2)
    assert sys.getrefcount(thing) == before[0]


def test_one_link_many_instances() -> None:
    made = module(ADD_TEXT, ADD)
    assert made.code is made.code
    stores = [Store(Engine()) for _ in range(20)]
    assert [Instance(s, made).exports["f"](k, 1) for k, s in enumerate(stores)] == [
        k + 1 for k in range(20)
    ]
