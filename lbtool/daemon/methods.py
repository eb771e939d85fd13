"""The table of methods, and those that are about the daemon itself."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass

from lbtool.daemon import protocol
from lbtool.daemon.log import tail
from lbtool.daemon.protocol import Fault, Json
from lbtool.daemon.runs import RunParams, run
from lbtool.daemon.services import Services, resident
from lbtool.daemon.session import Call, Method

LOG_LINES = 10_000


@dataclass(frozen=True, slots=True)
class NoParams:
    """For methods that have no parameters."""


@dataclass(frozen=True, slots=True)
class Hello:
    """The client's side of the handshake.

    schema  `protocol.SCHEMA`
    build   `identity.build_id`
    """

    schema: int
    build: str


async def hello(call: Call[Services], params: Hello) -> Json:
    """Compare builds; a client of another one is told so, and may ask to `stop`."""
    if params.schema != protocol.SCHEMA:
        raise Fault("schema", f"this daemon speaks schema {protocol.SCHEMA}")
    if params.build != call.services.build:
        raise Fault("build")
    call.session.greeted = True
    return {
        "schema": protocol.SCHEMA,
        "pid": os.getpid(),
        "version": call.services.place.version,
        "build": call.services.build,
    }


async def status(call: Call[Services], _: NoParams) -> Json:
    """What `lbtool daemon status` shows."""
    services = call.services
    place = services.place
    return {
        "schema": protocol.SCHEMA,
        "pid": os.getpid(),
        "version": place.version,
        "build": services.build,
        "uptime": time.time() - services.started,
        "idle_exit": services.idle,
        "resident": resident(),
        "connections": services.count(),
        "requests": dict(services.requests),
        "socket": str(place.path(place.socket)),
        "log": str(place.path(place.log)),
        "guests": services.guests.status(),
    }


@dataclass(frozen=True, slots=True)
class Stop:
    """`patient`: requests that will end by themselves are waited for."""

    patient: bool = False


async def stop(call: Call[Services], params: Stop) -> Json:
    """End the daemon."""
    call.services.end("stop was asked for", patient=params.patient)
    return {"pid": os.getpid()}


@dataclass(frozen=True, slots=True)
class Log:
    """How many `lines` of the log's end."""

    lines: int = 50


async def log(call: Call[Services], params: Log) -> Json:
    """The end of the log."""
    path = f"{call.services.directory}/{call.services.place.log}"
    return {"text": tail(path, min(max(params.lines, 0), LOG_LINES))}


METHODS: dict[str, Method[Services]] = {
    "hello": Method(hello, Hello, first=True),
    "status": Method(status, NoParams),
    "stop": Method(stop, Stop, first=True),
    "log": Method(log, Log),
    "run": Method(run, RunParams),
}
