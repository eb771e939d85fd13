"""Interrupts reach the call they name, always, and no other.

``LBTOOL_INTERRUPTS`` is how many of each kind are tried (10,000 for the evidence).
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from lbtool import Func, FuncType, LbtoolError, Store, Trap, TrapCode
from lbtool.runtime import native
from tests.runtime.machine import FUNC, Slot, Source, check_stack
from tests.runtime.programs import (
    FINITE,
    FOREVER,
    call_import,
    call_import_forever,
    instance,
)

COUNT = int(os.environ.get("LBTOOL_INTERRUPTS", "1000"))

FINITE_TEXT = '(module (func (export "f") (param i32) (result i32) unreachable))'
COPY = Source(
    "sub rsp, 4120\n1: lea rsi, [rsp]\nlea rdi, [rsp+2048]\nmov ecx, 2000\n"
    "rep movsb\njmp 1b",
    4120,
)
CALLS = Source("sub rsp, 8\n1:\nCALL 0, 0\njmp 1b", 8, (Slot(FUNC, 1),))
LEAF = Source(f"{check_stack(8)}\nadd rax, 3\nadd rsp, 8\nret\nstack:\nTRAP 10, 0")


def loops() -> dict[str, Func]:
    store = Store()
    host = Func(store, FuncType((), ()), lambda: None)
    text = '(module (func (export "f") nop) (func nop))'
    native_text = '(module (import "m" "h" (func)) (func (export "f") nop))'
    return {
        "plain": instance(
            '(module (func (export "f") (result i32) unreachable))', FOREVER
        ).exports["f"],
        "copy": instance('(module (func (export "f") nop))', COPY).exports["f"],
        "calls": instance(text, CALLS, LEAF).exports["f"],
        "host": instance(
            native_text, call_import_forever(), store=store, imports=(host,)
        ).exports["f"],
    }


@pytest.mark.parametrize("kind", ["plain", "copy", "calls", "host"])
def test_every_deadline_ends_an_endless_loop(kind: str) -> None:
    func = loops()[kind]
    rng = random.Random(kind)
    for _ in range(max(1, COUNT // 4)):
        timeout = rng.random() * 3e-4
        with func.store.interruptible(timeout), pytest.raises(Trap) as caught:
            func()
        assert caught.value.code is TrapCode.INTERRUPT


def test_interrupts_from_another_thread() -> None:
    func = loops()["plain"]
    done = threading.Event()

    def interrupter() -> None:
        while not done.is_set():
            func.store.interrupt()
            time.sleep(1e-5)

    thread = threading.Thread(target=interrupter)
    thread.start()
    try:
        for _ in range(COUNT):
            with pytest.raises(Trap) as caught:
                func()
            assert caught.value.code is TrapCode.INTERRUPT
    finally:
        done.set()
        thread.join()


def test_simultaneous_and_late_interrupts_hit_no_other_call() -> None:
    """A deadline near the end of a finite call: that call traps, or none does."""
    func = instance(FINITE_TEXT, FINITE).exports["f"]
    store = func.store
    rng = random.Random(1)
    started = time.perf_counter()
    func(1_000_000)
    per_loop = (time.perf_counter() - started) / 1_000_000
    trapped = finished = 0
    for _ in range(COUNT):
        n = 1 + rng.randrange(200_000)
        try:
            with store.interruptible(timeout=n * per_loop * rng.uniform(0.3, 1.7)):
                assert func(n) == 7
            finished += 1
        except Trap as trap:
            trapped += trap.code is TrapCode.INTERRUPT
        assert func(100) == 7
    assert trapped + finished == COUNT
    assert trapped > COUNT // 100
    assert finished > COUNT // 100


def test_late_interrupts_of_a_named_call() -> None:
    """`Store.interrupt` with a call id that is over does nothing to the next call."""
    func = instance(FINITE_TEXT, FINITE).exports["f"]
    for _ in range(COUNT):
        func(10)
        func.store.interrupt_call(1, 0)
        assert func(2000) == 7


def test_early_interrupts() -> None:
    func = instance(FINITE_TEXT, FINITE).exports["f"]
    for _ in range(max(1, COUNT // 10)):
        with func.store.interruptible() as handle:
            assert func(1) == 7
            assert handle.interrupt()
            while not func.store.cancelled:
                time.sleep(0)
            for _ in range(2):
                with pytest.raises(Trap) as caught:
                    func(1)
                assert caught.value.code is TrapCode.INTERRUPT
        assert not handle.interrupt()
        assert func(1) == 7


def test_interrupting_when_nothing_runs() -> None:
    store = Store()
    assert not store.interrupt()


def test_scopes_do_not_nest() -> None:
    store = Store()
    with store.interruptible(), pytest.raises(LbtoolError), store.interruptible():
        pass
    with store.interruptible(timeout=10):
        pass


def test_a_host_function_cannot_swallow_an_interrupt() -> None:
    store = Store()
    swallowed: list[Trap] = []
    endless = instance(
        '(module (func (export "f") (result i32) unreachable))', FOREVER, store=store
    ).exports["f"]

    def host() -> None:
        try:
            endless()
        except Trap as trap:
            swallowed.append(trap)

    made = instance(
        '(module (import "m" "h" (func)) (func (export "f") nop))',
        call_import_forever(),
        store=store,
        imports=(Func(store, FuncType((), ()), host),),
    )
    with store.interruptible(timeout=0.01), pytest.raises(Trap) as caught:
        made.exports["f"]()
    assert caught.value.code is TrapCode.INTERRUPT
    assert len(swallowed) == 1


def test_outer_store_is_interrupted_inside_of_an_inner_one() -> None:
    inner = loops()["plain"]
    outer = Store()
    made = instance(
        '(module (import "m" "h" (func)) (func (export "f") nop))',
        call_import(),
        store=outer,
        imports=(Func(outer, FuncType((), ()), inner),),
    )
    with outer.interruptible(timeout=0.01), pytest.raises(Trap) as caught:
        made.exports["f"]()
    assert caught.value.code is TrapCode.INTERRUPT
    finite = instance(FINITE_TEXT, FINITE, store=inner.store).exports["f"]
    assert finite(5) == 7


def test_interrupt_during_a_host_function() -> None:
    store = Store()
    made = instance(
        '(module (import "m" "h" (func)) (func (export "f") nop))',
        call_import(),
        store=store,
        imports=(Func(store, FuncType((), ()), lambda: time.sleep(0.05)),),
    )
    with store.interruptible(timeout=0.01), pytest.raises(Trap) as caught:
        made.exports["f"]()
    assert caught.value.code is TrapCode.INTERRUPT


def test_deadlines_as_calls_end() -> None:
    """The store is free after each block, wherever in the end of a call the deadline
    falls."""
    func = instance(FINITE_TEXT, FINITE).exports["f"]
    rng = random.Random(1)
    interrupted = 0
    for _ in range(40 * COUNT):
        try:
            with func.store.interruptible(timeout=rng.random() * 6e-5):
                for _ in range(40):
                    func(200)
        except Trap as trap:
            interrupted += trap.code is TrapCode.INTERRUPT
    assert interrupted > COUNT // 10


def test_many_threads_with_deadlines() -> None:
    failures: list[object] = []

    def body(seed: int) -> None:
        rng = random.Random(seed)
        func = loops()["calls"]
        finite = instance(FINITE_TEXT, FINITE).exports["f"]
        for _ in range(max(1, COUNT // 20)):
            try:
                with func.store.interruptible(timeout=rng.random() * 1e-3):
                    func()
            except Trap as trap:
                if trap.code is not TrapCode.INTERRUPT:
                    failures.append(trap)
            if finite(100) != 7:
                failures.append("other call")

    threads = [threading.Thread(target=body, args=(k,)) for k in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_frames_of_an_interrupted_call() -> None:
    func = loops()["calls"]
    names = set()
    for _ in range(50):
        with func.store.interruptible(timeout=2e-3), pytest.raises(Trap) as caught:
            func()
        # none at all when the time was over before the call began
        names.add(tuple(f.funcidx for f in caught.value.frames))
    assert names <= {(), (0,), (1, 0)}
    assert (1, 0) in names


CTRL_C = """
import os, signal, sys, threading, time
sys.path.insert(0, os.getcwd())
from lbtool import Trap
from tests.runtime.test_interrupts import loops
{setup}
func = loops()["{kind}"]
{after}
threading.Timer(0.15, os.kill, (os.getpid(), signal.SIGINT)).start()
try:
    func()
