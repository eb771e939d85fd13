"""The method `run`: a guest in a sandboxed process, its output as events, its end.

Limits: output beyond its limit ends the guest; time beyond its limit first makes it
trap, which says where it was, and then ends it. A client that takes its request back,
or vanishes, ends it too.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import os
import signal
from contextlib import aclosing
from typing import TYPE_CHECKING

from lbtool.daemon import params
from lbtool.daemon.protocol import Fault, Json

if TYPE_CHECKING:
    from lbtool.daemon import requests
    from lbtool.daemon.guests import Guest
    from lbtool.daemon.services import Services
    from lbtool.daemon.session import Call

STREAMS = ("stdout", "stderr")
GRACE = 2.0  # seconds beyond its time limit in which a guest may still trap


async def run(call: Call[Services], given: requests.Run) -> Json:
    """Events `started` {pid} and `output` {stream, data in base64}; how it ended.

    ``ended`` is ``exit`` (code), ``returned`` (engine, results), ``trap`` (kind,
    backtrace, ...), ``refused`` (diagnostics), ``failed``, ``memory``, ``time``,
    ``output``, ``crashed`` (signal) or ``vanished`` (code). A `report`, text for
    people, comes with traps and with what is refused or failed.
    """
    try:
        stdin = base64.b64decode(given.stdin, validate=True)
    except binascii.Error as error:
        raise Fault("params", f"params.stdin: {error}") from None
    guests = call.services.guests
    try:
        async with guests.started(params.write(given.order), stdin) as guest:
            ending = await Running(call, guest, given.order.limits).finish()
    except BaseException:
        guests.ended["cancelled"] += 1
        raise
    guests.ended[ending["ended"]] += 1
    return ending


class Running:
    """A guest whose output goes to a client, within limits."""

    def __init__(
        self, call: Call[Services], guest: Guest, limits: requests.Limits
    ) -> None:
        self.call = call
        self.guest = guest
        self.limits = limits
        self.written = 0
        self.stopped: str | None = None

    async def finish(self) -> Json:
        """Pass everything on; gives how it ended."""
        timer = None
        if self.limits.time is not None:
            loop = asyncio.get_running_loop()
            timer = loop.call_later(self.limits.time + GRACE, self.stop, "time")
        await self.call.event("started", {"pid": await self.guest.pid()})
        report = asyncio.create_task(self.guest.report())
        output = [asyncio.create_task(self.pass_on(each)) for each in STREAMS]
        try:
            await asyncio.gather(report, *output)
            status = await self.guest.wait()
        finally:
            for task in (report, *output):
                task.cancel()
            if timer is not None:
                timer.cancel()
        if self.stopped is not None:
            return {"ended": self.stopped}
        return ending_of(status, report.result())

    def stop(self, why: str) -> None:
        """End the guest for the first reason there is."""
        self.stopped = self.stopped or why
        self.guest.kill()

    async def pass_on(self, stream: str) -> None:
        """One stream of output to the client, at the client's pace."""
        async with aclosing(self.guest.chunks(stream)) as chunks:
            async for data in chunks:
                room = self.limits.output - self.written
                self.written += len(data)
                shown = base64.b64encode(data[: max(room, 0)]).decode()
                if shown:
                    await self.call.event("output", {"stream": stream, "data": shown})
                if self.written > self.limits.output:
                    self.stop("output")


def ending_of(status: int | None, report: Json | None) -> Json:
    """How a guest ended that nobody stopped: its report if its process ended well."""
    if status is None:
        return {"ended": "crashed", "signal": None}
    code = os.waitstatus_to_exitcode(status)
    if code < 0:
        return {"ended": "crashed", "signal": signal.Signals(-code).name}
    if code == 0 and report is not None:
        return report
    return {"ended": "vanished", "code": code}
