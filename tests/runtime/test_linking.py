"""Instances that share functions, memories, tables and globals."""

from __future__ import annotations

import pytest

from lbtool import (
    EXTERNREF,
    FUNCREF,
    I32,
    I64,
    Config,
    Engine,
    Func,
    FuncType,
    Global,
    GlobalType,
    Instance,
    Limits,
    Linker,
    LinkError,
    Memory,
    MemoryType,
    Module,
    Store,
    Table,
    TableType,
    Trap,
    TrapCode,
)

ENGINE = Engine()


def make(store: Store, text: str, *imports: object) -> Instance:
    return Instance(store, Module(store.engine, text), imports)  # type: ignore[arg-type]


PROVIDER = """(module $provider
  (memory (export "memory") 1 3)
  (table (export "table") 4 8 funcref)
  (global $g (export "counter") (mut i32) (i32.const 10))
  (global (export "fixed") i64 (i64.const -7))
  (func $inc (export "inc") (result i32)
    (global.set $g (i32.add (global.get $g) (i32.const 1))) (global.get $g))
  (func (export "peek") (param i32) (result i32) (i32.load8_u (local.get 0)))
  (func (export "indirect") (param i32) (result i32)
    (call_indirect (result i32) (local.get 0)))
  (elem (i32.const 0) $inc))"""

CONSUMER = """(module $consumer
  (import "p" "memory" (memory 1))
  (import "p" "table" (table 2 funcref))
  (import "p" "counter" (global $g (mut i32)))
  (import "p" "fixed" (global $fixed i64))
  (import "p" "inc" (func $inc (result i32)))
  (global $copy i64 (global.get $fixed))
  (global $ref funcref (ref.func $own))
  (func $own (export "own") (result i32) (i32.const 99))
  (func (export "twice") (result i32) (drop (call $inc)) (call $inc))
  (func (export "poke") (param i32 i32) (i32.store8 (local.get 0) (local.get 1)))
  (func (export "reset") (global.set $g (i32.const 0)))
  (func (export "copy") (result i64) (global.get $copy))
  (func (export "indirect") (param i32) (result i32)
    (call_indirect (result i32) (local.get 0)))
  (func (export "ref") (result funcref) (global.get $ref))
  (elem (i32.const 1) $own $inc)
  (data (i32.const 5) "\\2a")
  (export "again" (func $inc)))"""


def pair() -> tuple[Instance, Instance]:
    store = Store(ENGINE)
    linker = Linker(ENGINE)
    provider = linker.instantiate(store, Module(ENGINE, PROVIDER))
    linker.define_instance("p", provider)
    return provider, linker.instantiate(store, Module(ENGINE, CONSUMER))


def test_everything_is_shared() -> None:
    p, c = (each.exports for each in pair())
    assert c.twice() == 12
    assert p.counter.value == 12
    c.reset()
    assert p.inc() == 1
    assert p.peek(5) == 42
    c.poke(6, 43)
    assert p.memory.read(5, 7) == b"*+"
    assert c.copy() == -7
    assert p.fixed.value == -7
    assert c.again == p.inc
    assert c.again() == 2


def test_call_indirect_across_instances() -> None:
    p, c = (each.exports for each in pair())
    for side in (p, c):
        assert side.indirect(1) == 99
    assert p.indirect(0) == 11
    assert c.indirect(2) == 12
    assert p.table[1] == c.own == c.ref()
    for index, code in ((3, TrapCode.NULL), (4, TrapCode.UNDEFINED)):
        with pytest.raises(Trap) as caught:
            p.indirect(index)
        assert caught.value.code is code
    p.table[3] = Func(p.table.store, FuncType((), (I64,)), lambda: 1)
    with pytest.raises(Trap, match="indirect call type mismatch"):
        c.indirect(3)
    p.table[3] = Func(p.table.store, FuncType((), (I32,)), lambda: 17)
    assert c.indirect(3) == 17


def test_growth_is_seen_everywhere() -> None:
    p, c = (each.exports for each in pair())
    with pytest.raises(Trap):
        c.poke(65536, 1)
    assert p.memory.grow(1) == 1
    c.poke(65536, 7)
    assert p.peek(65536) == 7
    assert p.table.grow(2) == 4
    p.table[5] = c.own
    assert c.indirect(5) == 99


