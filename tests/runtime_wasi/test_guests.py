"""Guests that are more than one run of ``_start``, and what happens at the edges."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from lbtool import (
    Config,
    Engine,
    Exit,
    Func,
    FuncType,
    Instance,
    Linker,
    Memory,
    Module,
    Store,
    Trap,
    TrapCode,
    WasiConfig,
)
from tests.runtime_wasi.cases import CASES, PROGRAMS, Case
from tests.runtime_wasi.engines import ended, in_lbtool

if TYPE_CHECKING:
    from pathlib import Path

BOUNDS: tuple[Config, ...] = (Config(), Config(bounds="explicit"))
WRITE = (
    '(import "wasi_snapshot_preview1" "fd_write"'
    " (func $fd_write (param i32 i32 i32 i32) (result i32)))"
)


def guest(
    wat: str | bytes, config: WasiConfig | None = None, settings: Config | None = None
) -> Instance:
    engine = Engine(settings or Config())
    store = Store(engine)
    store.set_wasi(config or WasiConfig())
    linker = Linker(engine)
    linker.define_wasi()
    linker.define_func("env", "back", FuncType((), ()), lambda: None)
    return linker.instantiate(store, Module(engine, wat))


def func(instance: Instance, name: str) -> Func:
    found = instance.exports[name]
    assert isinstance(found, Func)
    return found


def program(name: str) -> str:
    return (PROGRAMS / f"{name}.wat").read_text()


def test_a_reactor_keeps_its_state() -> None:
    config = WasiConfig()
    stdout = config.capture_stdout()
    reactor = guest(program("reactor"), config)
    func(reactor, "_initialize")()
    assert [func(reactor, "put")(k) for k in b"abc"] == [98, 99, 100]
    with pytest.raises(Exit) as caught:
        func(reactor, "leave")(200)
    assert caught.value.code == 200
    assert func(reactor, "put")(100) == 101
    assert stdout.getvalue() == b"Iabcd"


def test_input_and_output_through_pipes() -> None:
    text = b"".join(b"line %d\n" % k for k in range(1000))
    read_end, feed = os.pipe()
    drain, write_end = os.pipe()
    config = WasiConfig()
    config.stdin_fd(read_end)
    config.stdout_fd(write_end)
    start = func(guest(program("cat"), config), "_start")
    collected: list[bytes] = []
    with os.fdopen(feed, "wb") as feeder, os.fdopen(drain, "rb") as drained:
        reader = threading.Thread(target=lambda: collected.append(drained.read()))
        runner = threading.Thread(target=start)
        runner.start()
        os.close(read_end)
        feeder.write(text)
        feeder.close()
        reader.start()
        runner.join()
        os.close(write_end)
        del start, config
        gc.collect()  # the program's duplicate of the pipe goes with its store
        reader.join()
    assert collected == [text]


def test_recursion_with_calls_at_every_depth_ends_in_a_trap() -> None:
    config = WasiConfig()
    stdout = config.capture_stdout()
    instance = guest(program("stack"), config)
    with pytest.raises(Trap) as caught:
        func(instance, "_start")()
    assert caught.value.code == TrapCode.STACK
    assert len(stdout.getvalue()) > 10
    memory = instance.exports["memory"]
    assert isinstance(memory, Memory)
    assert int.from_bytes(memory.read(64, 68), "little") > 10_000
    with pytest.raises(Trap):
        func(instance, "_start")()


@pytest.mark.parametrize("settings", BOUNDS, ids=lambda s: s.bounds)
@pytest.mark.parametrize("offset", [0, 2**31 - 8, 2**31, 2**32 - 8, 2**32 - 1])
@pytest.mark.parametrize("pages", [0, 1, 3])
def test_no_access_leaves_the_memory(settings: Config, offset: int, pages: int) -> None:
    # every access of 8 bytes faults inside the guard, up to the last one that code can
    # express: 2**32 - 1 + 2**32 - 1 + 8
    instance = guest(
        f"""(module {WRITE} (memory (export "memory") {pages})
        (func (export "load") (param i32) (result i64)
          (i64.load offset={offset} (local.get 0)))
        (func (export "store") (param i32)
          (i64.store offset={offset} (local.get 0) (i64.const 1))))""",
        settings=settings,
    )
    size = pages * 65536
    for index in {0, 1, size, 2**31 - 1, 2**31, 2**32 - 8, 2**32 - 1}:
        inside = index + offset + 8 <= size
        for name in ("load", "store"):
            if inside:
                func(instance, name)(index)
                continue
            with pytest.raises(Trap) as caught:
                func(instance, name)(index)
            assert caught.value.code == TrapCode.MEMORY


@pytest.mark.parametrize(
    "case", [c for c in CASES if c.name in {"grow", "files", "exit-42"}], ids=str
)
def test_explicit_bounds_do_the_same(case: Case, tmp_path: Path) -> None:
    guarded = in_lbtool(case, tmp_path / "guard")
    checked = in_lbtool(case, tmp_path / "explicit", Config(bounds="explicit"))
    assert checked == guarded
    assert checked.end == case.end


def test_exit_passes_through_host_functions() -> None:
    engine = Engine()
    store = Store(engine)
    config = WasiConfig()
    stdout = config.capture_stdout()
    store.set_wasi(config)
    linker = Linker(engine)
    linker.define_wasi()
    inner = linker.instantiate(store, Module(engine, program("reactor")))
    seen: list[str] = []

    def back() -> None:
        try:
            func(inner, "put")(120)
            func(inner, "leave")(9)
        except Exception:  # noqa: BLE001 - an exit is none
            seen.append("an exception")
        finally:
            seen.append("cleaned up")

    linker.define_func("env", "back", FuncType((), ()), back)
    outer = linker.instantiate(
        store,
        Module(
            engine,
            '(module (import "env" "back" (func $back))'
            ' (func (export "_start") (call $back) unreachable))',
        ),
    )
    assert ended(func(outer, "_start")) == ("exit", 9)
    assert seen == ["cleaned up"]
    assert stdout.getvalue() == b"x"


def test_a_loop_of_calls_is_interrupted() -> None:
    instance = guest(
        f"""(module {WRITE} (memory (export "memory") 1)
        (func (export "_start") (loop
          (drop (call $fd_write
            (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)))
          (br 0))))"""
    )
    for _ in range(5):
        start = time.monotonic()
        with (
            instance.store.interruptible(timeout=0.05),
            pytest.raises(Trap) as caught,
        ):
            func(instance, "_start")()
        assert caught.value.code == TrapCode.INTERRUPT
        assert time.monotonic() - start < 5


def test_an_interrupt_during_a_sleep_takes_effect_after_it() -> None:
    instance = guest(
        """(module
        (import "wasi_snapshot_preview1" "poll_oneoff"
          (func $poll (param i32 i32 i32 i32) (result i32)))
        (memory (export "memory") 1)
        (func (export "_start") (loop
          (i32.store (i32.const 16) (i32.const 1))
          (i64.store (i32.const 24) (i64.const 100000000))
          (drop (call $poll
            (i32.const 0) (i32.const 64) (i32.const 1) (i32.const 128)))
          (br 0))))"""
    )
    with instance.store.interruptible(timeout=0.02), pytest.raises(Trap) as caught:
        func(instance, "_start")()
    assert caught.value.code == TrapCode.INTERRUPT


@pytest.mark.parametrize(
    "before", ["", "faulthandler.enable()", "import wasmtime; wasmtime.Engine()"]
)
@pytest.mark.parametrize("after", ["", "faulthandler.enable()"])
def test_traps_of_the_first_guest_in_a_process(before: str, after: str) -> None:
    # wasmtime installs its signal handlers while the guest is being made
    script = f"""
