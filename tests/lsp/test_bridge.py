"""``lbtool lsp``: whatever happens to a server, the editor does not notice."""

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest

from lbtool.daemon import client as daemon_client
from lbtool.lsp.bridge import DEATHS, Bridge, Reached, own, reach
from lbtool.lsp.door import serve_socket
from tests.lsp.client import PATIENCE, Client, Process, edit
from tests.lsp.texts import ADD, ADD_LINE, DIV, URI

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lbtool.daemon.place import Place

LIGHT = {"asyncio", "pygls", "lsprotocol", "attrs", "cattrs", "wasmtime", "click"}


class Servers:
    """Servers in threads, whose connections a test can cut."""

    def __init__(self) -> None:
        self.made: list[socket.socket] = []
        self._threads: list[threading.Thread] = []

    def reach(self) -> Reached:
        ours, theirs = socket.socketpair()
        self.made.append(ours)
        thread = threading.Thread(target=serve_socket, args=[theirs], daemon=True)
        thread.start()
        self._threads.append(thread)
        return Reached(ours)

    def end(self) -> None:
        """Wait for what they do last, which may be starting a daemon."""
        for each in self._threads:
            each.join(PATIENCE)

    def kill(self) -> None:
        """What the bridge sees when a server dies."""
        self.made[-1].shutdown(socket.SHUT_RDWR)


def bridged(reach: Callable[[], Reached]) -> tuple[Client, list[int]]:
    """A client of a bridge in a thread, and its exit code when it has ended."""
    source, to_bridge = os.pipe()
    from_bridge, target = os.pipe()
    codes: list[int] = []

    def run() -> None:
        codes.append(Bridge(source, target, reach).run())
        os.close(source)
        os.close(target)

    threading.Thread(target=run, daemon=True).start()
    lock, shut = threading.Lock(), [False]

    def write(data: bytes) -> None:
        while data:
            data = data[os.write(to_bridge, data) :]

    def close() -> None:
        with lock:
            if not shut[0]:
                shut[0] = True
                os.close(to_bridge)

    client = Client(
        write,
        lambda: os.read(from_bridge, 1 << 16),
        close,
        lambda: os.close(from_bridge),
    )
    return client, codes


@pytest.fixture
def servers() -> Iterator[Servers]:
    made = Servers()
    yield made
    made.end()


@pytest.fixture
def client(servers: Servers) -> Iterator[Client]:
    client, _ = bridged(servers.reach)
    with client:
        client.initialize()
        yield client


def test_a_session(client: Client, servers: Servers) -> None:
    client.open(URI, ADD)
    assert "i32.add" in str(client.at("hover", URI, ADD_LINE, 5))
    client.finish()
    assert len(servers.made) == 1


def test_another_server_knows_the_text(client: Client, servers: Servers) -> None:
    client.open(URI, ADD)
    client.change(URI, 2, edit(ADD_LINE, 4, 11, "i32.mul"))
    assert "i32.mul" in str(client.at("hover", URI, ADD_LINE, 5))
    for _ in range(DEATHS - 1):
        servers.kill()
        hover = client.again(lambda: client.at("hover", URI, ADD_LINE, 5))
        assert "i32.mul" in str(hover)
    assert len(servers.made) == DEATHS
    # every answer was asked for, and came once
    assert all(each.empty() for each in client.replies.values())


def test_what_waits_for_a_server_that_dies_is_answered(
    client: Client, servers: Servers
) -> None:
    client.open(URI, ADD)
    given = {"uri": URI, "export": "spin", "args": []}
    params: Any = {"command": "lbtool.run", "arguments": [given], "workDoneToken": "w"}
    id_ = client.begin("workspace/executeCommand", params)
    assert client.next("$/progress")["value"]["kind"] == "begin"
    servers.kill()
    assert client.reply(id_)["error"]["code"] == -32802
    assert client.next("$/progress") == {"token": "w", "value": {"kind": "end"}}
    assert client.again(lambda: client.at("hover", URI, DIV, 6))


def test_too_many_deaths_are_the_end(servers: Servers) -> None:
    client, codes = bridged(servers.reach)
    with client:
        client.initialize()
        for _ in range(DEATHS - 1):
            servers.kill()
            client.again(lambda: client.request("workspace/symbol", {"query": "x"}))
        servers.kill()
        assert client.ended.wait(30)
    assert codes == [1]


def test_malformed_frames_are_answered(client: Client) -> None:
    client.raw(b"Content-Kind: x\r\n\r\n")
    assert client.reply(None)["error"]["code"] == -32700
    client.raw(b"Content-Length: 1\r\n\r\n{")
    assert client.reply(None)["error"]["code"] == -32700
    client.open(URI, ADD)
    assert client.at("hover", URI, DIV, 6)


