"""``lbtool daemon`` and the commands that use a running daemon, as users call them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from lbtool import config
from lbtool.cli import building
from lbtool.cli.daemon_run import DaemonRun, code_of
from lbtool.cli.watch_run import OwnRun, Run, Runner
from lbtool.daemon import client, protocol, single
from tests.cli.helpers import lbtool, output
from tests.daemon.conftest import wait_for_end
from tests.daemon.helpers import functions, write_module
from tests.data import ROOT

if TYPE_CHECKING:
    import socket
    from pathlib import Path

    from lbtool.daemon.client import Client
    from lbtool.daemon.place import Place

HEAVY = {"asyncio", "click", "diskcache", "rich", "sqlite3", "subprocess", "wasmtime"}


def shown(*arguments: str) -> Any:
    return json.loads(output(lbtool("daemon", *arguments, "--format", "json")))


def test_start_status_stop(place: Place) -> None:
    done = lbtool("daemon", "status")
    assert (done.returncode, done.stdout) == (1, b"no daemon runs\n")
    started = shown("start", "--idle", "30")
    assert started["started"]
    again = shown("start")
    assert (again["started"], again["pid"]) == (False, started["pid"])
    status = shown("status")
    assert (status["running"], status["pid"]) == (True, started["pid"])
    assert status["idle_exit"] == 30
    text = output(lbtool("daemon", "status"))
    assert str(place.path(place.socket)) in text
    for layer, version in status["guests"]["sandbox"].items():
        assert (f"NO {layer}" in text) == (version is None)
    assert shown("stop")["stopped"] == started["pid"]
    assert wait_for_end(started["pid"])
    assert shown("stop")["stopped"] is None
    log = output(lbtool("daemon", "log", "-n", "1"))
    assert "ended: stop was asked for" in log


def test_a_daemon_that_hangs_is_not_absent(daemon: Client) -> None:
    pid = daemon.greeting["pid"]
    os.kill(pid, signal.SIGSTOP)
    try:
        with ThreadPoolExecutor(3) as pool:
            commands = ("start", "status", "stop")
            for done in pool.map(lambda name: lbtool("daemon", name), commands):
                assert (done.returncode, done.stdout) == (2, b"")
                assert f"process {pid}, does not answer" in done.stderr.decode()
                assert f"kill -9 {pid}" in done.stderr.decode()
    finally:
        os.kill(pid, signal.SIGCONT)


def test_only_one_command_says_that_it_started_the_daemon(place: Place) -> None:
    assert client.running(place) is None
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: shown("start"), range(4)))
    assert len({each["pid"] for each in found}) == 1
    assert sum(each["started"] for each in found) == 1


def test_a_place_that_cannot_be_trusted(place: Place) -> None:
    place.directory.mkdir(parents=True)
    place.directory.chmod(0o777)
    done = lbtool("daemon", "start")
    assert done.returncode == 2
    assert b"is open to others" in done.stderr


def test_another_build_is_told(
    daemon: Client, monkeypatch: pytest.MonkeyPatch, place: Place
) -> None:
    del daemon
    monkeypatch.setattr(client, "build_id", lambda: "other")
    assert client.running(place) is None


def test_foreground(place: Place) -> None:
    command = [sys.executable, "-m", "lbtool.cli", "daemon", "start", "--foreground"]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(b"listening on ")
        assert shown("status")["pid"] == process.pid
        assert lbtool("daemon", "start", "--foreground").returncode == 2
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    assert not place.path(place.socket).exists()


def test_build_uses_it_and_works_without(place: Place, tmp_path: Path) -> None:
    (tmp_path / "m.wat").write_text(functions(20))
    with client.connect(place) as daemon:
        first = lbtool("build", "--format", "json", str(tmp_path))
        assert first.returncode == 0
        assert daemon.request("status")["requests"]["build"] == 1
        without = lbtool("build", "--format", "json", "--no-daemon", str(tmp_path))
        assert daemon.request("status")["requests"]["build"] == 1
        os.kill(daemon.greeting["pid"], signal.SIGKILL)
    recovered = lbtool("build", "--format", "json", str(tmp_path))
    for done, compiled in ((first, 20), (without, 0), (recovered, 0)):
        events = [json.loads(line) for line in done.stdout.splitlines()]
        summary = next(each for each in events if each["event"] == "summary")
        assert (summary["functions"], summary["compiled"]) == (20, compiled)


def test_build_does_not_wait_for_a_daemon_that_hangs(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It answers hello, and then nothing any more."""
    path = tmp_path / "m.wat"
    path.write_text(functions(3))
    monkeypatch.setattr(building, "HUNG", 0.1)

    def work(listener: socket.socket) -> None:
        listener.setblocking(True)
        connection, _ = listener.accept()
        (line,) = protocol.Lines().feed(connection.recv(protocol.CHUNK))
        assert isinstance(line, bytes)
        greeting = {"pid": 1, "state": os.environ["LBTOOL_STATE_DIR"]}
        answer = protocol.result(json.loads(line)["id"], greeting)
        connection.send(protocol.encode(answer))
        while connection.recv(protocol.CHUNK):
            pass
        connection.close()

    with place.opened(create=True) as directory:
        listener = single.listen(directory, place)
        worker = threading.Thread(target=work, args=(listener,))
        worker.start()
        request = building.Request({path: []}, config.load(tmp_path))
        (report, _), *more = building.reports_of(request)
        worker.join()
        listener.close()
    assert (report.state, report.compiled, more) == ("built", 3, [])


