"""Traps of both engines in one process, whichever came first.

pytest enables faulthandler before any test runs, and a test may make a wasmtime engine
before or after ours: each order gets a process of its own here. What is installed after
our last instance was made is beyond what `ensure_handlers` promises.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import faulthandler, sys
import wasmtime
from lbtool import engines

TEXT = '''(module (memory 1)
  (func (export "unreachable") unreachable)
  (func (export "load") (result i32) (i32.load (i32.const -1)))
  (func (export "div") (result i32) (i32.div_s (i32.const 1) (i32.const 0)))
  (func $deep (export "deep") call $deep))'''
data = bytes(wasmtime.wat2wasm(TEXT))

def instance(name):
    backend = engines.get(name)
    return backend.session().instantiate(backend.compile(data), {})

made = {}
for step in sys.argv[1:]:
    if step == "faulthandler":
        faulthandler.enable()
    else:
        made[step] = instance(step)
for name in list(made) * 2:
    for export in ("unreachable", "load", "div", "deep"):
        try:
            made[name].call(export, [])
        except engines.EngineTrap as trap:
            print(trap.kind)
"""
KINDS = [
    "unreachable",
    "out of bounds memory access",
    "integer divide by zero",
    "call stack exhausted",
]
ORDERS = [("cranelift", "lbtool"), ("lbtool", "cranelift")]


@pytest.mark.parametrize("order", ORDERS, ids=" ".join)
def test_traps_of_two_engines(order: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "faulthandler", *order],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.splitlines() == KINDS * 4
