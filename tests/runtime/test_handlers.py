"""Traps work whoever installed signal handlers before or after, in any order.

Every case runs in a process of its own. o: ours, f: faulthandler, w: wasmtime.
"""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys

import pytest

SCRIPT = """
import ctypes, faulthandler, os, sys
sys.path.insert(0, os.getcwd())

def ours():
    from lbtool import Trap
    from tests.runtime.programs import LOAD, STORE, instance
    from tests.runtime.test_traps import LOADS
    load = instance(LOADS, LOAD, STORE).exports["load"]
    def check():
        try:
            load(1 << 20)
        except Trap as trap:
            assert trap.address == 1 << 20
            print("ours")
    return check

def wasm():
    import wasmtime
    store = wasmtime.Store()
    text = '''(module (memory 1)
        (func (export "load") (result i32) (i32.load (i32.const 0x7fffffff)))
        (func (export "stop") unreachable)
        (func (export "divide") (param i32)
            (drop (i32.div_s (i32.const 1) (local.get 0)))))
    '''
    module = wasmtime.Module(store.engine, text)
    exports = wasmtime.Instance(store, module, []).exports(store)
    def check():
        for name, args in ("load", ()), ("stop", ()), ("divide", (0,)):
            try:
                exports[name](store, *args)
            except wasmtime.Trap:
                print("wasmtime")
    return check

checks = []
for what in sys.argv[1]:
    if what == "o":
        checks.append(ours())
    elif what == "w":
        checks.append(wasm())
    elif what == "f":
        faulthandler.enable()
    elif what == "d":
        faulthandler.disable()
    elif what == "!":
        checks[-1]()
    elif what == "c":
        sys.stdout.flush()
        ctypes.string_at(0)
for check in checks + checks:
    check()
print("faulthandler", faulthandler.is_enabled())
sys.stdout.flush()
if sys.argv[2:] == ["crash"]:
    ctypes.string_at(0)
elif sys.argv[2:]:
    os.kill(os.getpid(), int(sys.argv[2]))
    print("lived on", flush=True)
"""


def run(order: str, *crash: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", SCRIPT, order, *crash],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={k: v for k, v in os.environ.items() if k != "PYTHONFAULTHANDLER"},
    )


ORDERS = [
    "".join(order)
    for n in (1, 2, 3)
    for order in itertools.permutations("ofw", n)
    if "o" in order
]


@pytest.mark.parametrize("order", ORDERS)
def test_orders(order: str) -> None:
    """The instance that is made last, after all others did their worst, repairs."""
    done = run(order + "o", "crash")
    lines = done.stdout.split()
    assert lines.count("ours") == 4, done.stderr
    assert lines.count("wasmtime") == 6 * order.count("w"), done.stderr
    assert lines[-1] == str("f" in order)
    # the crash at the end is fatal, as it has to be, and reported if someone is there
    assert done.returncode == -signal.SIGSEGV
    assert ("Fatal Python error" in done.stderr) == ("f" in order), done.stderr


@pytest.mark.parametrize("order", ["o!", "fo!", "wo!", "fwo!", "wfo!"])
def test_the_first_instance_works(order: str) -> None:
    done = run(order)
    assert "ours" in done.stdout, done.stderr
    assert done.returncode == 0


@pytest.mark.parametrize(
    "order", ["ofo!do!", "fo!dfo!", "ofofofofo!", "owofwofo!", "fofofdfo!", "wofodo!"]
)
def test_repeated_changes(order: str) -> None:
    done = run(order)
    assert done.returncode == 0, done.stderr
    assert "Fatal" not in done.stderr


def test_faulthandler_disabled_after_us() -> None:
    """Its disabling brings back what it covered: ours or wasmtime's above ours."""
    assert run("owfod!").returncode == 0


def test_a_crash_of_others_is_not_ours() -> None:
    done = run("oc")
    assert done.returncode == -signal.SIGSEGV


def test_a_signal_that_was_sent_is_not_ours() -> None:
    script = (
        "import os, signal, sys; sys.path.insert(0, os.getcwd())\n"
        "from tests.runtime.test_interrupts import loops\n"
        "import threading\n"
        "threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGSEGV)).start()\n"
        "loops()['plain']()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, timeout=60, check=False
    )
    assert done.returncode == -signal.SIGSEGV


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGBUS])
@pytest.mark.parametrize("order", ["o", "wo", "wfo", "fwo"])
def test_a_signal_that_was_sent_ends_the_process(
    order: str, number: signal.Signals
) -> None:
    """wasmtime's handler takes it for a fault that will come again, and returns."""
    done = run(order, f"{number:d}")
    assert done.returncode == -number, done
    assert "lived on" not in done.stdout