def test_a_run_starts_from_what_the_daemon_built(place: Place, tmp_path: Path) -> None:
    """As after `lbtool build` without a daemon: the image is there."""
    (tmp_path / "m.wat").write_text(functions(3))
    with client.connect(place):
        assert lbtool("build", str(tmp_path)).returncode == 0
    images = [
        each for each in place.directory.parent.rglob("*") if "image" in str(each)
    ]
    assert [each for each in images if each.is_file()]


def test_what_a_client_imports() -> None:
    script = "import sys, lbtool.daemon.client; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert not HEAVY & set(done.stdout.split())


# ---- runs of watch


def ended(path: Path, invoke: str, **settings: Any) -> tuple[Run, list[Run]]:
    """A run that has ended by itself."""
    import queue  # noqa: PLC0415

    ends: queue.SimpleQueue[Run] = queue.SimpleQueue()
    chosen = config.load(path.parent, settings)
    run = Runner(str(path), [], invoke, chosen).start(ends.put)
    return run, [ends.get(timeout=60)]


def test_runs_are_the_same_in_the_daemon_and_without(
    place: Place, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = write_module(tmp_path, "ends.wasm")
    with client.connect(place):
        for invoke in ("say", "trap", "nope"):
            found = []
            for daemon, kind in ((True, DaemonRun), (False, OwnRun)):
                run, ends = ended(path, invoke, daemon=daemon)
                assert isinstance(run, kind)
                assert ends == [run]
                found.append((run.code, *capfd.readouterr()))
                run.stop()
                assert not run.stopped
            assert found[0] == found[1]


def test_a_run_is_stopped(place: Place, tmp_path: Path) -> None:
    path = write_module(tmp_path, "ends.wasm")
    with client.connect(place) as daemon:
        settings = config.load(tmp_path, {})
        ends: list[Run] = []
        run = Runner(str(path), [], "hang", settings).start(ends.append)
        run.stop()
        assert run.stopped
        assert ends == [run]
        assert wait_for_end(run.pid)
        assert daemon.request("status")["guests"]["ended"] == {"cancelled": 1}


def test_a_run_whose_daemon_dies(
    place: Place, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = write_module(tmp_path, "ends.wasm")
    with client.connect(place) as daemon:
        settings = config.load(tmp_path, {})
        ends: list[Run] = []
        run = Runner(str(path), [], "hang", settings).start(ends.append)
        os.kill(daemon.greeting["pid"], signal.SIGKILL)
        assert wait_for_end(run.pid)
        run.stop()
        assert ends == [run]
        assert run.code == 2
    del capfd


@pytest.mark.parametrize(
    ("ending", "code", "said"),
    [
        ({"ended": "exit", "code": 3}, 3, ""),
        ({"ended": "vanished", "code": 134}, 134, ""),
        ({"ended": "crashed", "signal": "SIGSEGV"}, 139, "SIGSEGV"),
        ({"ended": "crashed", "signal": None}, 137, "parent"),
        ({"ended": "memory"}, 2, "memory"),
        ({"ended": "time"}, 134, "time"),
        ({"ended": "trap", "report": "error: trap: x"}, 134, "error: trap: x"),
        ({"ended": "refused", "report": "error: y"}, 1, "error: y"),
        ({"ended": "failed", "report": "error: z"}, 2, "error: z"),
    ],
)
def test_codes(
    ending: dict[str, Any], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code_of(ending) == code
    assert said in capsys.readouterr().err
