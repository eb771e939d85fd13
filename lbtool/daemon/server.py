"""The daemon's socket: connections, who may connect, idleness, and the end.

Every connection is a `lbtool.daemon.session.Session`. Peers of other users are closed
without an answer. The daemon ends when nobody was connected for a while, when it is
asked to, or on SIGTERM and SIGINT; it then answers what is unanswered, removes its
socket and lets go of its lock, in this order.
"""

from __future__ import annotations

import asyncio
import logging
import resource
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lbtool.daemon import protocol
from lbtool.daemon.log import opened_log
from lbtool.daemon.methods import METHODS
from lbtool.daemon.place import NotPrivateError, check_peer
from lbtool.daemon.protocol import Fault, Json
from lbtool.daemon.services import Services
from lbtool.daemon.session import Session

if TYPE_CHECKING:
    import socket

    from lbtool.daemon.place import Place

DRAIN = 10.0  # seconds for requests to end by themselves when a successor waits
FILES = 1 << 14  # descriptors: a guest takes three, a connection one
LOOK = 2.0  # seconds between two looks whether the socket is still found by its name
GOODBYE = 1.0  # seconds for a client to read its last answers
log = logging.getLogger("lbtool.daemon")


def serve(listener: socket.socket, directory: str, place: Place, idle: float) -> None:
    """Serve `listener` until the end; `directory` leads to the place's directory."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, FILES), hard))
    with opened_log(f"{directory}/{place.log}"):
        server = Server(listener, directory, place, idle)
        log.info("listening, build %s", server.services.build)
        asyncio.run(server.run())
        log.info("ended: %s", server.services.reason)


class Server:
    """Connections and the services they share."""

    def __init__(
        self, listener: socket.socket, directory: str, place: Place, idle: float
    ) -> None:
        self.services = Services(place, directory, idle)
        self._listener = listener
        self._socket = f"{directory}/{place.socket}"
        self._connections: dict[asyncio.Task[None], Session[Services]] = {}
        self._timer: asyncio.TimerHandle | None = None
        bound = Path(self._socket).stat()
        self._bound = bound.st_dev, bound.st_ino
        self._until = 0.0

    async def run(self) -> None:
        """Accept and answer; returns when everything is put away."""
        services = self.services
        services.count = lambda: len(self._connections)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, services.end, f"signal {number.name}")
        accepting = asyncio.create_task(self._accept(loop))
        self._watch_idleness()
        try:
            await services.ending.wait()
        finally:
            accepting.cancel()
            self._close_door()
            await self._dismiss()
            await services.close()

    def _close_door(self) -> None:
        with suppress(OSError):
            Path(self._socket).unlink()
        self._listener.close()

    async def _accept(self, loop: asyncio.AbstractEventLoop) -> None:
        while True:
            try:
                connection, _ = await loop.sock_accept(self._listener)
            except OSError as error:  # no descriptors: those that are open end
                log.warning("cannot accept: %s", error)
                await asyncio.sleep(0.1)
                continue
            try:
                check_peer(connection)
            except NotPrivateError as error:
                log.warning("refused: %s", error)
                connection.close()
                continue
            task = asyncio.create_task(self._converse(connection))
            task.add_done_callback(self._leave)

    async def _converse(self, connection: socket.socket) -> None:
        """Everything of one connection."""
        reader, writer = await asyncio.open_unix_connection(sock=connection)
        services = self.services
        wire = Wire(writer)
        session = Session(METHODS, services, wire, self._report, services.requests)
        task = asyncio.current_task()
        assert task is not None
        self._connections[task] = session
        self._watch_idleness()
        try:
            lines = protocol.Lines()
            while data := await reader.read(protocol.CHUNK):
                for line in lines.feed(data):
                    await session.receive(line)
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            await session.close(Fault("stopping"))
            await _farewell(writer)

    def _leave(self, task: asyncio.Task[None]) -> None:
        self._connections.pop(task, None)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._report("connection", error)
        self._watch_idleness()

    def _report(self, what: str, error: BaseException) -> None:
        log.error("%s: %r", what, error, exc_info=error)

    def _watch_idleness(self) -> None:
        """End after the idle time, unless somebody connects before.

        Or sooner, when nobody can: the directory or the socket was removed.
        """
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if not self._connections:
            self._until = asyncio.get_running_loop().time() + self.services.idle
            self._look()

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        left = self._until - loop.time()
        if left <= 0:
            self.services.end("idle")
        elif not self._is_found():
            self.services.end("nobody can find it: its socket was removed")
        else:
            self._timer = loop.call_later(min(left, LOOK), self._look)

    def _is_found(self) -> bool:
        place = self.services.place
        try:
            at = place.path(place.socket).stat()
        except OSError:
            return False
        return (at.st_dev, at.st_ino) == self._bound

    async def _dismiss(self) -> None:
        """Let requests end if a successor asked nicely, then end the rest."""
        if self._timer is not None:
            self._timer.cancel()
        why = Fault("stopping")
        if self.services.patient:
            drains = [each.drain(why) for each in self._connections.values()]
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.gather(*drains), DRAIN)
        tasks = list(self._connections)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)


@dataclass(frozen=True, slots=True)
class Wire:
    """The `Sink` of a connection: what has no room waits in the stream's buffer."""

    writer: asyncio.StreamWriter

    def post(self, message: Json) -> None:
        """Send `message`, or throw it away when the connection is closing."""
        if not self.writer.is_closing():
            self.writer.write(protocol.encode(message))

    async def room(self) -> None:
        """Wait while the client does not read."""
        await self.writer.drain()


async def _farewell(writer: asyncio.StreamWriter) -> None:
    """Close a connection; who does not read its last answers loses them."""
    writer.close()
    try:
        await asyncio.wait_for(writer.wait_closed(), GOODBYE)
    except (TimeoutError, OSError):
        writer.transport.abort()
