"""Messages of the daemon's protocol: JSON lines, their shapes, sizes and errors.

A request is ``{"id": 1, "method": "build", "params": {...}}``. It is answered by any
number of ``{"id": 1, "event": NAME, "data": {...}}`` and one ``{"id": 1, "result":
{...}}`` or ``{"id": 1, "error": {"code": CODE, "message": TEXT}}``. Whatever cannot be
read as a request is answered by an error, whose id is null when it has none.

Not here: sockets (``server``, ``client``), what methods do (``methods``).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lbtool.errors import LbtoolError

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA = 1
REQUEST_LIMIT = 8 << 20  # bytes of one line that a client may send
IN_FLIGHT = 32  # requests of one connection that may be unanswered at a time
CHUNK = 1 << 16  # bytes that are read from a socket or a pipe at once

Json = dict[str, Any]
Id = int | str

# Code of an error reply -> what it means.
CODES = {
    "frame": "the line is no JSON object",
    "too-long": "the line is longer than a request may be",
    "request": "id or method is missing, of a wrong type, or in use",
    "hello": "the first request of a connection has to be hello",
    "schema": "the client speaks another version of this protocol",
    "build": "this daemon is of another build of lbtool",
    "method": "there is no such method",
    "params": "a parameter is missing, unknown, or of a wrong type",
    "busy": "too many requests of this connection are unanswered",
    "cancelled": "the client took the request back",
    "stopping": "the daemon is ending",
    "failed": "the method failed",
}


class Fault(LbtoolError):  # noqa: N818  # what a reply carries, not always an error here
    """An error reply; `code` is a key of `CODES`."""

    def __init__(self, code: str, message: str = "") -> None:
        assert code in CODES, code
        super().__init__(message or CODES[code])
        self.code = code


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it was sent; `params` are not looked at yet."""

    id: Id
    method: str
    params: Json = field(default_factory=dict)


class BadRequest(Fault):
    """A line that is no request; `id` is the one to answer to, or None."""

    def __init__(self, code: str, message: str = "", id_: Id | None = None) -> None:
        super().__init__(code, message)
        self.id = id_


def parse_request(line: bytes) -> Request:
    """Read a line; raises `BadRequest`."""
    try:
        message = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadRequest("frame", f"no JSON: {error}") from None
    if not isinstance(message, dict):
        raise BadRequest("frame")
    id_, method = message.get("id"), message.get("method")
    if not isinstance(id_, int | str) or isinstance(id_, bool):
        raise BadRequest("request", "id is a number or a string")
    if not isinstance(method, str):
        raise BadRequest("request", "method is a string", id_)
    params = message.get("params", {})
    if not isinstance(params, dict):
        raise BadRequest("request", "params is an object", id_)
    return Request(id_, method, params)


def encode(message: Json) -> bytes:
    """A message as a line."""
    return json.dumps(message, separators=(",", ":")).encode() + b"\n"


def result(id_: Id, value: Json) -> Json:
    """The reply that ends a request well."""
    return {"id": id_, "result": value}


def error(id_: Id | None, fault: Fault) -> Json:
    """The reply that ends a request badly."""
    return {"id": id_, "error": {"code": fault.code, "message": str(fault)}}


def event(id_: Id, name: str, data: Json) -> Json:
    """One of the messages before the reply."""
    return {"id": id_, "event": name, "data": data}


class Lines:
    """Complete lines out of a stream of bytes; memory is bounded by `limit`.

    A line that is longer than `limit` comes out as one `BadRequest`, and what follows
    its newline is read again.
    """

    def __init__(self, limit: int = REQUEST_LIMIT) -> None:
        self.limit = limit
        self._rest = bytearray()
        self._skipping = False

    def feed(self, data: bytes) -> Iterator[bytes | BadRequest]:
        """Lines, without newlines, that `data` completes; empty lines are left out."""
        *complete, rest = data.split(b"\n")
        for part in complete:
            self._rest += part
            line, self._rest = self._rest, bytearray()
            if self._skipping:
                self._skipping = False
            elif len(line) > self.limit:
                yield BadRequest("too-long")
            elif line.strip():
                yield bytes(line)
        if not self._skipping:
            self._rest += rest
            if len(self._rest) > self.limit:
                self._rest.clear()
                self._skipping = True
                yield BadRequest("too-long")
