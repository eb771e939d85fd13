"""Modules and little shortcuts that several tests of the daemon use."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import wasmtime

from lbtool.daemon import params
from lbtool.daemon.requests import Limits, Order, Run

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from lbtool.daemon.client import Client

Json = dict[str, Any]

# Exports for every way to end.
ENDS = """(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "hello, world\\n")
  (func $say
    (i32.store (i32.const 0) (i32.const 16))
    (i32.store (i32.const 4) (i32.const 13))
    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))
  (func (export "add") (param i32 i32) (result i32)
    (i32.add (local.get 0) (local.get 1)))
  (func (export "say") (call $say))
  (func (export "exit") (param i32) (call $say) (call $exit (local.get 0)))
  (func (export "trap") (call $say) unreachable)
  (func (export "hang") (call $say) (loop (br 0)))
  (func (export "flood") (loop (call $say) (br 0)))
  (func (export "grow") (result i32)
    (loop
      (br_if 0 (i32.ne (memory.grow (i32.const 64)) (i32.const -1))))
    (memory.fill (i32.const 65536) (i32.const 1)
      (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 65536)))
    (memory.size)))"""

# Without WASI: a SIGSEGV that is sent, not made by a fault, passes wasmtime's handler.
SPIN = """(module
  (func (export "spin") (loop (br 0)))
  (func (export "one") (result i32) (i32.const 1)))"""


def write_module(folder: Path, name: str, text: str = ENDS) -> Path:
    path = folder / name
    path.write_bytes(bytes(wasmtime.wat2wasm(text)))
    return path


def functions(n: int, seed: int = 0) -> str:
    """A module of `n` functions that no other seed has."""
    body = "\n".join(
        f'(func (export "f{k}") (result i32) (i32.add (i32.const {k}) '
        f"(i32.mul (i32.const {seed}) (i32.const {k + 7}))))"
        for k in range(n)
    )
    return f"(module {body})"


def finished(stream: Generator[Any, None, Json]) -> tuple[list[Any], Json]:
    """Everything that a stream yields, and its value."""
    events = []
    while True:
        try:
            events.append(next(stream))
        except StopIteration as end:
            return events, end.value


def run(client: Client, order: Order, stdin: bytes = b"") -> tuple[Json, bytes, bytes]:
    """How a guest ended, and what it printed on stdout and stderr."""
    events, ending = finished(client.stream("run", **run_params(order, stdin)))
    assert events[0].name == "started"
    chunks = [each.data for each in events[1:]]
    out, err = (
        b"".join(base64.b64decode(c["data"]) for c in chunks if c["stream"] == stream)
        for stream in ("stdout", "stderr")
    )
    return ending, out, err


def order(path: Path, invoke: str | None, *args: str, **limits: Any) -> Order:
    given = {"time": 20.0, "memory": 256 << 20} | limits
    return Order(str(path), args, invoke, limits=Limits(**given))


def run_params(given: Order, stdin: bytes = b"") -> Json:
    return params.write(Run(given, base64.b64encode(stdin).decode()))