def imports_of(store: Store) -> dict[str, object]:
    return {
        "func": Func(store, FuncType((I32,), ()), lambda _: None),
        "memory": Memory(store, MemoryType(Limits(2, 5))),
        "table": Table(store, TableType(FUNCREF, Limits(2, 5))),
        "global": Global(store, GlobalType(I32, True), 1),
    }


@pytest.mark.parametrize(
    ("kind", "wanted", "fits"),
    [
        ("func", "(func (param i32))", True),
        ("func", "(func (param i64))", False),
        ("func", "(func (param i32) (result i32))", False),
        ("func", "(memory 1)", False),
        ("func", "(global i32)", False),
        ("memory", "(memory 2 5)", True),
        ("memory", "(memory 1 6)", True),
        ("memory", "(memory 0)", True),
        ("memory", "(memory 3)", False),
        ("memory", "(memory 1 4)", False),
        ("table", "(table 2 5 funcref)", True),
        ("table", "(table 0 funcref)", True),
        ("table", "(table 2 5 externref)", False),
        ("table", "(table 3 funcref)", False),
        ("table", "(table 1 4 funcref)", False),
        ("global", "(global (mut i32))", True),
        ("global", "(global i32)", False),
        ("global", "(global (mut i64))", False),
        ("global", "(func)", False),
    ],
)
def test_import_matching(kind: str, wanted: str, fits: bool) -> None:
    store = Store(ENGINE)
    text = f'(module (import "m" "x" {wanted}))'
    if fits:
        make(store, text, imports_of(store)[kind])
        return
    with pytest.raises(LinkError, match=r"^incompatible import type: m::x"):
        make(store, text, imports_of(store)[kind])


def test_present_size_counts_for_import_matching() -> None:
    store = Store(ENGINE)
    memory = Memory(store, MemoryType(Limits(1, 5)))
    memory.grow(2)
    make(store, '(module (import "m" "x" (memory 3 5)))', memory)


def test_unknown_imports_and_wrong_numbers() -> None:
    store = Store(ENGINE)
    text = '(module (import "a" "b" (func)))'
    foreign = Func(Store(ENGINE), FuncType((), ()), lambda: None)
    with pytest.raises(LinkError, match=r"^unknown import: a::b"):
        make(store, text)
    with pytest.raises(LinkError, match=r"^unknown import: a::b"):
        Linker(ENGINE).instantiate(store, Module(ENGINE, text))
    with pytest.raises(LinkError, match="0 imports expected"):
        make(store, "(module)", imports_of(store)["func"])
    with pytest.raises(LinkError, match="another store"):
        make(store, text, foreign)
    with pytest.raises(LinkError, match="incompatible"):
        make(store, text, "no extern")


def test_linker_names() -> None:
    linker = Linker(ENGINE)
    linker.define_func("a", "f", FuncType((), (I32,)), lambda: 1)
    with pytest.raises(LinkError, match="defined twice"):
        linker.define_func("a", "f", FuncType((), (I32,)), lambda: 2)
    linker.allow_shadowing = True
    linker.define_func("a", "f", FuncType((), (I32,)), lambda: 2)
    text = '(module (import "a" "f" (func $f (result i32))) (export "f" (func $f)))'
    module = Module(ENGINE, text)
    for _ in range(2):  # in every store
        assert linker.instantiate(Store(ENGINE), module).exports.f() == 2
    store = Store(ENGINE)
    linker.define("a", "f", Func(store, FuncType((), (I32,)), lambda: 3))
    assert linker.instantiate(store, module).exports.f() == 3


def test_start_functions() -> None:
    store = Store(ENGINE)
    seen: list[int] = []
    log = Func(store, FuncType((I32,), ()), seen.append)
    text = (
        '(module (import "m" "log" (func $log (param i32))) (memory 1)'
        '(data (i32.const 0) "\\07") (start $s)'
        "(func $s (call $log (i32.load8_u (i32.const 0)))))"
    )
    make(store, text, log)
    assert seen == [7]
    nothing = Func(store, FuncType((), ()), lambda: seen.append(8))
    make(store, '(module (import "m" "f" (func $f)) (start $f))', nothing)
    assert seen == [7, 8]
    with pytest.raises(Trap, match="unreachable"):
        make(store, "(module (func $s unreachable) (start $s))")


