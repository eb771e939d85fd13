"""Memories, tables and globals from Python, and library calls on them."""

from __future__ import annotations

import gc
import random
import re
import subprocess
import sys
import weakref
from pathlib import Path

import pytest

from lbtool import (
    EXTERNREF,
    F32,
    F64,
    FUNCREF,
    I32,
    I64,
    Config,
    Engine,
    Exports,
    Func,
    FuncType,
    Global,
    GlobalType,
    Instance,
    LbtoolError,
    Limits,
    Memory,
    MemoryType,
    Module,
    Store,
    Table,
    TableType,
    Trap,
    TrapCode,
    abi,
)
from lbtool.runtime import native
from tests.runtime.machine import MEMORY, TABLE, Slot, Source, assemble
from tests.runtime.programs import LOAD, STORE, instance, module

PAGE = 65536


def memory(minimum: int = 1, maximum: int | None = None, **config: object) -> Memory:
    store = Store(Engine(Config(**config)))  # type: ignore[arg-type]
    return Memory(store, MemoryType(Limits(minimum, maximum)))


def test_memory_reads_and_writes() -> None:
    m = memory()
    assert m.read(0, 4) == bytes(4)
    assert m.write(b"hello", 65531) == 5
    assert m.read(65531) == b"hello"
    for start in (65532, -1, 1 << 40):
        with pytest.raises(IndexError):
            m.write(b"hello", start)
    assert m.read(65531) == b"hello"
    assert m.write(memoryview(bytearray(8)).cast("I"), 0) == 8
    assert len(m) == m.data_len == PAGE


def test_memory_views_stay_valid() -> None:
    m = memory(1, 3)
    view = m.view()
    view[3] = 77
    at = m.data_ptr
    assert m.grow(2) == 1
    assert m.data_ptr == at
    assert m.size == 3
    assert m.grow(1) == -1
    assert m.grow(0) == 3
    assert view[3] == m.read(3, 4)[0] == 77
    assert len(view) == PAGE
    assert len(m.view()) == 3 * PAGE
    ref = weakref.ref(m)
    del m
    gc.collect()
    assert ref() is not None  # the view keeps the memory
    assert view[3] == 77


def test_memory_type_and_limits() -> None:
    assert memory(2, 5).type == MemoryType(Limits(2, 5))
    assert memory(0).size == 0
    assert memory(0, 0).grow(1) == -1
    m = memory(65536)
    assert m.data_len == 1 << 32
    assert m.grow(1) == -1
    m.view()[(1 << 32) - 1] = 9
    assert m.read((1 << 32) - 1) == b"\x09"


def test_explicit_bounds_need_little_address_space() -> None:
    m = memory(1, 10, bounds="explicit")
    assert m.reserved == 10 * PAGE
    assert not m.guarded
    assert m.grow(9) == 1
    assert m.grow(1) == -1
    assert memory(0, 0, bounds="explicit").size == 0


NO_ROOM = """
import resource

from lbtool import Config, Engine, LbtoolError, Limits, Memory, MemoryType, Store

def memory(bounds):
    return Memory(Store(Engine(Config(bounds=bounds))), MemoryType(Limits(1, None)))

_, hard = resource.getrlimit(resource.RLIMIT_AS)
resource.setrlimit(resource.RLIMIT_AS, (6 << 30, hard))
try:
    memory("guard")
except LbtoolError as error:
    print(error)
m = memory("explicit")  # gets what there is
print(m.reserved < 6 << 30, m.grow(1))
"""


def test_a_reservation_that_fails_is_an_error_that_says_what_helps() -> None:
    # in a process of its own: this one may hold reservations above any limit
    done = subprocess.run(
        [sys.executable, "-c", NO_ROOM], capture_output=True, text=True, check=True
    )
    message, rest = done.stdout.splitlines()
    assert "bounds='explicit'" in message
    assert rest == "True 1"


def test_unknown_configurations() -> None:
    with pytest.raises(ValueError, match="bounds"):
        Config(bounds="none")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="version"):
        Config(wasm="0.9")


