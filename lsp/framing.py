"""Messages on a stream: a header with a length, then that many bytes of JSON.

Bytes go in as they come, whole bodies come out, and after anything that is no message
the next one is found again. Not here: what bodies say, and sockets.

Source: LSP 3.18 "Base Protocol".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Frames", "MalformedFrame", "frame"]

MOST_HEADER = 1 << 12  # bytes of one header
MOST_BODY = 1 << 28  # bytes of one body
_LENGTH = re.compile(
    rb"(?i)^content-length[ \t]*:[ \t]*([0-9]{1,18})[ \t]*\r?$", re.MULTILINE
)
_END = re.compile(rb"\r?\n\r?\n")


class MalformedFrame(Exception):  # noqa: N818 - yielded, never raised
    """Bytes that are no header, or announce more than a message may have."""


def frame(*body: bytes) -> bytes:
    """A body, which may be in parts, with its header."""
    return b"".join((b"Content-Length: %d\r\n\r\n" % sum(map(len, body)), *body))


class Frames:
    """Bodies out of a stream of bytes; what is not read yet is bounded."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._wanted: int | None = None  # length of the body that is coming
        self._skip = 0  # bytes of a body that is too long to be kept

    def feed(self, data: bytes) -> Iterator[bytes | MalformedFrame]:
        """What `data` completes."""
        self._data += data
        while True:
            if self._skip:
                skipped = min(self._skip, len(self._data))
                del self._data[:skipped]
                self._skip -= skipped
                if self._skip:
                    return
            if self._wanted is None:
                problem = self._header()
                if problem is not None:
                    yield problem
                    continue
                if self._wanted is None:
                    return
            if len(self._data) < self._wanted:
                return
            body = bytes(self._data[: self._wanted])
            del self._data[: self._wanted]
            self._wanted = None
            yield body

    def _header(self) -> MalformedFrame | None:
        """Take a header; sets what follows unless it is not complete."""
        found = _END.search(self._data, 0, MOST_HEADER)
        if found is None:
            if len(self._data) < MOST_HEADER:
                return None
            self._resume(MOST_HEADER)
            return MalformedFrame(f"no header in {MOST_HEADER} bytes")
        header = bytes(self._data[: found.start()])
        length = _LENGTH.search(header)
        if length is None:
            self._resume(found.end())
            return MalformedFrame("a header without Content-Length")
        del self._data[: found.end()]
        wanted = int(length[1])
        if wanted > MOST_BODY:
            self._skip = wanted
            return MalformedFrame(f"a message of {wanted} bytes is too long")
        self._wanted = wanted
        return None

    def _resume(self, at_least: int) -> None:
        """Throw away what is no header, up to what looks like the next one."""
        at = self._data.lower().find(b"content-length", 1)
        del self._data[: at_least if at < 0 else at]
