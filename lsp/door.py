"""A session over a pair of streams: stdio in this process, or a socket in the daemon.

Messages are taken one at a time, and each has its first turn before the next is read:
a request is about the text as it was when it was sent. A client that does not read is
not read from.
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import sys
from contextlib import suppress

from lbtool.lsp.framing import Frames

__all__ = ["serve", "serve_socket", "serve_stdio"]

CHUNK = 1 << 18
UNREAD = 16 << 20  # bytes of answers that may wait for a client
GOODBYE = 1.0  # seconds for a client to read the last ones
BROKEN = 1  # exit code of a session that ended without `exit`
log = logging.getLogger("lbtool.lsp")


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> int:
    """One session; gives the exit code that the protocol asks for."""
    from lbtool.lsp.server import Server  # noqa: PLC0415 - a quarter of a second

    writer.transport.set_write_buffer_limits(high=UNREAD)
    code: list[int] = []

    def send(data: bytes) -> None:
        if not writer.is_closing():
            writer.write(data)

    server = Server(send, code.append)
    frames = Frames()
    try:
        while not code and (data := await reader.read(CHUNK)):
            for body in frames.feed(data):
                server.protocol.receive(body)
                await asyncio.sleep(0)
                if code:
                    break
            await writer.drain()
    except ConnectionError as error:
        log.info("the client is gone: %s", error)
    finally:
        server.finish()
        server.protocol.cancel_all()
        await server.protocol.settle(GOODBYE)
        with suppress(OSError, TimeoutError):
            writer.close()
            await asyncio.wait_for(writer.wait_closed(), GOODBYE)
    return code[0] if code else BROKEN


def serve_stdio() -> int:
    """A session over stdin and stdout, which nothing else writes to from now on."""
    source, target = os.dup(0), os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    if os.path.samestat(os.fstat(source), os.fstat(target)):
        with suppress(OSError):
            connection = socket.socket(fileno=source)
            os.close(target)
            return serve_socket(connection)

    async def session() -> int:
        reader, writer = await _piped(source, target)
        return await serve(reader, writer)

    return asyncio.run(session())


async def _piped(
    source: int, target: int
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Streams of two descriptors: pipes, sockets or terminals."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(reader)
    await loop.connect_read_pipe(lambda: protocol, os.fdopen(source, "rb", 0))
    transport, _ = await loop.connect_write_pipe(
        asyncio.streams.FlowControlMixin, os.fdopen(target, "wb", 0)
    )
    return reader, asyncio.StreamWriter(transport, protocol, reader, loop)


def serve_socket(connection: socket.socket) -> int:
    """A session over a socket, in a loop and thread of its own."""

    async def session() -> int:
        reader, writer = await asyncio.open_unix_connection(sock=connection)
        return await serve(reader, writer)

    return asyncio.run(session())
