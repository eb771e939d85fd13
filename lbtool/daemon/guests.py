"""The daemon's side of guests: the fork server, and one `Guest` per run.

The fork server is started when the first guest is, and again when it has died. What a
guest prints is read only as fast as it is consumed, so one that prints without end
waits; nothing it does reaches the daemon but bytes.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
import os
import socket
import subprocess
import sys
from collections import Counter, deque
from contextlib import ExitStack, aclosing, asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import lbtool
from lbtool.daemon import sandbox
from lbtool.daemon.protocol import CHUNK, Fault, Json

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Iterable

    from lbtool.daemon.place import Place

log = logging.getLogger("lbtool.daemon")

PACKET = 4096
AT_ONCE = 64  # guests; more wait for their turn
REPORT_LIMIT = 1 << 20  # bytes of a guest's report; more is no report of ours
# What a guest's process inherits of the daemon's environment.
ENVIRONMENT = ("HOME", "LANG", "LC_ALL", "LC_CTYPE", "PATH", "TMPDIR", "LBTOOL_PURE")


class Guests:
    """Starts guests, and counts how they ended."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._log = place.path(place.log)
        self._server: ForkServer | None = None
        self._starting = asyncio.Lock()
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._numbers = itertools.count(1)
        self.ended: Counter[str] = Counter()
        self.servers = 0

    @asynccontextmanager
    async def started(self, order: Json, stdin: bytes) -> AsyncIterator[Guest]:
        """A guest that runs what `order` says, and is ended with the block."""
        async with self._turns:
            guest = await self._start(order, stdin)
            try:
                yield guest
            finally:
                guest.close()

    async def _start(self, order: Json, stdin: bytes) -> Guest:
        async with self._starting:
            if self._server is None or self._server.dead:
                self._server = await ForkServer.start(self._cwd(), self._log)
                self.servers += 1
                log.info("fork server %d", self._server.pid)
        return self._server.run(next(self._numbers), order, stdin)

    def _cwd(self) -> Path:
        folder = self._place.path(self._place.guests)
        folder.mkdir(mode=0o500, exist_ok=True)
        return folder

    def status(self) -> Json:
        """What `lbtool daemon status` shows of guests."""
        server = self._server
        alive = server is not None and not server.dead
        return {
            "fork_server": server.pid if server is not None and alive else None,
            "fork_servers_started": self.servers,
            "running": len(server.guests) if server is not None and alive else 0,
            "ended": dict(self.ended),
            "sandbox": sandbox.layers(),
        }

    def close(self) -> None:
        """End the fork server and with it every guest."""
        if self._server is not None:
            self._server.close()


class ForkServer:
    """A process of ``lbtool.daemon.forkserver``, and its guests by number."""

    def __init__(
        self, process: subprocess.Popen[bytes], control: socket.socket
    ) -> None:
        self.pid = process.pid
        self.dead = False
        self.guests: dict[int, Guest] = {}
        self._process = process
        self._control = control
        self._outbox: deque[tuple[bytes, list[int]]] = deque()
        self._ready = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.add_reader(control, self._receive)

    @classmethod
    async def start(cls, cwd: Path, errors: Path) -> ForkServer:
        """Start one in `cwd`; returns when it can fork. Raises `Fault`.

        What goes wrong in it is appended to the file `errors`.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setblocking(False)  # positional only
        root = str(Path(lbtool.__file__).parents[1])
        kept = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
        with theirs, errors.open("ab") as stderr:
            process = subprocess.Popen(  # noqa: ASYNC220, S603  # it does not block
                [
                    sys.executable,
                    "-m",
                    "lbtool.daemon.forkserver",
                    str(theirs.fileno()),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=stderr,
                pass_fds=[theirs.fileno()],
                env=kept | {"PYTHONPATH": root},
                cwd=cwd,
            )
        server = cls(process, ours)
        try:
            await server._ready.wait()
        except BaseException:
            server.close()
            raise
        if server.dead:
            raise Fault("failed", "the fork server does not start: see the log")
        return server

    def run(self, number: int, order: Json, stdin: bytes) -> Guest:
        """Ask for a guest."""
        with ExitStack() as undo:
            pipes = [_pipe(undo) for _ in range(3)]
            data = [_file(json.dumps(order).encode(), undo), _file(stdin, undo)]
            undo.pop_all()
        files = [*data, *(write for _, write in pipes)]
        guest = Guest(self, number, tuple(read for read, _ in pipes))
        self.guests[number] = guest
        self._send({"run": number}, files)
        return guest

    def kill(self, number: int) -> None:
        """End a guest; nothing happens when it has ended."""
        if number in self.guests:
            self._send({"kill": number})

    def _send(self, message: Json, files: list[int] | None = None) -> None:
        """Send when there is room, which is for ten; then `files` are closed."""
        self._outbox.append((json.dumps(message).encode(), files or []))
        self._flush()

    def _flush(self) -> None:
        loop = asyncio.get_running_loop()
        while self._outbox and not self.dead:
            data, files = self._outbox[0]
            try:
                socket.send_fds(self._control, [data], files)
            except BlockingIOError:
                loop.add_writer(self._control, self._flush)
                return
            except OSError as error:
                log.warning("fork server %d: %s", self.pid, error)
                self.close()
                return
            self._outbox.popleft()
            _close(files)
        loop.remove_writer(self._control)

    def _receive(self) -> None:
        try:
            data = self._control.recv(PACKET)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            log.warning("fork server %d ended: %s", self.pid, self._process.wait())
            self.close()
            return
        message = json.loads(data)
        if "ready" in message:
            self._ready.set()
        elif "started" in message:
            self.guests[message["started"]].begun(message["pid"])
        else:
            self.guests.pop(message["ended"]).gone(message["status"])

    def close(self) -> None:
        """End it, if it has not; guests end with it, and nobody knows how."""
        if self.dead:
            return
        self.dead = True
        loop = asyncio.get_running_loop()
        loop.remove_reader(self._control)
        loop.remove_writer(self._control)
        self._control.close()
        for _, files in self._outbox:
            _close(files)
        self._process.kill()
        self._process.wait()
        self._ready.set()
        for guest in self.guests.values():
            guest.gone(None)
        self.guests.clear()


def _pipe(undo: ExitStack) -> tuple[int, int]:
    """A pipe's ends, for reading and for writing."""
    ends = os.pipe()
    undo.callback(_close, ends)
    return ends


