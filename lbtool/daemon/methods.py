"""The table of methods, and those that are about the daemon itself."""

from __future__ import annotations

import os
import time

from lbtool.cache.private import state_directory
from lbtool.daemon import protocol, requests
from lbtool.daemon.builds import build, watch
from lbtool.daemon.language import lsp
from lbtool.daemon.log import tail
from lbtool.daemon.protocol import Fault, Json
from lbtool.daemon.runs import run
from lbtool.daemon.services import Services, resident
from lbtool.daemon.session import Call, Method

LOG_LINES = 10_000


async def hello(call: Call[Services], given: requests.Hello) -> Json:
    """Compare builds; a client of another one is told so, and may ask to `stop`."""
    if given.schema != protocol.SCHEMA:
        raise Fault("schema", f"this daemon speaks schema {protocol.SCHEMA}")
    if given.build != call.services.build:
        raise Fault("build")
    call.session.greeted = True
    return {
        "schema": protocol.SCHEMA,
        "pid": os.getpid(),
        "version": call.services.place.version,
        "build": call.services.build,
        "state": state_directory(),
    }


async def status(call: Call[Services], _: requests.Nothing) -> Json:
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
        "builds": services.builds.status(),
        "guests": services.guests.status(),
    }


async def stop(call: Call[Services], given: requests.Stop) -> Json:
    """End the daemon."""
    call.services.end("stop was asked for", patient=given.patient)
    return {"pid": os.getpid()}


async def log(call: Call[Services], given: requests.Log) -> Json:
    """The end of the log."""
    path = f"{call.services.directory}/{call.services.place.log}"
    return {"text": tail(path, min(max(given.lines, 0), LOG_LINES))}


METHODS: dict[str, Method[Services]] = {
    "hello": Method(hello, requests.Hello, first=True),
    "status": Method(status, requests.Nothing),
    "stop": Method(stop, requests.Stop, first=True),
    "log": Method(log, requests.Log),
    "build": Method(build, requests.Build),
    "watch": Method(watch, requests.Watch, endless=True),
    "run": Method(run, requests.Run),
    "lsp": Method(lsp, requests.Nothing, endless=True),
}
