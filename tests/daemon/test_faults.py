"""Guests that fail in every way, beside clients that build: nobody loses a request."""

from __future__ import annotations

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from lbtool.daemon import client
from tests.daemon.helpers import (
    SPIN,
    finished,
    functions,
    order,
    run_params,
    write_module,
)

if TYPE_CHECKING:
    from pathlib import Path

    from lbtool.daemon.client import Client
    from lbtool.daemon.place import Place

FAULTS = int(os.environ.get("LBTOOL_GUEST_FAULTS", "42"))
BUSY, FAULTY = 3, 4
FUNCTIONS = 50
FLAT = 24 << 20

SLEEP = """(module
  (import "wasi_snapshot_preview1" "poll_oneoff"
    (func $poll (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (i32.store (i32.const 16) (i32.const 1))
    (i64.store (i32.const 24) (i64.const 1000000000000))
    (drop (call $poll (i32.const 0) (i32.const 64) (i32.const 1) (i32.const 128)))))"""
EAT = """(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (loop $more
      (if (i32.eq (memory.grow (i32.const 64)) (i32.const -1))
        (then (call $exit (i32.const 3))))
      (memory.fill
        (i32.mul (i32.sub (memory.size) (i32.const 64)) (i32.const 65536))
        (i32.const 1) (i32.const 4194304))
      (br $more))))"""


def expect(ending: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert {name: ending.get(name) for name in wanted} == wanted, ending


class Faults:
    """Every kind of fault; each method runs one guest and says how it must end."""

    def __init__(self, folder: Path) -> None:
        self.ends = write_module(folder, "ends.wasm")
        self.spin = write_module(folder, "spin.wasm", SPIN)
        self.sleep = write_module(folder, "sleep.wasm", SLEEP)
        self.eat = write_module(folder, "eat.wasm", EAT)
        self.kinds = (
            self.segv,
            self.kill,
            self.hang,
            self.memory,
            self.exit,
            self.output,
            self.trap,
        )

    def signalled(self, connection: Client, number: signal.Signals) -> None:
        stream = connection.stream("run", **run_params(order(self.spin, "spin")))
        os.kill(next(stream).data["pid"], number)
        expect(finished(stream)[1], {"ended": "crashed", "signal": number.name})

    def segv(self, connection: Client) -> None:
        self.signalled(connection, signal.SIGSEGV)

    def kill(self, connection: Client) -> None:
        self.signalled(connection, signal.SIGKILL)

    def ending(self, connection: Client, *args: Any, **limits: Any) -> dict[str, Any]:
        asked = run_params(order(*args, **limits))
        return finished(connection.stream("run", **asked))[1]

    def hang(self, connection: Client) -> None:
        ending = self.ending(connection, self.spin, "spin", time=0.05)
        expect(ending, {"ended": "trap", "kind": "interrupted"})

    def memory(self, connection: Client) -> None:
        ending = self.ending(connection, self.eat, None, memory=64 << 20)
        expect(ending, {"ended": "exit", "code": 3})

    def exit(self, connection: Client) -> None:
        """A call that nothing can abandon: its process leaves by `_exit`."""
        ending = self.ending(connection, self.sleep, None, time=0.05)
        expect(ending, {"ended": "vanished", "code": 134})

    def output(self, connection: Client) -> None:
        ending = self.ending(connection, self.ends, "flood", output=200_000)
        expect(ending, {"ended": "output"})

    def trap(self, connection: Client) -> None:
        ending = self.ending(connection, self.ends, "trap")
        expect(ending, {"ended": "trap", "kind": "unreachable"})


def build_until(over: threading.Event, place: Place, folder: Path, seed: int) -> int:
    """Build modules that nobody built, one after the other; how many."""
    folder.mkdir()
    built = 0
    with client.greeted(place) as connection:
        while not over.is_set():
            built += 1
            text = functions(FUNCTIONS, seed + BUSY * built)
            (folder / "m.wat").write_text(text)
            _, summary = finished(connection.stream("build", paths=[str(folder)]))
            assert summary["functions"] == FUNCTIONS
            assert summary["built"] == 1
    return built


def test_guests_that_fail_beside_clients_that_build(
    daemon: Client, place: Place, tmp_path: Path, record_property: Any
) -> None:
    faults = Faults(tmp_path)
    over = threading.Event()
    wrong: list[str] = []
    resident: list[int] = []

    def fail(share: int) -> int:
        done = 0
        with client.greeted(place) as connection:
            for k in range(share, FAULTS, FAULTY):
                kind = faults.kinds[k % len(faults.kinds)]
                try:
                    kind(connection)
                except AssertionError as error:
                    wrong.append(f"{kind.__name__}: {error}")
                done += 1
                if share == 0:
                    status = connection.request("status")
                    resident.append(status["resident"])
        return done

    with ThreadPoolExecutor(BUSY + FAULTY) as pool:
        busy = [
            pool.submit(build_until, over, place, tmp_path / f"busy{k}", k)
            for k in range(BUSY)
        ]
        try:
            faulty = [pool.submit(fail, k) for k in range(FAULTY)]
            done = sum(each.result() for each in faulty)
        finally:
            over.set()
        built = sum(each.result() for each in busy)
    assert done == FAULTS
    assert not wrong
    status = daemon.request("status")
    assert sum(status["guests"]["ended"].values()) == FAULTS
    assert status["guests"]["fork_servers_started"] == 1
    assert status["guests"]["running"] == 0
    assert built >= BUSY
    growth = resident[-1] - resident[len(resident) // 3]
    record_property(
        "summary",
        f"daemon: {FAULTS} guest faults of {len(faults.kinds)} kinds beside {built} "
        f"builds by {BUSY} clients: 0 requests lost, daemon {resident[-1] >> 20} MB "
        f"({growth / 2**20:+.1f} MB over the last two thirds)",
    )
    assert growth < FLAT