def test_tables() -> None:
    store = Store()
    t = Table(store, TableType(EXTERNREF, Limits(2, 4)), "a")
    assert [t[0], t.get(1)] == ["a", "a"]
    t[1] = None
    assert t[1] is None
    for index in (2, 1 << 33, -1):
        with pytest.raises((IndexError, OverflowError)):
            t.get(index)
        with pytest.raises((IndexError, OverflowError)):
            t.set(index, 1)
    assert t.grow(2, "z") == 2
    assert t.grow(1) == -1
    assert (t.size, t[3]) == (4, "z")
    assert t.type == TableType(EXTERNREF, Limits(4, 4))
    with pytest.raises(TypeError):
        Table(store, TableType(FUNCREF, Limits(1, None)), "no function")
    with pytest.raises(LbtoolError):
        Table(store, TableType(FUNCREF, Limits(0xFFFFFFFF, None)))


def test_table_of_functions() -> None:
    store = Store()
    f = Func(store, FuncType((), (I32,)), lambda: 3)
    t = Table(store, TableType(FUNCREF, Limits(1, None)), f)
    assert t[0] == f
    assert t[0]() == 3
    t[0] = None
    assert t[0] is None


@pytest.mark.parametrize(
    ("valtype", "value"),
    [(I32, -5), (I64, 1 << 62), (F32, 0.5), (F64, 1e300), (EXTERNREF, "x")],
)
def test_globals(valtype: int, value: object) -> None:
    g = Global(Store(), GlobalType(valtype, True), value)
    assert g.value == value
    g.value = value
    assert g.type == GlobalType(valtype, True)
    fixed = Global(Store(), GlobalType(valtype, False), value)
    with pytest.raises(TypeError):
        fixed.value = value
    assert fixed.value == value


# ---- library calls, against Python's own slices

# mov reg, [r15 + cell of slot 0]
CELL_TO = {
    name: f"CELL {code}, 0"
    for name, code in {
        "rcx": "498B8F", "rdx": "498B97", "r8": "4D8B87", "r9": "4D8B8F",
    }.items()
}  # fmt: skip
BOTH = f"{CELL_TO['r8']}\n{CELL_TO['r9']}"
SEGMENT_0 = f"xor r8d, r8d\n{CELL_TO['r9']}"
BULK = {
    "grow": ("(param i32) (result i32)", abi.LIB_MEMORY_GROW, CELL_TO["rdx"], "edi"),
    "fill": ("(param i32 i32 i32)", abi.LIB_MEMORY_FILL, CELL_TO["r8"], "3"),
    "copy": ("(param i32 i32 i32)", abi.LIB_MEMORY_COPY, BOTH, "3"),
    "init": ("(param i32 i32 i32)", abi.LIB_MEMORY_INIT, SEGMENT_0, "3"),
    "drop": ("", abi.LIB_DATA_DROP, "xor esi, esi", "0"),
}


def bulk(name: str) -> Source:
    _, number, extra, kind = BULK[name]
    if kind == "3":  # wasm arguments rdi, rsi, rbx become rsi, rdx, rcx
        moves = "mov ecx, ebx\nmov edx, esi\nmov esi, edi"
    else:
        moves = "mov esi, edi"
    if name == "drop":
        moves = ""
    text = f"sub rsp, 8\n{moves}\n{extra}\nLIB {number}, 0\nadd rsp, 8\nret"
    return Source(text, slots=(Slot(MEMORY, 0),))


def bulk_instance() -> Exports:
    funcs = "".join(
        f'(func (export "{name}") {spec[0]} unreachable)' for name, spec in BULK.items()
    )
    text = f'(module (memory (export "memory") 1 4) (data "passive data") {funcs})'
    return instance(text, *map(bulk, BULK)).exports


def test_bulk_memory_against_bytearray() -> None:
    exports = bulk_instance()
    mem = exports["memory"]
    model = bytearray(PAGE)
    rng = random.Random(3)
    traps = 0
    for _ in range(400):
        dst = rng.choice(
            [0, 5, PAGE - 20, PAGE, PAGE + 1, 0xFFFFFFFF, rng.randrange(PAGE)]
        )
        src = rng.choice([0, 3, PAGE - 20, PAGE, 0xFFFFFFF0, rng.randrange(PAGE)])
        n = rng.choice([0, 1, 12, 13, 20, 21, 4096, 0xFFFFFFFF])
        which = rng.choice(["fill", "copy", "init"])
        limit = 12 if which == "init" else PAGE
        inside = dst + n <= PAGE and (which == "fill" or src + n <= limit)
        if not inside:
            with pytest.raises(Trap) as caught:
                exports[which](dst, src, n)
            assert caught.value.code is TrapCode.MEMORY
            assert caught.value.frames[0].name == which
            traps += 1
        else:
            exports[which](dst, src, n)
            if which == "fill":
                model[dst : dst + n] = bytes([src & 0xFF]) * n
            elif which == "copy":
                model[dst : dst + n] = model[src : src + n]
            else:
                model[dst : dst + n] = b"passive data"[src : src + n]
        assert mem.read() == model
    assert 50 < traps < 350
    exports["drop"]()
    exports["init"](0, 0, 0)
    with pytest.raises(Trap):
        exports["init"](0, 0, 1)


