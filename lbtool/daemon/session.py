"""One client's requests: the protocol without sockets.

A `Session` is fed lines and posts messages to a `Sink`. Every request is a task of its
own, so several are answered side by side; a client that does not read holds up its own
requests and nobody else's.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from lbtool.daemon import params, protocol
from lbtool.daemon.protocol import BadRequest, Fault, Json, Request
from lbtool.errors import LbtoolError

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Awaitable, Callable, Mapping

S = TypeVar("S")


class Sink(Protocol):
    """Where messages of one connection go."""

    def post(self, message: Json) -> None:
        """Send `message`, now or when there is room."""

    async def room(self) -> None:
        """Wait while the client does not read; ConnectionError when it is gone."""


@dataclass(frozen=True, slots=True)
class Call(Generic[S]):
    """What a method gets beside its parameters."""

    services: S
    session: Session[S]
    id: protocol.Id

    async def event(self, name: str, data: Json) -> None:
        """Send one event; waits while the client does not read."""
        self.session.sink.post(protocol.event(self.id, name, data))
        await self.session.sink.room()


@dataclass(frozen=True, slots=True)
class Method(Generic[S]):
    """A row of the table of methods.

    answer   an async function of a `Call` and a `params`; gives the result
    params   a dataclass for `lbtool.daemon.params.read`
    endless  it ends only when it is cancelled, so nobody waits for its end
    first    it may come before `hello` has succeeded
    """

    answer: Callable[[Call[S], Any], Awaitable[Json]]
    params: type
    endless: bool = False
    first: bool = False


class Session(Generic[S]):
    """The requests of one connection.

    methods    names and their rows
    services   handed to every method
    sink       where answers go; it never holds more than `protocol.IN_FLIGHT` of
               them beyond its room, because nothing is received without room
    log        told about exceptions that no method should have raised
    begun      how many requests were begun, by method

    `greeted` is set by the method that is satisfied with the client.
    """

    def __init__(
        self,
        methods: Mapping[str, Method[S]],
        services: S,
        sink: Sink,
        log: Callable[[str, BaseException], None],
        begun: Counter[str],
    ) -> None:
        self.sink = sink
        self._methods = methods
        self._services = services
        self._log = log
        self._begun = begun
        self._tasks: dict[protocol.Id, asyncio.Task[None]] = {}
        self._endless: set[protocol.Id] = set()
        self.greeted = False
        self._closing: Fault | None = None

    @property
    def busy(self) -> bool:
        """Whether a request that will end by itself is unanswered."""
        return bool(self._tasks.keys() - self._endless)

    @property
    def idle(self) -> bool:
        """Whether no request is unanswered."""
        return not self._tasks

    async def receive(self, line: bytes | BadRequest) -> None:
        """Take one line; its answer comes when it is ready."""
        try:
            if isinstance(line, BadRequest):
                raise line
            self._begin(protocol.parse_request(line))
        except BadRequest as fault:
            self.sink.post(protocol.error(fault.id, fault))
        # A task that is cancelled before it ever ran could not answer.
        await asyncio.sleep(0)
        await self.sink.room()

    def _begin(self, request: Request) -> None:
        if request.method == "cancel":
            self._cancel(request)
            return
        method = self._admit(request)
        self._begun[request.method] += 1
        task = asyncio.create_task(self._answer(request, method))
        self._tasks[request.id] = task
        if method.endless:
            self._endless.add(request.id)
        task.add_done_callback(lambda _: self._forget(request.id))

    def _forget(self, id_: protocol.Id) -> None:
        del self._tasks[id_]
        self._endless.discard(id_)

    def _admit(self, request: Request) -> Method[S]:
        """The method of a request that may begin; raises `BadRequest`."""
        method = self._methods.get(request.method)
        if request.id in self._tasks:
            # answering to this id would end the request that has it
            raise BadRequest("request", f"id {request.id!r} is in use")
        if self._closing is not None:
            raise BadRequest(self._closing.code, id_=request.id)
        if not self.greeted and not (method and method.first):
            raise BadRequest("hello", id_=request.id)
        if method is None:
            names = ", ".join(self._methods)
            raise BadRequest(
                "method", f"no such method; there are: {names}", request.id
            )
        if len(self._tasks) >= protocol.IN_FLIGHT:
            raise BadRequest("busy", id_=request.id)
        return method

    def _cancel(self, request: Request) -> None:
        """Answers at once; what is cancelled answers for itself."""
        of = request.params.get("id")
        task = self._tasks.get(of) if isinstance(of, int | str) else None
        if task is not None:
            task.cancel()
        self.sink.post(protocol.result(request.id, {"found": task is not None}))

    async def _answer(self, request: Request, method: Method[S]) -> None:
        try:
            reply = protocol.result(request.id, await self._run(request, method))
        except Fault as fault:
            reply = protocol.error(request.id, fault)
        except asyncio.CancelledError:
            why = self._closing or Fault("cancelled")
            reply = protocol.error(request.id, why)
        except ConnectionError:
            return  # nobody is there to be told
        self.sink.post(reply)

    async def _run(self, request: Request, method: Method[S]) -> Json:
        call = Call(self._services, self, request.id)
        try:
            given: Any = params.read(method.params, request.params)
            return await method.answer(call, given)
        except (Fault, ConnectionError):
            raise
        except (LbtoolError, OSError) as error:
            raise Fault("failed", str(error)) from error
        except Exception as error:
            self._log(request.method, error)
            text = f"internal error: {type(error).__name__}: {error}"
            raise Fault("failed", text) from error

    async def drain(self, why: Fault) -> None:
        """Begin nothing new, end what is endless, wait for the rest."""
        self._closing = why
        for id_ in self._endless:
            self._tasks[id_].cancel()
        await self._finished()

    async def close(self, why: Fault) -> None:
        """Cancel every request; each is answered by `why`."""
        self._closing = why
        for task in self._tasks.values():
            task.cancel()
        await self._finished()

    async def _finished(self) -> None:
        if self._tasks:
            await asyncio.wait(self._tasks.values())
