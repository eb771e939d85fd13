"""``lbtool lsp``: between an editor on stdin and stdout and a server on a socket.

The server is the daemon, or a process of this one's own when there is none. When it
dies another one takes its place and is told what it needs to know (``journal``), so
that the editor does not notice. One thread, no server in this process.
"""

from __future__ import annotations

import os
import select
import socket
import subprocess
import sys
from collections import deque
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING

from lbtool.lsp.framing import Frames, MalformedFrame, frame
from lbtool.lsp.journal import Journal

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Bridge", "Reached", "bridge"]

CHUNK = 1 << 16
PIPE = 4096  # bytes that a pipe with room takes without waiting
FAREWELL = 5.0  # seconds for a server to end after `exit`
PATIENCE = 60.0  # seconds in which so many
DEATHS = 5  # servers may die
OK, BROKEN = 0, 1
MALFORMED = (
    b'{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"Parse Error: %b"}}'
)


class Reached:
    """A connection to a server; `process` is ours to wait for, if any."""

    def __init__(
        self, connection: socket.socket, process: subprocess.Popen[bytes] | None = None
    ) -> None:
        self.connection = connection
        self.process = process

    def close(self) -> None:
        """Hang up, and see to the end of a process of ours."""
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)
        self.connection.close()
        if self.process is not None:
            try:
                self.process.wait(FAREWELL)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def bridge() -> int:
    """Connect stdin and stdout with a server until the editor has enough."""
    return Bridge(0, 1, reach).run()


def reach() -> Reached:
    """The daemon, started if need be and if settings allow; else a process of ours."""
    from lbtool.config import load  # noqa: PLC0415 - a daemon has no part in tests
    from lbtool.daemon.client import DaemonGone, connect  # noqa: PLC0415
    from lbtool.daemon.protocol import Fault  # noqa: PLC0415
    from lbtool.errors import LbtoolError  # noqa: PLC0415

    idle, env, allowed = None, {}, True
    with suppress(LbtoolError, OSError):  # settings that are wrong are none
        settings = load()
        idle, allowed = settings.daemon_idle, settings.daemon
        if settings.cache_dir:
            env = {"LBTOOL_CACHE_DIR": settings.cache_dir}
    if allowed:
        with suppress(DaemonGone, Fault):
            return Reached(connect(idle=idle, env=env).switch("lsp"))
    return own()


def own() -> Reached:
    """A server in a process of its own."""
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", "lbtool.cli", "lsp", "--in-process"],
            stdin=theirs.fileno(),
            stdout=theirs.fileno(),
        )
    return Reached(ours, process)


class Bridge:
    """Bytes from here to there and back; `reach` gives a server whenever it is called.

    Raises nothing that a server or an editor does.
    """

    def __init__(self, source: int, target: int, reach: Callable[[], Reached]) -> None:
        self._source = source
        self._target = target
        self._reach = reach
        self._journal = Journal()
        self._server: Reached | None = None
        self._from_client = Frames()
        self._from_server = Frames()
        self._to_client = bytearray()
        self._to_server = bytearray()
        self._deaths: deque[float] = deque(maxlen=DEATHS)

    def run(self) -> int:
        """Until the editor closes its end; the exit code of the protocol."""
        try:
            self._connect()
            while self._turn():
                pass
        except (BrokenPipeError, ConnectionError):
            pass  # nobody reads any more
        finally:
            if self._server is not None:
                self._server.close()
        return OK if self._journal.tidy else BROKEN

    def _connect(self) -> None:
        self._server = self._reach()
        self._server.connection.setblocking(False)
        self._from_server = Frames()

    def _turn(self) -> bool:
        """Move what can be moved; False at the end."""
        assert self._server is not None
        server = self._server.connection
        reading = [server.fileno()]
        if not self._journal.ended:
            reading.append(self._source)
        writing = []
        if self._to_client:
            writing.append(self._target)
        if self._to_server:
            writing.append(server.fileno())
        timeout = FAREWELL if self._journal.ended else None
        readable, writable, _ = select.select(reading, writing, [], timeout)
        if not readable and not writable:
            return False  # the server has said what it will
        if self._target in writable:
            sent = os.write(self._target, self._to_client[:PIPE])
            del self._to_client[:sent]
        alive = True
        if server.fileno() in writable:
            alive = self._send(server)
        if alive and server.fileno() in readable:
            alive = self._hear_server(server)
        if not alive:
            if self._journal.ended:
                self._flush()
                return False
            return self._replace()
        return self._source not in readable or self._hear_client()

    def _send(self, server: socket.socket) -> bool:
        try:
            sent = server.send(self._to_server)
        except BlockingIOError:
            return True
        except OSError:
            return False
        del self._to_server[:sent]
        return True

    def _hear_client(self) -> bool:
        """Take what the editor sends; False when it sends no more."""
        data = os.read(self._source, CHUNK)
        if not data:
            return False
        for body in self._from_client.feed(data):
            if isinstance(body, MalformedFrame):
                self._to_client += frame(MALFORMED % str(body).encode())
            elif self._journal.from_client(body):
                self._to_server += frame(body)
        return True

    def _hear_server(self, server: socket.socket) -> bool:
        """Take what the server sends; False when it is gone."""
        try:
            data = server.recv(CHUNK)
        except BlockingIOError:
            return True
        except OSError:
            return False
        if not data:
            return False
        for body in self._from_server.feed(data):
            if isinstance(body, MalformedFrame):
                return False
            told, answer = self._journal.from_server(body)
            if told:
                self._to_client += frame(body)
            if answer is not None:
                self._to_server += frame(answer)
        return True

    def _replace(self) -> bool:
        """Another server in the place of one that died; False when too many did."""
        now = monotonic()
        self._deaths.append(now)
        if len(self._deaths) == DEATHS and now - self._deaths[0] < PATIENCE:
            sys.stderr.write(f"lbtool lsp: {DEATHS} servers have died; see the log\n")
            return False
        assert self._server is not None
        self._server.close()
        self._connect()
        to_server, to_client = self._journal.restart()
        self._to_server = bytearray(b"".join(map(frame, to_server)))
        self._to_client += b"".join(map(frame, to_client))
        return True

    def _flush(self) -> None:
        """Write the last words; who does not read them has ended."""
        while self._to_client:
            sent = os.write(self._target, self._to_client)
            del self._to_client[:sent]
