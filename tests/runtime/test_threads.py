"""Who may be inside of a store, and what dies when."""

from __future__ import annotations

import gc
import os
import tempfile
import threading
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pytest

from lbtool import (
    I32,
    Engine,
    Func,
    FuncType,
    Global,
    GlobalType,
    Instance,
    Module,
    Store,
    StoreBusyError,
    Trap,
)

if TYPE_CHECKING:
    from collections.abc import Callable

ENGINE = Engine()
COUNT = Module(
    ENGINE,
    """(module (import "m" "wait" (func $wait)) (memory (export "memory") 1 2)
    (table (export "table") 1 externref)
    (global (export "g") (mut i32) (i32.const 0))
    (func (export "wait") (call $wait))
    (func (export "sum") (param i32) (result i32) (local i32)
      (loop (local.set 1 (i32.add (local.get 1) (local.get 0)))
        (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
      (local.get 1)))""",
)


class Waiting:
    """A thread that is inside of a store until it is let go."""

    def __init__(self) -> None:
        self.store = Store(ENGINE)
        self.inside, self.go = threading.Event(), threading.Event()
        wait = Func(self.store, FuncType((), ()), self._wait)
        self.exports = Instance(self.store, COUNT, (wait,)).exports
        self.thread = threading.Thread(target=self.exports.wait)

    def _wait(self) -> None:
        self.inside.set()
        self.go.wait()

    def __enter__(self) -> Self:
        self.thread.start()
        self.inside.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self.go.set()
        self.thread.join()


def test_another_thread_gets_a_typed_error() -> None:
    with Waiting() as busy:
        assert busy.store.busy
        for action in (
            lambda: busy.exports.sum(3),
            lambda: busy.exports.memory.grow(1),
            lambda: busy.exports.table.grow(1),
            lambda: busy.exports.table.get(0),
            lambda: busy.exports.table.set(0, 1),
            lambda: setattr(busy.exports.g, "value", 3),
            lambda: Instance(busy.store, Module(ENGINE, "(module)")),
        ):
            with pytest.raises(StoreBusyError):
                action()
        assert busy.exports.memory.read(0, 1) == b"\0"
    assert busy.exports.sum(3) == 6
    assert busy.exports.table.grow(1) == 1
    assert not busy.store.busy


def test_the_same_thread_may_enter_again() -> None:
    store = Store(ENGINE)
    results: list[int] = []
    wait = Func(store, FuncType((), ()), lambda: results.append(made.sum(4)))
    made = Instance(store, COUNT, (wait,)).exports
    made.wait()
    assert results == [10]


def test_stores_in_parallel() -> None:
    """Compiled code does not hold the interpreter's lock."""
    results: list[int] = []

    def body() -> None:
        store = Store(ENGINE)
        wait = Func(store, FuncType((), ()), lambda: None)
        made = Instance(store, COUNT, (wait,)).exports
        for n in range(1, 200):
            made.wait()
            results.append(made.sum(n) - n * (n + 1) // 2)

    threads = [threading.Thread(target=body) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [0] * 8 * 199


def test_code_runs_without_the_interpreter_lock() -> None:
    store = Store(ENGINE)
    made = Instance(
        store, COUNT, (Func(store, FuncType((), ()), lambda: None),)
    ).exports
    ticks = 0
    done = threading.Event()

    def body() -> None:
        with pytest.raises(Trap, match="interrupt"):
            made.sum(0)  # 2**32 rounds
        done.set()

    thread = threading.Thread(target=body, daemon=True)
    thread.start()
    while not store.busy:
        pass
    for _ in range(1000):
        ticks += 1
    assert ticks == 1000
    assert not done.is_set()
    assert store.interrupt()
    thread.join()
    assert done.is_set()


def test_a_store_may_move_between_threads() -> None:
    store = Store(ENGINE)
    made = Instance(
        store, COUNT, (Func(store, FuncType((), ()), lambda: None),)
    ).exports
    results: list[int] = []
    for n in range(1, 20):
        thread = threading.Thread(target=lambda k=n: results.append(made.sum(k)))
        thread.start()
        thread.join()
        assert made.sum(n) == results[-1] == n * (n + 1) // 2


def test_what_was_made_keeps_its_store_alive() -> None:
    store = Store(ENGINE)
    made = Instance(store, COUNT, (Func(store, FuncType((), ()), lambda: None),))
    func, memory = made.exports.sum, made.exports.memory
    ref = weakref.ref(store)
    del store, made
    gc.collect()
    assert ref() is not None
    assert func(4) == 10
    view = memory.view()
    del func, memory
    gc.collect()
    assert view[0] == 0
    view.release()
    del view
    gc.collect()
    assert ref() is None


def keep(*things: object) -> Callable[[], None]:
    """A function of the host that refers to what refers to it."""

    def wait() -> None:
        assert things

    return wait


def test_stores_do_not_leak() -> None:
    refs = []
    for _ in range(50):
        store = Store(ENGINE)
        cell = Global(store, GlobalType(I32, True), 1)
        wait = Func(store, FuncType((), ()), keep(store, cell))
        Instance(store, COUNT, (wait,)).exports.wait()
        refs.append(weakref.ref(store))
    del store, cell, wait
    gc.collect()
    assert [r for r in refs if r() is not None] == []


def test_a_trap_leaves_the_store_usable_by_others() -> None:
    store = Store(ENGINE)

    def fail() -> None:
        raise ValueError

    made = Instance(store, COUNT, (Func(store, FuncType((), ()), fail),)).exports
    with pytest.raises(Trap):
        made.wait()
    results: list[int] = []
    thread = threading.Thread(target=lambda: results.append(made.sum(2)))
    thread.start()
    thread.join()
    assert results == [3]


def test_a_fork_inside_of_a_host_function() -> None:
    """The child is inside of the store, too, and can go on."""
    store = Store(ENGINE)
    child: list[int] = []

    def fork() -> None:
        child.append(os.fork())
        if not child[0]:
            made.sum(3)

    made = Instance(store, COUNT, (Func(store, FuncType((), ()), fork),)).exports
    made.wait()
    if not child[0]:
        os._exit(made.sum(4))
    assert os.waitstatus_to_exitcode(os.waitpid(child[0], 0)[1]) == 10


def test_names_for_perf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LBTOOL_PERF_MAP", "1")
    path = Path(tempfile.gettempdir(), f"perf-{os.getpid()}.map")
    module = Module(ENGINE, '(module $m (func $f) (func (export "g")))')
    try:
        first, second = (module.code.address + module.code.start_of(k) for k in (0, 1))
        lines = [line.split() for line in path.read_text().splitlines()]
    finally:
        path.unlink(missing_ok=True)
    names = {int(start, 16): name for start, _, name in lines}
    assert (names[first], names[second]) == ("m!f", "m!g")