except KeyboardInterrupt as error:
    print("KeyboardInterrupt", type(error.__cause__).__name__)
except Trap as trap:
    print("Trap", trap.code.name)
try:
    time.sleep(0.05)
    print("alive")
except KeyboardInterrupt:
    print("twice")
"""


def ctrl_c(kind: str, setup: str = "", later: str = "") -> list[str]:
    script = CTRL_C.format(kind=kind, setup=setup, after=later)
    run = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


@pytest.mark.parametrize("kind", ["plain", "calls", "host"])
def test_ctrl_c(kind: str) -> None:
    first, second = ctrl_c(kind)
    assert first.startswith("KeyboardInterrupt")
    assert second == "alive"


def test_ctrl_c_with_a_handler_that_only_notes_it() -> None:
    later = "time.sleep(0.01); signal.signal(signal.SIGINT, lambda *a: print('noted'))"
    assert ctrl_c("plain", later=later) == ["noted", "Trap INTERRUPT", "alive"]


def test_ctrl_c_under_asyncio() -> None:
    script = """
import asyncio, os, signal, sys, threading
sys.path.insert(0, os.getcwd())
from lbtool import Trap
from tests.runtime.test_interrupts import loops
func = loops()["plain"]
async def main():
    await asyncio.sleep(0.01)
    try:
        func()
    except Trap as trap:
        print(trap.code.name)
        await asyncio.sleep(1)
threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
try:
    asyncio.run(main())
except KeyboardInterrupt:
    print("KeyboardInterrupt")
"""
    run = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.stdout.split() == ["INTERRUPT", "KeyboardInterrupt"], run.stderr


def test_call_in_a_thread_while_the_main_thread_gets_ctrl_c() -> None:
    script = """
import os, signal, sys, threading, time
sys.path.insert(0, os.getcwd())
from lbtool import Trap
from tests.runtime.test_interrupts import loops
func = loops()["plain"]
def body():
    try:
        func()
    except Trap as trap:
        print(trap.code.name)
    done.set()
done = threading.Event()  # an interrupted Thread.join of 3.11 believes it is over
threading.Thread(target=body).start()
threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
try:
    done.wait()
except KeyboardInterrupt:
    print("main")
    func.store.interrupt()
done.wait()
"""
    run = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.stdout.split() == ["main", "INTERRUPT"], run.stderr


def test_children_of_a_fork_have_deadlines_too() -> None:
    func = loops()["plain"]
    with func.store.interruptible(timeout=1e-3), pytest.raises(Trap):
        func()
    child = os.fork()
    if child == 0:
        try:
            with func.store.interruptible(timeout=1e-3):
                func()
        except Trap as trap:
            os._exit(0 if trap.code is TrapCode.INTERRUPT else 2)
        os._exit(3)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_the_watcher_is_one_thread() -> None:
    native.start_watcher()
    tasks = Path("/proc/self/task")
    before = len(list(tasks.iterdir()))
    for _ in range(5):
        native.start_watcher()
        with Store().interruptible(timeout=1):
            pass
    assert len(list(tasks.iterdir())) == before