def test_memory_grow_from_code() -> None:
    exports = bulk_instance()
    grow = exports["grow"]
    assert [grow(1), grow(0), grow(3), grow(2), grow(1), grow(0xFFFFFFFF)] == [
        1, 2, -1, 2, -1, -1,
    ]  # fmt: skip
    assert exports["memory"].size == 4


THREE = "mov ecx, ebx\nmov edx, esi\nmov esi, edi"
TABLE_CALLS = {
    "grow": (
        "(param externref i32) (result i32)",
        abi.LIB_TABLE_GROW,
        f"mov edx, esi\nmov rsi, rdi\n{CELL_TO['rcx']}",
    ),
    "fill": (
        "(param i32 externref i32)",
        abi.LIB_TABLE_FILL,
        f"mov ecx, ebx\nmov rdx, rsi\nmov esi, edi\n{CELL_TO['r8']}",
    ),
    "copy": ("(param i32 i32 i32)", abi.LIB_TABLE_COPY, f"{THREE}\n{BOTH}"),
    "init": ("(param i32 i32 i32)", abi.LIB_TABLE_INIT, f"{THREE}\n{SEGMENT_0}"),
    "drop": ("", abi.LIB_ELEM_DROP, "xor esi, esi"),
}


def test_table_calls_against_a_list() -> None:
    funcs = "".join(
        f'(func (export "{name}") {spec[0]} unreachable)'
        for name, spec in TABLE_CALLS.items()
    )
    text = (
        '(module (table (export "t") 10 20 externref)'
        f"(elem externref (ref.null extern) (ref.null extern)) {funcs})"
    )
    sources = [
        Source(
            f"sub rsp, 8\n{moves}\nLIB {number}, 0\nadd rsp, 8\nret",
            slots=(Slot(TABLE, 0),),
        )
        for _, number, moves in TABLE_CALLS.values()
    ]
    exports = instance(text, *sources).exports
    table = exports["t"]
    model: list[object] = [None] * 10
    rng = random.Random(4)
    for step in range(300):
        dst = rng.choice([0, 1, 9, 10, 11, 0xFFFFFFFF, rng.randrange(12)])
        src = rng.choice([0, 1, 2, 9, 10, 0xFFFFFFFF])
        n = rng.choice([0, 1, 2, 3, 10, 11, 0xFFFFFFFF])
        which = rng.choice(["fill", "copy", "init"])
        limit = 2 if which == "init" else len(model)
        inside = dst + n <= len(model) and (which == "fill" or src + n <= limit)
        item = f"v{step}" if which == "fill" else src
        if not inside:
            with pytest.raises(Trap) as caught:
                exports[which](dst, item, n)
            assert caught.value.code is TrapCode.TABLE
        else:
            exports[which](dst, item, n)
            if which == "fill":
                model[dst : dst + n] = [f"v{step}"] * n
            elif which == "copy":
                model[dst : dst + n] = model[src : src + n]
            else:
                model[dst : dst + n] = [None] * n
        assert [table[k] for k in range(len(table))] == model
    assert exports["grow"]("new", 5) == 10
    assert exports["grow"]("new", 6) == -1
    assert [table[k] for k in range(10, 15)] == ["new"] * 5
    exports["drop"]()
    with pytest.raises(Trap):
        exports["init"](0, 0, 1)


# ---- external references


def test_a_million_externrefs_in_flat_memory() -> None:
    func = Func(Store(), FuncType((EXTERNREF,), (EXTERNREF,)), lambda x: x)
    most = 0
    for k in range(1_000_000):
        assert func([k]) == [k]
        most = max(most, func.store.n_externrefs)
    assert most <= 4096 + 1


