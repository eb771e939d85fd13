"""Guests through the daemon: how they end, what they print, what stops them."""

from __future__ import annotations

import base64
import json
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lbtool.daemon import client as daemon_client
from lbtool.daemon import protocol, seccomp, single
from lbtool.daemon.identity import build_id
from lbtool.daemon.protocol import Fault
from lbtool.daemon.requests import Order, RunOptions
from tests.daemon.conftest import wait_for_end
from tests.daemon.helpers import (
    SPIN,
    finished,
    order,
    run,
    run_params,
    write_module,
)
from tests.runtime_wasi.cases import CASES, Case, directories

if TYPE_CHECKING:
    from lbtool.daemon.client import Client
    from lbtool.daemon.place import Place
    from tests.daemon.helpers import Json

HELLO = b"hello, world\n"


def test_every_way_to_end(daemon: Client, tmp_path: Path) -> None:
    path = write_module(tmp_path, "ends.wasm")
    ending, out, _ = run(daemon, order(path, "add", "2", "3"))
    assert ending["ended"] == "returned"
    assert ending["engine"] == "lbtool"
    assert ending["results"] == [{"type": "i32", "value": "5"}]
    ending, out, err = run(daemon, order(path, "exit", "7"))
    assert (ending, out, err) == ({"ended": "exit", "code": 7}, HELLO, b"")
    ending, out, _ = run(daemon, order(path, "trap"))
    assert (ending["ended"], ending["kind"]) == ("trap", "unreachable")
    assert [frame["name"] for frame in ending["backtrace"]] == ["trap"]
    assert ending["report"].startswith("error: trap: unreachable\n  0: trap at 0x")
    assert out == HELLO
    ending, _, _ = run(daemon, order(path, "nope"))
    assert ending["ended"] == "failed"
    assert "exports no function 'nope'" in ending["report"]
    ending, _, _ = run(daemon, Order(str(tmp_path / "absent.wasm")))
    assert ending["ended"] == "failed"
    assert "No such file" in ending["report"]


def test_text_and_other_engines(daemon: Client, tmp_path: Path) -> None:
    path = tmp_path / "m.wat"
    path.write_text('(module (func (export "f") (result i32) (i32.const 3)))')
    for backend in ("lbtool", "cranelift", "winch"):
        options = RunOptions(backend=backend)
        ending, _, _ = run(daemon, Order(str(path), (), "f", options=options))
        assert ending["engine"] == backend
        assert ending["results"] == [{"type": "i32", "value": "3"}]
    path.write_text("(module (func (result i32) (f32.const 1)))")
    ending, _, _ = run(daemon, Order(str(path), (), "f"))
    assert ending["ended"] == "refused"
    (problem,) = ending["diagnostics"]
    assert (problem["line"], problem["message"][:13]) == (1, "type mismatch")
    path.write_text('(module\n  (func (export "f")\n    unreachable))')
    ending, _, _ = run(daemon, Order(str(path), (), "f"))
    assert ending["backtrace"][0]["line"] == 3
    assert f"--> {path}:3:5" in ending["report"]


def test_time_makes_it_trap_where_it_is(daemon: Client, tmp_path: Path) -> None:
    path = write_module(tmp_path, "ends.wasm")
    ending, out, _ = run(daemon, order(path, "hang", time=0.2))
    assert (ending["ended"], ending["kind"]) == ("trap", "interrupted")
    assert ending["backtrace"][0]["name"] == "hang"
    assert out == HELLO


def test_a_guest_in_a_blocking_call_is_ended(daemon: Client, tmp_path: Path) -> None:
    text = """(module
      (import "wasi_snapshot_preview1" "poll_oneoff"
        (func $poll (param i32 i32 i32 i32) (result i32)))
      (memory (export "memory") 1)
      (func (export "_start")
        (i32.store (i32.const 16) (i32.const 1))
        (i64.store (i32.const 24) (i64.const 1000000000000))
        (drop (call $poll (i32.const 0) (i32.const 64) (i32.const 1) (i32.const 128)))
        unreachable))"""
    path = write_module(tmp_path, "sleeps.wasm", text)
    ending, _, _ = run(daemon, order(path, None, time=0.1))
    assert ending["ended"] in ("time", "vanished")


def test_memory(daemon: Client, tmp_path: Path) -> None:
    path = write_module(tmp_path, "ends.wasm")
    ending, _, _ = run(daemon, order(path, "grow", memory=64 << 20))
    assert ending["ended"] == "returned"
    pages = int(ending["results"][0]["value"])
    assert 64 < pages * 65536 >> 10 < 64 << 10
    ending, _, _ = run(daemon, order(path, "grow", memory=1 << 20))
    assert ending["ended"] in ("memory", "failed", "returned", "crashed")


def test_output_without_end(daemon: Client, tmp_path: Path) -> None:
    path = write_module(tmp_path, "ends.wasm")
    ending, out, _ = run(daemon, order(path, "flood", output=300_000))
    assert ending == {"ended": "output"}
    assert len(out) == 300_000
    assert out.startswith(HELLO * 20_000)


def test_cancel(daemon: Client, tmp_path: Path, place: Place) -> None:
    path = write_module(tmp_path, "ends.wasm")
    stream = daemon.stream("run", **run_params(order(path, "hang")))
    pid = next(stream).data["pid"]
    assert base64.b64decode(next(stream).data["data"]) == HELLO
    stream.close()
    assert wait_for_end(pid)
    assert daemon.request("status")["guests"]["ended"] == {"cancelled": 1}
    # and by hanging up
    other = daemon_client.running(place)
    assert other is not None
    stream = other.stream("run", **run_params(order(path, "hang")))
    pid = next(stream).data["pid"]
    other.close()
    assert wait_for_end(pid)


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGKILL, signal.SIGABRT])
def test_crash(daemon: Client, tmp_path: Path, number: signal.Signals) -> None:
    path = write_module(tmp_path, "spin.wasm", SPIN)
    stream = daemon.stream("run", **run_params(order(path, "spin")))
    os.kill(next(stream).data["pid"], number)
    _, ending = finished(stream)
    assert ending == {"ended": "crashed", "signal": number.name}
    ending, _, _ = run(daemon, order(path, "one"))
    assert ending["ended"] == "returned"