SEGMENTS = """(module
  (import "m" "memory" (memory 1)) (import "m" "table" (table 2 funcref))
  (func $f) (elem (i32.const 0) $f) (elem (i32.const {elem}) $f)
  (data (i32.const 0) "x") (data (i32.const {data}) "yz"))"""


def segments(version: str, elem: int, data: int) -> tuple[BaseException, Memory, Table]:
    store = Store(Engine(Config(wasm=version)))
    memory = Memory(store, MemoryType(Limits(1, None)))
    table = Table(store, TableType(FUNCREF, Limits(2, None)))
    with pytest.raises((Trap, LinkError)) as caught:
        make(store, SEGMENTS.format(elem=elem, data=data), memory, table)
    return caught.value, memory, table


def test_segments_that_do_not_fit_in_2_0() -> None:
    error, memory, table = segments("2.0", 2, 0)
    assert isinstance(error, Trap)
    assert error.code is TrapCode.TABLE
    assert (memory.read(0, 1), table[0] is None) == (b"\0", False)
    error, memory, table = segments("2.0", 1, 65535)
    assert isinstance(error, Trap)
    assert error.code is TrapCode.MEMORY
    assert memory.read(0, 1) == b"x"
    assert memory.read(65535) == b"\0"
    assert table[0]() is None  # the function outlives its failed instance


def test_segments_that_do_not_fit_in_1_0() -> None:
    for elem, data, what in ((2, 0, "elements"), (1, 65535, "data")):
        error, memory, table = segments("1.0", elem, data)
        assert isinstance(error, LinkError)
        assert str(error) == f"{what} segment does not fit"
        assert memory.read(0, 1) == b"\0"
        assert table[0] is None


def test_bounds_of_module_and_memory_have_to_agree() -> None:
    explicit = Store(Engine(Config(bounds="explicit")))
    small = Memory(explicit, MemoryType(Limits(1, 2)))
    text = '(module (import "m" "x" (memory 1)))'
    Instance(explicit, Module(explicit.engine, text), (small,))
    with pytest.raises(LinkError, match="guard region"):
        Instance(explicit, Module(ENGINE, text), (small,))


def test_exports_are_a_mapping() -> None:
    p, _ = pair()
    assert list(p.exports)[:2] == ["memory", "table"]
    assert "inc" in p.exports
    assert len(p.exports) == 7
    with pytest.raises(KeyError):
        p.exports["nothing"]
    with pytest.raises(AttributeError, match="nothing"):
        p.exports.nothing  # noqa: B018
    assert [e.name for e in p.module.exports] == list(p.exports)
    assert isinstance(p.exports.memory, Memory)


def test_types_of_imports_and_exports() -> None:
    module = Module(ENGINE, CONSUMER)
    assert [type(i.type).__name__ for i in module.imports] == [
        "MemoryType",
        "TableType",
        "GlobalType",
        "GlobalType",
        "FuncType",
    ]
    assert module.name == "consumer"
    assert module.exports[0].type == FuncType((), (I32,))


def test_externref_globals_and_segments_keep_objects() -> None:
    store = Store(ENGINE)
    thing = object()
    given = Global(store, GlobalType(EXTERNREF, False), thing)
    made = make(
        store,
        '(module (import "m" "g" (global $g externref)) (table 2 externref)'
        "(global $own (mut externref) (global.get $g))"
        "(elem $e externref (global.get $g))"
        '(func (export "get") (result externref) (global.get $own))'
        '(func (export "init")'
        "(table.init $e (i32.const 1) (i32.const 0) (i32.const 1)))"
        '(func (export "at") (param i32) (result externref)'
        "(table.get (local.get 0))))",
        given,
    ).exports
    store.collect()
    assert made["get"]() is thing
    made.init()
    assert made.at(1) is thing
    assert made.at(0) is None