def test_referenced_objects_survive_collection() -> None:
    store = Store()
    func = Func(store, FuncType((EXTERNREF,), ()), lambda _: None)
    table = Table(store, TableType(EXTERNREF, Limits(3, None)))
    cell = Global(store, GlobalType(EXTERNREF, True), None)

    class Thing:
        pass

    kept, lost = Thing(), Thing()
    refs = weakref.ref(kept), weakref.ref(lost)
    table[1], cell.value = kept, kept
    table[2] = lost
    table[2] = None
    del kept, lost
    store.collect()
    gc.collect()
    assert refs[1]() is None
    assert refs[0]() is table[1]
    assert cell.value is refs[0]()
    table[1] = None
    store.collect()
    assert refs[0]() is not None
    cell.value = None
    store.collect()
    assert refs[0]() is None
    func("x")
    assert store.n_externrefs == 1


def test_identity_of_externrefs() -> None:
    store = Store()
    table = Table(store, TableType(EXTERNREF, Limits(2, None)))
    thing = object()
    table[0], table[1] = thing, thing
    assert store.n_externrefs == 1
    assert table[0] is table[1] is thing


def test_destructors_that_call_back() -> None:
    """A collection runs destructors; those may use the store."""
    store = Store()
    func = Func(store, FuncType((EXTERNREF,), ()), lambda _: None)
    seen = []

    class Nasty:
        def __del__(self) -> None:
            func([1, 2, 3])
            seen.append(store.n_externrefs)

    func(Nasty())
    store.collect()
    gc.collect()
    assert seen


# ---- code memory

MAP = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) (....) ", re.MULTILINE)


def permissions(low: int = 0, high: int = 1 << 64) -> set[str]:
    """Of all pages of this process between two addresses."""
    found = MAP.findall(Path("/proc/self/maps").read_text())
    return {p for a, b, p in found if int(a, 16) < high and low < int(b, 16)}


def watch_pages(low: int = 0, high: int = 1 << 64) -> set[str]:
    """Permissions seen at every call of a Python function while code is made."""
    # (module (memory 1) (func (export "f") (param i32) (result i32) unreachable))
    data = bytes.fromhex(
        "0061736d0100000001060160017f017f030201000503010001070501016600000a05010300000b"
    )
    seen: set[str] = set()

    def look(*_: object) -> None:
        seen.update(permissions(low, high))

    functions = assemble(LOAD)
    sys.setprofile(look)
    try:
        for _ in range(3):
            made = Instance(
                store := Store(), Module(store.engine, data, functions=functions)
            )
            made.exports["f"](0)
            look()
            del made
            gc.collect()
    finally:
        sys.setprofile(None)
    return seen


def test_no_page_is_ever_writable_and_executable() -> None:
    address, size = native.arena()
    seen = watch_pages(address, address + size)
    assert {"---p", "r-xp"} <= seen
    assert not [p for p in seen if "w" in p and "x" in p]


def test_no_page_of_the_process_is_ever_writable_and_executable() -> None:
    """In a process of its own: libffi, for one, has such a page."""
    script = (
        "import os, sys; sys.path.insert(0, os.getcwd())\n"
        "from tests.runtime.test_objects import watch_pages\n"
        "print(*watch_pages())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    seen = done.stdout.split()
    assert "r-xp" in seen
    assert not [p for p in seen if "w" in p and "x" in p]


def test_code_is_not_writable_and_goes_away() -> None:
    text = '(module (memory 1) (func (export "f") (param i32 i32) unreachable))'
    made = module(text, STORE)
    address = made.code.address
    assert permissions(address, address + 1) == {"r-xp"}
    code = weakref.ref(made.code)
    del made
    gc.collect()
    assert code() is None
    assert permissions(address, address + 1) == {"---p"}


def test_memories_of_dead_stores_are_unmapped() -> None:
    text = (
        '(module (memory 1) (func (export "f") (param i32) (result i32) unreachable))'
    )
    made = module(text, LOAD)
    for _ in range(3):
        stores = [Store() for _ in range(3000)]  # 24 TiB of address space at a time
        for store in stores:
            Instance(store, made)
        del stores, store
        gc.collect()


# ---- the end of the process

LEAKED = """
import ctypes
from lbtool import Engine, Instance, Module, Store
kept = Instance(Store(), Module(Engine(), b'(module (func (export "f")))'))
kept.exports["f"]()
@ctypes.CFUNCTYPE(None)
def callback(kept=kept): pass
ctypes.pythonapi.Py_IncRef(ctypes.py_object(callback))
"""


def test_code_that_outlives_its_module_object_dies_silently() -> None:
    """What is freed when all modules are empty finds no allocator: nothing is said."""
    found = subprocess.run(
        [sys.executable, "-c", LEAKED], capture_output=True, text=True, check=True
    )
    assert found.stderr == ""
