"""The method `lsp`: from then on the connection speaks the language server protocol.

The event `ready` is the last line of the daemon's protocol on it. A session has a
thread and an event loop of its own, so that nothing it does holds up builds, guests or
other editors for longer than a thread switch. What a session does is ``lbtool.lsp``.
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lbtool.daemon import requests
    from lbtool.daemon.protocol import Json
    from lbtool.daemon.services import Services
    from lbtool.daemon.session import Call

__all__ = ["lsp"]

log = logging.getLogger("lbtool.daemon")


async def lsp(call: Call[Services], _: requests.Nothing) -> Json:
    """Serve the connection until one of its ends hangs up."""
    from lbtool.daemon.server import Wire  # noqa: PLC0415 - imports the methods

    assert isinstance(call.session.sink, Wire)
    transport = call.session.sink.writer.transport
    assert isinstance(transport, asyncio.Transport)
    transport.pause_reading()
    await call.event("ready", {})
    descriptor = os.dup(transport.get_extra_info("socket").fileno())
    connection = socket.socket(fileno=descriptor)
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[None] = loop.create_future()

    def end() -> None:
        if not ended.done():
            ended.set_result(None)

    def session() -> None:
        from lbtool.lsp.door import serve_socket  # noqa: PLC0415 - imports pygls

        try:
            serve_socket(connection)
        except Exception:
            log.exception("language session")
        with suppress(RuntimeError):  # the daemon has ended
            loop.call_soon_threadsafe(end)

    Thread(target=session, name="language session", daemon=True).start()
    try:
        await ended
    finally:
        # whoever still reads finds the end, this daemon's protocol too
        with suppress(OSError):
            transport.get_extra_info("socket").shutdown(socket.SHUT_RDWR)
        transport.resume_reading()
    return {}