def files(pid: int) -> dict[int, str]:
    """What the descriptors of a process stand for."""
    folder = Path("/proc") / str(pid) / "fd"
    return {int(each.name): str(each.readlink()) for each in folder.iterdir()}


def test_what_a_guests_process_has(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of the daemon's: no variables, no descriptors, no folder, no session."""
    monkeypatch.setenv("SECRET_OF_THE_USER", "this")
    path = write_module(tmp_path, "hang.wasm")
    with daemon_client.connect(place) as daemon:
        stream = daemon.stream("run", **run_params(order(path, "hang")))
        pid = next(stream).data["pid"]
        next(stream)  # it runs
        proc = Path("/proc") / str(pid)
        assert b"SECRET" not in (proc / "environ").read_bytes()
        own = files(pid)
        given = [own.pop(fd).partition(":")[0] for fd in range(4)]
        assert given == ["/memfd", "pipe", "pipe", "pipe"]
        # whatever else is open it has made itself
        server = daemon.request("status")["guests"]["fork_server"]
        for other in (daemon.greeting["pid"], server):
            shared = set(own.values()) & set(files(other).values())
            assert all(each.startswith("anon_inode:[") for each in shared)
        assert (proc / "cwd").readlink() == place.path(place.guests)
        assert not list(place.path(place.guests).iterdir())
        assert os.getsid(pid) == pid
        status = (proc / "status").read_text()
        assert "NoNewPrivs:\t1" in status
        if seccomp.available():
            assert "Seccomp:\t2" in status
        stream.close()


def test_a_dead_fork_server_is_replaced(daemon: Client, tmp_path: Path) -> None:
    path = write_module(tmp_path, "ends.wasm")
    stream = daemon.stream("run", **run_params(order(path, "hang")))
    guest = next(stream).data["pid"]
    next(stream)
    server = daemon.request("status")["guests"]["fork_server"]
    os.kill(server, signal.SIGKILL)
    _, ending = finished(stream)
    assert ending == {"ended": "crashed", "signal": None}
    assert wait_for_end(guest)
    ending, _, _ = run(daemon, order(path, "add", "1", "1"))
    assert ending["ended"] == "returned"
    assert daemon.request("status")["guests"]["fork_servers_started"] == 2


def test_a_burst_of_guests_beginning_and_ending(
    daemon: Client, place: Place, tmp_path: Path
) -> None:
    """More messages at once than the fork server's queue takes."""
    path = write_module(tmp_path, "spin.wasm", SPIN)
    spin = run_params(order(path, "spin"))
    with single.connect(place, 60) as burst:
        hello = {"schema": protocol.SCHEMA, "build": build_id()}
        asked = [{"id": 0, "method": "hello", "params": hello}]
        asked += [{"id": k, "method": "run", "params": spin} for k in range(1, 30)]
        burst.sendall(b"".join(map(protocol.encode, asked)))
        data = b""
        while data.count(b'"started"') < 29:
            data += burst.recv(1 << 16)
            assert b'"error"' not in data
    pids = [
        event["data"]["pid"]
        for event in map(json.loads, data.splitlines())
        if event.get("event") == "started"
    ]
    assert all(map(wait_for_end, pids))
    ending, _, _ = run(daemon, order(path, "one"))
    assert ending["ended"] == "returned"
    assert daemon.request("status")["guests"]["fork_servers_started"] == 1


def test_bad_orders(daemon: Client) -> None:
    orders: tuple[Json, ...] = (
        {},
        {"order": {}},
        {"order": {"path": "relative.wasm"}},
        {"order": {"path": "/a", "dirs": [["here", "/"]]}},
        {"order": {"path": "/a", "limits": {"time": -1}}},
        {"order": {"path": "/a", "options": {"backend": "gcc"}}},
        {"order": {"path": "/a"}, "stdin": "?"},
        {"order": {"path": 1}},
    )
    for given in orders:
        with pytest.raises(Fault) as caught:
            daemon.request("run", **given)
        assert caught.value.code == "params"


def test_wasi_is_what_it_is_outside(daemon: Client, tmp_path: Path) -> None:
    """Every program that WASI is tested with: the sandbox takes nothing it needs."""
    wrong = []
    for case in CASES:
        work, given = directories(tmp_path / case.name)
        path = write_module(tmp_path / case.name, case.program, case.text)
        asked = Order(
            str(path),
            case.args,
            env=case.env,
            dirs=((str(work), "/work"), (str(given), "given")),
        )
        ending, out, err = run(daemon, asked, case.stdin)
        if not as_expected(case, ending) or case.stdout not in (None, out):
            wrong.append((case.name, ending, out[:200], err))
        if case.stderr != err:
            wrong.append((case.name, ending, out[:200], err))
    assert not wrong
    assert len(CASES) > 20


def as_expected(case: Case, ending: Json) -> bool:
    how, *detail = case.end
    if how in ("return", "exit"):
        code = int(detail[0]) & 0xFF if detail else 0
        return ending == {"ended": "exit", "code": code}
    # a WASI function that fails as a whole is a trap of the host
    kind = "host function failed" if how == "failed" else detail[0]
    return (ending["ended"], ending["kind"]) == ("trap", kind)
