"""Life of the daemon: who it is, who may talk to it, how it ends and is replaced."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from lbtool.daemon import client, protocol, single
from lbtool.daemon.client import DaemonGone
from lbtool.daemon.identity import build_id
from lbtool.daemon.log import LIMIT, opened_log, tail
from lbtool.daemon.place import Place
from lbtool.daemon.protocol import Fault
from tests.daemon.conftest import wait_for_end
from tests.daemon.helpers import (
    SPIN,
    finished,
    functions,
    order,
    run,
    run_params,
    write_module,
)
from tests.data import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from lbtool.daemon.client import Client

ROUNDS = int(os.environ.get("LBTOOL_DAEMON_ROUNDS", "3"))
CLIENTS = 20
CONNECT = """
from lbtool.daemon.client import connect
with connect() as client:
    print(client.request("status")["pid"])
"""


def python(script: str, **env: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | env,
    )


# ---- one daemon


def test_many_clients_at_once_make_one_daemon(
    place: Place, record_property: Any
) -> None:
    """And again after a `kill -9`, with nothing to clean up by hand."""
    seen = set()
    for _ in range(ROUNDS):
        clients = [python(CONNECT) for _ in range(CLIENTS)]
        answers = [each.communicate(timeout=60) for each in clients]
        assert [err for _, err in answers] == [""] * CLIENTS
        pids = {int(out) for out, _ in answers}
        assert len(pids) == 1
        (pid,) = pids
        assert pid not in seen
        seen.add(pid)
        assert place.path(place.socket).exists()
        os.kill(pid, signal.SIGKILL)
        assert wait_for_end(pid)
        assert place.path(place.socket).exists(), "a stale socket is part of the test"
    record_property(
        "summary",
        f"daemon: {ROUNDS} rounds of {CLIENTS} clients at once, each after a kill -9: "
        f"{len(seen)} daemons",
    )


def test_kill_while_asked_is_one_clear_error(place: Place) -> None:
    connection = client.connect(place)
    stream = connection.stream("watch", paths=[str(place.directory)])
    next(stream)
    os.kill(connection.greeting["pid"], signal.SIGKILL)
    with pytest.raises(DaemonGone):
        finished(stream)
    with pytest.raises(DaemonGone):
        connection.request("status")
    connection.close()
    assert client.running(place) is None
    with client.connect(place) as again:
        assert again.request("status")["pid"] != connection.greeting["pid"]


def test_who_can_do_without_does_not_wait_for_a_daemon_that_hangs(
    daemon: Client, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    pid = daemon.greeting["pid"]
    os.kill(pid, signal.SIGSTOP)
    try:
        with monkeypatch.context() as patch:
            patch.setattr(client, "QUICK", 0.05)
            assert client.running(place) is None
    finally:
        os.kill(pid, signal.SIGCONT)
    found = client.connect(place)
    assert found.greeting["pid"] == pid
    found.close()


def test_a_daemon_that_is_busy_is_waited_for(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It works until it is asked once more."""
    monkeypatch.setattr(client, "QUICK", 0.4)
    asked: list[int] = []

    def work(listener: socket.socket) -> None:
        listener.setblocking(True)
        connection, _ = listener.accept()
        connection.setblocking(False)
        lines = protocol.Lines()
        while len(asked) < 2:
            with suppress(BlockingIOError):
                for line in lines.feed(connection.recv(protocol.CHUNK)):
                    assert isinstance(line, bytes)
                    asked.append(json.loads(line)["id"])
        for id_ in asked:
            greeting = {"pid": 1, "state": os.environ["LBTOOL_STATE_DIR"]}
            connection.send(protocol.encode(protocol.result(id_, greeting)))
        connection.close()

    with place.opened(create=True) as directory:
        listener = single.listen(directory, place)
        worker = threading.Thread(target=work, args=(listener,))
        worker.start()
        found = client.running(place)
        worker.join()
        listener.close()
    assert found is not None
    assert found.greeting["pid"] == 1
    found.close()


def test_a_daemon_with_another_key_is_not_used(
    daemon: Client, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = client.running(place)
    assert found is not None
    found.close()
    assert daemon.greeting["state"]
    monkeypatch.setenv("LBTOOL_STATE_DIR", str(tmp_path / "other"))
    assert client.running(place) is None


def test_second_daemon_in_the_foreground(daemon: Client) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "lbtool.daemon", "--foreground"],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        timeout=60,
        check=False,
    )
    assert done.returncode == 75
    assert daemon.request("status")["pid"] == daemon.greeting["pid"]


def test_stop_answers_what_is_unanswered(
    daemon: Client, place: Place, tmp_path: Path
) -> None:
    pid = daemon.greeting["pid"]
    stream = daemon.stream("watch", paths=[str(tmp_path)])
    next(stream)
    assert client.dismiss(place) == pid
    with pytest.raises(Fault) as caught:
        finished(stream)
    assert caught.value.code == "stopping"
    assert wait_for_end(pid)
    assert not place.path(place.socket).exists()