def _close(files: Iterable[int]) -> None:
    for fd in files:
        os.close(fd)


def _file(data: bytes, undo: ExitStack) -> int:
    """A descriptor from which `data` can be read."""
    fd = os.memfd_create("lbtool")
    undo.callback(os.close, fd)
    with os.fdopen(fd, "wb", closefd=False) as file:
        file.write(data)
    os.lseek(fd, 0, os.SEEK_SET)
    return fd


class Guest:
    """One run: its output, its report, its end."""

    def __init__(self, server: ForkServer, number: int, reads: tuple[int, ...]) -> None:
        self.number = number
        self._server = server
        self._reads = dict(zip(("stdout", "stderr", "report"), reads, strict=True))
        loop = asyncio.get_running_loop()
        self._pid: asyncio.Future[int | None] = loop.create_future()
        self._gone: asyncio.Future[int | None] = loop.create_future()

    def kill(self) -> None:
        """End it now."""
        self._server.kill(self.number)

    def begun(self, pid: int) -> None:
        """Note that its process is there."""
        self._pid.set_result(pid)

    def gone(self, status: int | None) -> None:
        """Note that the process has ended with this wait status; None is unknown."""
        self._gone.set_result(status)
        if not self._pid.done():
            self._pid.set_result(None)

    async def pid(self) -> int | None:
        """Its process; None when it could not begin."""
        return await asyncio.shield(self._pid)

    async def wait(self) -> int | None:
        """Its wait status, when it has ended; None when nobody knows."""
        return await asyncio.shield(self._gone)

    async def chunks(self, name: str) -> AsyncGenerator[bytes, None]:
        """What comes out of ``stdout``, ``stderr`` or ``report``, until its end."""
        loop = asyncio.get_running_loop()
        fd = self._reads.pop(name)
        os.set_blocking(fd, False)  # positional only
        try:
            while True:
                try:
                    data = os.read(fd, CHUNK)
                except BlockingIOError:
                    await _readable(loop, fd)
                    continue
                if not data:
                    return
                yield data
        finally:
            os.close(fd)

    async def report(self) -> Json | None:
        """How it says that it ended; None when it says nothing that makes sense."""
        data = b""
        async with aclosing(self.chunks("report")) as chunks:
            async for chunk in chunks:
                data += chunk
                if len(data) > REPORT_LIMIT:
                    return None
        with suppress(ValueError, RecursionError):
            found = json.loads(data)
            if isinstance(found, dict) and isinstance(found.get("ended"), str):
                return found
        return None

    def close(self) -> None:
        """Let go of what nobody read; the process ends when it writes there."""
        self.kill()
        while self._reads:
            os.close(self._reads.popitem()[1])


async def _readable(loop: asyncio.AbstractEventLoop, fd: int) -> None:
    """Wait until `fd` can be read, or is at its end."""
    ready = loop.create_future()
    loop.add_reader(fd, ready.set_result, None)
    try:
        await ready
    finally:
        loop.remove_reader(fd)