def test_a_reader_that_is_slow(client: Client) -> None:
    """Requests are taken while answers wait for the pipe."""
    client.open(URI, ADD)
    ids = [
        client.begin("lbtool/assembly", {"textDocument": {"uri": URI}})
        for _ in range(300)
    ]
    texts = {client.result(id_)["text"] for id_ in ids}
    assert len(texts) == 1


@pytest.mark.parametrize("words", [[], ["--stdio"], ["--in-process"]])
def test_the_command(words: list[str]) -> None:
    """Through the daemon and without; guests that print stay out of the protocol."""
    process = Process(*words)
    client = process.client
    client.initialize()
    client.open(URI, ADD)
    assert "i32.add" in str(client.at("hover", URI, ADD_LINE, 5))
    assert client.run(URI, "add", "1 2")["text"] == "add(1, 2) = 3: i32"
    client.request("shutdown")
    client.notify("exit")
    assert client.ended.wait(30)
    assert process.end() == (0, "")


@pytest.mark.parametrize("words", [[], ["--in-process"]])
@pytest.mark.parametrize("shutdown", [False, True])
def test_exit_codes(words: list[str], shutdown: bool) -> None:
    process = Process(*words)
    process.client.initialize()
    if shutdown:
        process.client.request("shutdown")
    process.client.notify("exit")
    assert process.client.ended.wait(30)
    assert process.end() == (0 if shutdown else 1, "")


@pytest.mark.parametrize("words", [[], ["--in-process"]])
def test_stdin_closing_is_the_end(words: list[str]) -> None:
    process = Process(*words)
    process.client.initialize()
    process.client.open(URI, ADD)
    assert process.end() == (1, "")


def test_the_daemon_is_killed(place: Place) -> None:
    process = Process()
    client = process.client
    client.initialize()
    client.open(URI, ADD)
    client.change(URI, 2, edit(ADD_LINE, 4, 11, "i32.mul"))
    assert "i32.mul" in str(client.at("hover", URI, ADD_LINE, 5))
    with daemon_client.connect(place) as daemon:
        pid = daemon.greeting["pid"]
        status = daemon.request("status")
    assert status["requests"]["lsp"] == 1
    os.kill(pid, signal.SIGKILL)
    hover = client.again(lambda: client.at("hover", URI, ADD_LINE, 5))
    assert "i32.mul" in str(hover)
    assert client.run(URI, "add", "6 7")["text"] == "add(6, 7) = 42: i32"
    with daemon_client.connect(place) as daemon:
        assert daemon.greeting["pid"] != pid
    client.finish()
    assert process.end() == (0, "")


def test_nothing_else_reads_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """What asked for it is forgotten, and takes nothing back when it is collected.

    It did, and swallowed what the server had to say at that moment.
    """
    taken_back: list[object] = []
    monkeypatch.setattr(
        daemon_client.Client, "_cancel", lambda *given: taken_back.append(given)
    )
    reached = reach()
    gc.collect()
    assert not taken_back
    reached.close()


def test_the_daemon_is_stopped(place: Place) -> None:
    """As by a newer one: sessions do not hold it up, and go on."""
    process = Process()
    client = process.client
    client.initialize()
    client.open(URI, ADD)
    assert client.at("hover", URI, DIV, 6)
    assert daemon_client.dismiss(place, patient=True)
    assert client.again(lambda: client.at("hover", URI, DIV, 6))
    client.finish()
    assert process.end() == (0, "")


def test_without_a_daemon(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings forbid it: a process of its own, and another when that dies."""
    monkeypatch.setenv("LBTOOL_DAEMON", "0")
    process = Process()
    client = process.client
    client.initialize()
    client.open(URI, ADD)
    assert client.at("hover", URI, DIV, 6)
    assert daemon_client.running(place) is None
    client.finish()
    assert process.end() == (0, "")


def test_a_server_of_its_own_that_is_killed() -> None:
    made: list[Reached] = []

    def reach() -> Reached:
        made.append(own())
        return made[-1]

    client, codes = bridged(reach)
    with client:
        client.initialize()
        client.open(URI, ADD)
        assert client.at("hover", URI, DIV, 6)
        assert made[0].process is not None
        made[0].process.kill()
        assert client.again(lambda: client.at("hover", URI, DIV, 6))
        client.finish()
    assert codes == [0]
    assert [each.process and each.process.returncode for each in made] == [-9, 0]


def test_a_bridge_imports_little() -> None:
    code = "import sys, lbtool.lsp.bridge; print(*sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert not LIGHT & set(told.stdout.split())
