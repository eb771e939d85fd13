"""The daemon from a command's side: blocking, with few imports.

`running` gives a connection to a daemon of this build if there is one; `connect` starts
one if need be. Any problem with the daemon, from then on too, is `DaemonGone`: whoever
gets it does the work itself. What a daemon answers is a value, or `Fault`.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import time
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from lbtool.cache.private import Unusable, state_directory
from lbtool.daemon import protocol, single
from lbtool.daemon.identity import build_id
from lbtool.daemon.place import NotPrivateError, Place, here, peer
from lbtool.daemon.protocol import Fault, Json
from lbtool.errors import LbtoolError

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from types import TracebackType

ANSWER = 5.0  # seconds in which a healthy daemon answers hello
# Seconds in which one that does nothing has to answer those who can do the work
# themselves; one that is busy may take `ANSWER`.
QUICK = 0.8
START = 40.0  # seconds in which a daemon starts, its predecessor's end included


class DaemonGone(LbtoolError):  # noqa: N818  # a state, and what to do is known
    """There is no daemon, or it went away, or it does not answer as one."""


class Silent(DaemonGone):
    """It lives, and has not answered in time."""

    def __init__(self, pid: int) -> None:
        super().__init__(f"the daemon, process {pid}, does not answer")
        self.hints = (f"`kill -9 {pid}` ends it",)


class Event(NamedTuple):
    """What comes before the result of a request."""

    name: str
    data: Json


def running(place: Place | None = None) -> Client | None:
    """A connection to a daemon of this build whose records are sealed with our key.

    None when there is none, or it hangs.
    """
    try:
        client = greeted(place or here(), QUICK)
        if client.greeting["state"] == state_directory():
            return client
        client.close()
    except (LbtoolError, Unusable):
        pass
    return None


def connect(
    place: Place | None = None,
    *,
    idle: float | None = None,
    env: Mapping[str, str] | None = None,
) -> Client:
    """A connection to the daemon, which is started if need be. Raises `DaemonGone`.

    A daemon of another build is asked to end, and replaced when its requests are
    answered. A daemon that is started has `env` added to its environment, and ends
    after `idle` seconds without a client.
    """
    place = place or here()
    said, started = "", False
    for attempt in range(3):
        try:
            client = greeted(place)
            client.started = started
            return client  # noqa: TRY300
        except NotPrivateError as error:
            raise DaemonGone(f"no daemon: {error}") from None
        except Fault as fault:
            said = str(fault)
            with suppress(Silent):
                dismiss(place, patient=True)
        except Silent:
            raise
        except DaemonGone as error:
            said = said or str(error)
        if attempt < 2:
            text, started = start(idle, env)
            said = text or said
    raise DaemonGone(f"the daemon does not start: {said}")


def greeted(place: Place, patience: float = ANSWER) -> Client:
    """A connection whose `hello` was answered well.

    The daemon has `patience` seconds, and `ANSWER` when it is at work meanwhile.
    Raises `DaemonGone`; `NotPrivateError`; `Fault` ("build", "schema") when the daemon
    is another one than this client's.
    """
    until = time.monotonic() + ANSWER
    client = Client(_reach(place, patience))
    try:
        while not client.greeting:
            spent = client.spent()
            try:
                client.greeting = client.request(
                    "hello", schema=protocol.SCHEMA, build=build_id()
                )
            except Silent:
                if time.monotonic() > until or client.spent() == spent:
                    raise
    except BaseException:
        client.close()
        raise
    client.patience(None)
    return client


def _reach(place: Place, patience: float = ANSWER) -> socket.socket:
    try:
        return single.connect(place, patience)
    except OSError as error:
        raise DaemonGone(f"no daemon: {error.strerror or error}") from None


def dismiss(place: Place, *, patient: bool = False) -> int | None:
    """Ask the daemon to end, whatever build it is of; gives its process.

    `patient` lets it answer its requests first. None when there is nobody to ask.
    Raises `Silent`.
    """
    try:
        with Client(_reach(place)) as client:
            pid: int = client.request("stop", patient=patient)["pid"]
            return pid
    except Silent:
        raise
    except (DaemonGone, Fault, NotPrivateError):
        return None


def start(
    idle: float | None = None, env: Mapping[str, str] | None = None
) -> tuple[str, bool]:
    """See to it that there is a daemon; gives what is said when that fails.

    And whether this call has started it.

    It runs in the background, in a session of its own. Returns when it listens.
    """
    import subprocess  # noqa: PLC0415  # only who starts one needs it
    from pathlib import Path  # noqa: PLC0415

    import lbtool  # noqa: PLC0415

    paths = [str(Path(lbtool.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    options = [] if idle is None else ["--idle", str(idle)]
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "lbtool.daemon", *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={
                **os.environ,
                **(env or {}),
                "PYTHONPATH": os.pathsep.join(filter(None, paths)),
            },
            timeout=START,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error), False
    return done.stdout.decode(errors="replace").strip(), done.returncode == 0


class Client:
    """A connection to a daemon; one thread at a time.

    greeting  the daemon's answer to `hello`: pid, version, build, state
    started   whether `connect` has started the daemon for this connection
    """

    def __init__(self, connection: socket.socket) -> None:
        self.greeting: Json = {}
        self.started = False
        self._socket = connection
        self._lines = protocol.Lines(sys.maxsize)
        self._waiting: dict[protocol.Id, deque[Json]] = {}
        self._last = 0
        self._while_busy = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up; the daemon then cancels what is unanswered."""
        self._socket.close()

    def hang_up(self) -> None:
        """End what waits for the daemon, with `DaemonGone`; from any thread."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def spent(self) -> str:
        """How much processor time the daemon has used, as the kernel writes it."""
        pid, _ = peer(self._socket)
        try:
            with open(f"/proc/{pid}/stat", encoding="utf-8") as file:  # noqa: PTH123
                return " ".join(file.read().rpartition(")")[2].split()[11:13])
        except OSError:
            return ""

    def patience(self, seconds: float | None, *, while_busy: bool = False) -> None:
        """How long to wait for each message; None is for ever.

        while_busy  as long as the daemon uses its processor it is waited for
        """
        self._socket.settimeout(seconds)
        self._while_busy = while_busy

    def request(self, method: str, **params: Any) -> Json:  # noqa: ANN401  # JSON
        """The result of a method; its events are dropped. Raises `Fault`."""
        stream = self.stream(method, **params)
        while True:
            try:
                next(stream)
            except StopIteration as end:
                result: Json = end.value
                return result

    def stream(
        self,
        method: str,
        **params: Any,  # noqa: ANN401
    ) -> Generator[Event, None, Json]:
        """Events as they come; the result is the generator's value. Raises `Fault`.

        Closing the generator before its end cancels the request. The request is sent
        when the first event is asked for.
        """
        self._last += 1
        id_ = self._last
        self._waiting[id_] = deque()
        ended = False
        try:
            self._send({"id": id_, "method": method, "params": params})
            while True:
                message = self._next(id_)
                if "event" in message:
                    yield Event(message["event"], message["data"])
                    continue
                ended = True
                if "error" in message:
                    raise _fault(message["error"])
                result: Json = message["result"]
                return result
        except DaemonGone:
            ended = True
            raise
        finally:
            if not ended:
                self._cancel(id_)
            del self._waiting[id_]

    def switch(self, method: str) -> socket.socket:
        """Have another protocol on the connection, which is the caller's from then on.

        Raises `Fault`, `DaemonGone`.
        """
        self._last += 1
        self._waiting[self._last] = deque()
        self._send({"id": self._last, "method": method, "params": {}})
        first = self._next(self._last)
        if "error" in first:
            raise _fault(first["error"])
        return self._socket

    def _read(self) -> bytes:
        while True:
            spent = self.spent() if self._while_busy else ""
            try:
                return self._socket.recv(protocol.CHUNK)
            except TimeoutError:
                if not self._while_busy or self.spent() == spent:
                    raise Silent(peer(self._socket)[0]) from None
            except OSError as error:
                raise DaemonGone(f"the daemon does not answer: {error}") from None

    def _cancel(self, id_: protocol.Id) -> None:
        """Take a request back, and read on to its end."""
        try:
            self._last += 1
            self._send({"id": self._last, "method": "cancel", "params": {"id": id_}})
            while "event" in self._next(id_):
                pass
        except DaemonGone:
            pass  # as good as cancelled

    def _send(self, message: Json) -> None:
        try:
            self._socket.sendall(protocol.encode(message))
        except OSError as error:
            raise DaemonGone(f"the daemon went away: {error.strerror}") from None

    def _next(self, id_: protocol.Id) -> Json:
        """The next message that answers request `id_`."""
        mine = self._waiting[id_]
        while not mine:
            self._receive()
        return mine.popleft()

    def _receive(self) -> None:
        """Take what has come, at least one byte, and sort it by requests."""
        data = self._read()
        if not data:
            raise DaemonGone("the daemon went away")
        for line in self._lines.feed(data):
            try:
                assert isinstance(line, bytes)
                message = json.loads(line)
                queue = self._waiting.get(message["id"])
            except (ValueError, KeyError, TypeError) as error:
                raise DaemonGone(f"the daemon answers nonsense: {error}") from None
            if queue is not None:
                queue.append(message)


def _fault(error: Json) -> Fault:
    code = error.get("code")
    known = code if code in protocol.CODES else "failed"
    return Fault(known, str(error.get("message")))
