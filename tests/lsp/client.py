"""A client that can also misbehave: messages as they are, over a socket or pipes."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from itertools import count
from queue import Empty, Queue
from time import monotonic
from typing import TYPE_CHECKING, Any, Self

from lbtool.lsp.framing import Frames, frame

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Json = dict[str, Any]

PATIENCE = 60.0  # seconds for anything to come; nothing takes so long
SERVER_CANCELLED = -32802
UTF16: Json = {"general": {"positionEncodings": ["utf-16"]}}


class Refused(Exception):  # noqa: N818
    def __init__(self, error: Json) -> None:
        super().__init__(str(error))
        self.code = error["code"]
        self.message = error["message"]


class Client:
    """One session. `answers` has what the client answers to requests of the server."""

    def __init__(
        self,
        write: Callable[[bytes], object],
        read: Callable[[], bytes],
        close: Callable[[], object],
        dispose: Callable[[], object] = lambda: None,
    ) -> None:
        self._write = write
        self._read = read
        self.close = close
        self._dispose = dispose
        self.answers: dict[str, Any] = {}
        self.told: dict[str, Queue[Json]] = {}
        self.asked: list[Json] = []
        self.replies: dict[Any, Queue[Json]] = {}
        self.garbage: list[object] = []
        self.ended = threading.Event()
        self._ids = count(1)
        self._writing = threading.Lock()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        assert self.ended.wait(PATIENCE)
        assert not self.garbage

    # ---- messages

    def raw(self, data: bytes) -> None:
        with self._writing:
            self._write(data)

    def send(self, message: Mapping[str, Any]) -> None:
        self.raw(frame(json.dumps({"jsonrpc": "2.0", **message}).encode()))

    def notify(self, method: str, params: object = None) -> None:
        self.send({"method": method, "params": params})

    def begin(self, method: str, params: object = None, id_: Any = None) -> Any:
        """Send a request; gives its id."""
        id_ = next(self._ids) if id_ is None else id_
        self.send({"id": id_, "method": method, "params": params})
        return id_

    def reply(self, id_: Any) -> Json:
        return _queue(self.replies, id_).get(timeout=PATIENCE)

    def result(self, id_: Any) -> Any:
        reply = self.reply(id_)
        if "error" in reply:
            raise Refused(reply["error"])
        return reply["result"]

    def request(self, method: str, params: object = None) -> Any:
        return self.result(self.begin(method, params))

    def again(self, ask: Callable[[], Any]) -> Any:
        """An answer, asked for again when a server died before it came."""
        while True:
            try:
                return ask()
            except Refused as refused:
                if refused.code != SERVER_CANCELLED:
                    raise

    def next(self, method: str) -> Json:
        """The next notification of this method."""
        return _queue(self.told, method).get(timeout=PATIENCE)

    def heard(self, method: str) -> list[Json]:
        """All that has come and was not taken."""
        found = []
        while True:
            try:
                found.append(_queue(self.told, method).get_nowait())
            except Empty:
                return found

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds, which is looked at after each message."""
        end = monotonic() + PATIENCE
        while not holds():
            assert monotonic() < end

    def _listen(self) -> None:
        frames = Frames()
        while data := self._read():
            for body in frames.feed(data):
                if not isinstance(body, bytes):
                    self.garbage.append(body)
                    return
                self._take(json.loads(body))
        self._dispose()
        self.ended.set()

    def _take(self, message: Json) -> None:
        method = message.get("method")
        if method is None:
            _queue(self.replies, message["id"]).put(message)
        elif "id" in message:
            self.asked.append(message)
            answer = self.answers.get(method)
            if callable(answer):
                answer = answer(message["params"])
            if not isinstance(answer, Later):
                with suppress(OSError):  # it may have ended
                    self.send({"id": message["id"], "result": answer})
        else:
            _queue(self.told, method).put(message["params"])

    # ---- what editors do

    def initialize(
        self, capabilities: Json | None = None, *, trusted: bool = True, **settings: Any
    ) -> Json:
        params = {
            "processId": None,
            "rootUri": None,
            "capabilities": UTF16 if capabilities is None else capabilities,
            "initializationOptions": {"trusted": trusted, "settings": settings},
        }
        result: Json = self.request("initialize", params)
        self.notify("initialized", {})
        return result

    def open(self, uri: str, text: str, version: int = 1) -> None:
        item = {"uri": uri, "languageId": "wat", "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})

    def change(self, uri: str, version: int, *changes: Json) -> None:
        which = {"uri": uri, "version": version}
        params = {"textDocument": which, "contentChanges": list(changes)}
        self.notify("textDocument/didChange", params)

    def shut(self, uri: str) -> None:
        self.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    def at(self, what: str, uri: str, line: int, character: int, **more: Any) -> Any:
        position = {"line": line, "character": character}
        params = {"textDocument": {"uri": uri}, "position": position, **more}
        return self.request(f"textDocument/{what}", params)

    def of(self, what: str, uri: str, **more: Any) -> Any:
        params = {"textDocument": {"uri": uri}, **more}
        return self.request(f"textDocument/{what}", params)

    def run(self, uri: str, export: str, args: object = None) -> Json:
        given = {"uri": uri, "export": export, "args": args}
        params = {"command": "lbtool.run", "arguments": [given]}
        found: Json = self.request("workspace/executeCommand", params)
        return found

    def finish(self) -> None:
        assert self.request("shutdown") is None
        self.notify("exit")
        assert self.ended.wait(PATIENCE)


def _queue(queues: dict[Any, Queue[Json]], name: object) -> Queue[Json]:
    """One queue per name, whichever thread comes first."""
    return queues.setdefault(name, Queue())


class Later:
    """An answer that the client does not give."""


def edit(line: int, start: int, end: int, text: str, last: int | None = None) -> Json:
    """A change in one line, or to `end` in line `last`."""
    to = {"line": line if last is None else last, "character": end}
    where = {"start": {"line": line, "character": start}, "end": to}
    return {"range": where, "text": text}


def over_socket(serve: Callable[[socket.socket], object]) -> Client:
    """A client of a server in a thread of this process, which ends before it does."""
    ours, theirs = socket.socketpair()
    thread = threading.Thread(target=serve, args=[theirs], daemon=True)
    thread.start()

    def close() -> None:
        try:
            ours.shutdown(socket.SHUT_WR)
        except OSError:
            return

    def dispose() -> None:
        ours.close()
        thread.join(PATIENCE)  # it may be starting a daemon

    return Client(ours.sendall, lambda: ours.recv(1 << 16), close, dispose)


class Process:
    """``lbtool lsp`` with a client on its pipes."""

    def __init__(self, *words: str, env: dict[str, str] | None = None) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "lbtool.cli", "lsp", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=env,
        )
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None
        assert stdout is not None
        read, to = stdout.fileno(), stdin.fileno()

        def write(data: bytes) -> None:
            while data:
                data = data[os.write(to, data) :]

        self.client = Client(write, lambda: os.read(read, 1 << 16), stdin.close)

    def __enter__(self) -> Client:
        return self.client

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> tuple[int, str]:
        """Close its stdin and wait; its exit code and stderr."""
        assert self.process.stdin is not None
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        assert self.process.stderr is not None
        with self.process.stderr as stderr:
            said = stderr.read().decode()
        code = self.process.wait(PATIENCE)
        assert self.client.ended.wait(PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()
        assert not self.client.garbage
        return code, said