def test_sigterm_is_a_clean_end(daemon: Client, place: Place) -> None:
    pid = daemon.greeting["pid"]
    os.kill(pid, signal.SIGTERM)
    assert wait_for_end(pid)
    assert not place.path(place.socket).exists()
    assert "ended: signal SIGTERM" in place.path(place.log).read_text()


def test_idle_exit(place: Place) -> None:
    with client.connect(place, idle=0.2) as connection:
        pid = connection.greeting["pid"]
        # connected is not idle, however long nothing is asked
        assert connection.request("status")["idle_exit"] == 0.2
        ended = threading.Event()
        assert not ended.wait(0.5)
        assert connection.request("status")["pid"] == pid
    assert wait_for_end(pid)
    assert "ended: idle" in place.path(place.log).read_text()
    assert client.running(place) is None


@pytest.mark.parametrize("what", ["directory", "socket"])
def test_a_daemon_that_nobody_can_find_ends(place: Place, what: str) -> None:
    with client.connect(place, idle=900) as connection:
        pid = connection.greeting["pid"]
        if what == "directory":
            shutil.rmtree(place.directory)
        else:
            place.path(place.socket).unlink()
        assert connection.request("status")["pid"] == pid
    assert wait_for_end(pid)


# ---- another build


def test_another_build_is_replaced_after_its_requests(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_module(tmp_path, "spin.wasm", SPIN)
    old = client.connect(place)
    stream = old.stream("run", **run_params(order(path, "spin", time=1.0)))
    next(stream)
    monkeypatch.setattr(client, "build_id", lambda: "of another build")
    assert client.running(place) is None
    with pytest.raises(Fault) as caught:
        client.greeted(place)
    assert caught.value.code == "build"
    assert client.dismiss(place, patient=True) == old.greeting["pid"]
    # the request that it had is answered before it ends
    _, ending = finished(stream)
    assert ending["ended"] == "trap"
    old.close()
    assert wait_for_end(old.greeting["pid"])


def test_connect_replaces(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    old = client.connect(place)
    answers = iter(["of another build", build_id(), build_id()])
    monkeypatch.setattr(client, "build_id", lambda: next(answers))
    with client.connect(place) as new:
        assert new.greeting["pid"] != old.greeting["pid"]
    assert wait_for_end(old.greeting["pid"])
    old.close()


def test_versions_have_daemons_of_their_own(place: Place) -> None:
    with client.connect(place):
        other = Place(place.directory, "9.9.9")
        assert client.running(other) is None
        assert place.lock != other.lock


# ---- who may talk to it


def test_directory_that_is_open_to_others(place: Place) -> None:
    place.directory.mkdir(parents=True, mode=0o755)
    place.directory.chmod(0o755)
    with pytest.raises(DaemonGone, match="open to others"):
        client.connect(place)
    assert client.running(place) is None
    done = subprocess.run(
        [sys.executable, "-m", "lbtool.daemon", "--foreground"],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "open to others" in done.stderr


def test_directory_that_is_a_link(place: Place, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    place.directory.parent.mkdir(parents=True, mode=0o700)
    place.directory.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DaemonGone, match="symbolic link"):
        client.connect(place)


OTHER_USER = """
import os, socket, sys
os.setgroups([])
os.setresgid(65534, 65534, 65534)
os.setresuid(65534, 65534, 65534)
connection = socket.socket(fileno=int(sys.argv[1]))
connection.connect(sys.argv[2])
try:
    connection.sendall(b'{"id": 1, "method": "hello"}' + bytes([10]))
    print(connection.recv(100))
except ConnectionError:
    print(b"")
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="becoming another user needs root")
def test_another_user_gets_no_answer(daemon: Client, place: Place) -> None:
    """Even one who comes past the directory and the socket's mode."""
    path = place.path(place.socket)
    mode = path.stat().st_mode & 0o777
    assert mode == 0o600
    # open the way, and only for this: the check of the peer is what is tested
    folders = [path, *path.parents]
    before = {each: each.stat().st_mode for each in folders}
    script = OTHER_USER
    try:
        for each in folders[:-1]:
            each.chmod(0o777 if each == path else before[each] | 0o011)
        with socket.socket(socket.AF_UNIX) as ours:
            done = subprocess.run(
                [sys.executable, "-c", script, str(ours.fileno()), path.name],
                cwd=path.parent,
                pass_fds=[ours.fileno()],
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
    finally:
        for each in folders[:-1]:
            each.chmod(before[each])
    assert (done.stdout, done.stderr) == ("b''\n", "")
    assert daemon.request("status")["requests"]["hello"] == 1
    assert "belongs to user 65534" in place.path(place.log).read_text()


# ---- clients that are not what they should be


def raw(place: Place) -> socket.socket:
    return single.connect(place, 30)


def greeting() -> bytes:
    given = {"schema": protocol.SCHEMA, "build": build_id()}
    return protocol.encode({"id": 0, "method": "hello", "params": given})


def replies(connection: socket.socket, n: int) -> list[dict[str, Any]]:
    data = b""
    while data.count(b"\n") < n:
        received = connection.recv(1 << 16)
        assert received
        data += received
    return [json.loads(line) for line in data.splitlines()]


def test_garbage_is_answered_and_the_connection_lives(
    daemon: Client, place: Place
) -> None:
    with raw(place) as connection:
        connection.sendall(greeting() + b"\xff\x00garbage\n[]\n{}\n\n")
        found = replies(connection, 4)
        assert "result" in found[0]
        bad = [each["error"]["code"] for each in found[1:]]
        assert bad == ["frame", "frame", "request"]
        connection.sendall(b'{"id": 1, "method": "stat')
        connection.sendall(b'us"}\n')
        assert replies(connection, 1)[0]["result"]["pid"] == daemon.greeting["pid"]


def test_too_long_a_frame(daemon: Client, place: Place) -> None:
    with raw(place) as connection:
        connection.sendall(greeting())
        connection.sendall(b"x" * (protocol.REQUEST_LIMIT + 10) + b"\n")
        connection.sendall(b'{"id": 1, "method": "status"}\n')
        _, too_long, status = replies(connection, 3)
        assert too_long["error"]["code"] == "too-long"
        # the memory that it took has been given back, or most of it
        assert status["result"]["resident"] < 128 << 20
        assert status["result"]["pid"] == daemon.greeting["pid"]


def test_half_a_frame_and_gone(daemon: Client, place: Place) -> None:
    for size in (1, 10, 60):
        with raw(place) as connection:
            connection.sendall(greeting()[:size])
    with raw(place) as connection:
        connection.sendall(b'{"id": 1, "method": "status"}\n')
        assert replies(connection, 1)[0]["error"]["code"] == "hello"
    assert daemon.request("status")["requests"]["status"] == 1


def test_another_schema(place: Place, daemon: Client) -> None:
    del daemon
    with raw(place) as connection:
        given = {"schema": 99, "build": build_id()}
        asked = {"id": 0, "method": "hello", "params": given}
        connection.sendall(protocol.encode(asked))
        assert replies(connection, 1)[0]["error"]["code"] == "schema"


def test_a_slow_reader_does_not_hold_up_others(
    daemon: Client, place: Place, tmp_path: Path
) -> None:
    """It asks for much output and reads nothing of it."""
    path = write_module(tmp_path, "ends.wasm")
    with raw(place) as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        flood = run_params(order(path, "flood", time=None, output=1 << 40))
        asked = {"id": 1, "method": "run", "params": flood}
        slow.sendall(greeting() + protocol.encode(asked))
        many = b"".join(
            protocol.encode({"id": k, "method": "log"}) for k in range(10, 400)
        )
        slow.setblocking(False)
        try:
            while True:
                slow.send(many)
        except BlockingIOError:
            pass  # the daemon does not take more, for it gets nothing off
        before = daemon.request("status")["resident"]
        for _ in range(20):
            ending, _, _ = run(daemon, order(path, "add", "1", "1"))
            assert ending["ended"] == "returned"
        after = daemon.request("status")["resident"]
        assert after - before < 16 << 20
    # and its guest ends with it
    (tmp_path / "m.wat").write_text("(module)")
    while daemon.request("status")["guests"]["running"]:
        finished(daemon.stream("build", paths=[str(tmp_path)]))


def test_fifty_connections(daemon: Client, place: Place, tmp_path: Path) -> None:
    (tmp_path / "m.wat").write_text(functions(20))
    several = [client.greeted(place) for _ in range(50)]
    try:
        assert daemon.request("status")["connections"] == 51
        streams = [each.stream("build", paths=[str(tmp_path)]) for each in several]
        for stream in streams:
            next(stream)
        for stream in reversed(streams):
            events, summary = finished(stream)
            assert [event.name for event in events] == ["report"]
            assert summary["functions"] == 20
    finally:
        for each in several:
            each.close()


def test_several_requests_of_one_connection(daemon: Client, tmp_path: Path) -> None:
    path = write_module(tmp_path, "spin.wasm", SPIN)
    spin = daemon.stream("run", **run_params(order(path, "spin")))
    next(spin)
    one, _, _ = run(daemon, order(path, "one"))
    assert one["ended"] == "returned"
    again = daemon.stream("run", **run_params(order(path, "spin", time=0.1)))
    _, ending = finished(again)
    assert ending["ended"] == "trap"
    spin.close()
    assert daemon.request("status")["guests"]["ended"]["cancelled"] == 1


# ---- the log


def test_the_log_is_bounded(tmp_path: Path) -> None:
    import logging  # noqa: PLC0415

    path = tmp_path / "log"
    with opened_log(str(path)):
        for k in range(40_000):
            logging.getLogger("lbtool.daemon").info("line %d %s", k, "x" * 60)
    files = sorted(each.name for each in tmp_path.iterdir())
    assert files == ["log", "log.1"]
    assert all((tmp_path / each).stat().st_size <= LIMIT for each in files)
    last = tail(str(path), 3).splitlines()
    assert [line.split("line ")[1].split()[0] for line in last] == [
        "39997",
        "39998",
        "39999",
    ]


def test_the_log_through_the_daemon(daemon: Client) -> None:
    assert "listening" in daemon.request("log", lines=5)["text"]