import faulthandler, sys
{before}
from lbtool import Engine, Linker, Module, Store, Trap, WasiConfig
wat = '''(module {WRITE} (memory (export "memory") 1)
  (func (export "load") (result i32) (i32.load offset=0x7fffffff (i32.const -9)))
  (func (export "write") (result i32) (call $fd_write
    (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8))))'''
engine = Engine()
linker = Linker(engine)
linker.define_wasi()
module = Module(engine, wat)
for _ in range(2):
    store = Store(engine)
    store.set_wasi(WasiConfig())
    guest = linker.instantiate(store, module)
    for _ in range(3):
        assert guest.exports.write() == 0
        try:
            guest.exports.load()
        except Trap as trap:
            assert trap.kind == "out of bounds memory access", trap
        else:
            sys.exit("no trap")
    {after}
print("fine")
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (0, b"fine\n"), done.stderr


@pytest.mark.parametrize(("name", "argument"), [("lua", 3), ("zlib", 1)])
def test_real_reactors(corpus: Path, name: str, argument: int) -> None:
    import wasmtime  # noqa: PLC0415 - only here

    data = (corpus / "programs" / f"{name}.wasm").read_bytes()
    reactor = guest(data)
    if "_initialize" in reactor.exports:
        func(reactor, "_initialize")()
    settings = wasmtime.Config()
    settings.parallel_compilation = False
    engine = wasmtime.Engine(settings)
    store = wasmtime.Store(engine)
    store.set_wasi(wasmtime.WasiConfig())
    linker = wasmtime.Linker(engine)
    linker.define_wasi()
    exports = linker.instantiate(store, wasmtime.Module(engine, data)).exports(store)
    if "_initialize" in exports:
        exports["_initialize"](store)  # type: ignore[operator]
    expected = exports["run"](store, argument)  # type: ignore[operator]
    assert func(reactor, "run")(argument) == expected
