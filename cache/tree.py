"""Much data at once: read and digested in chunks, by several threads.

The digest of long data is over the digests of its chunks, so that all CPUs can work on
it; what a short record costs stays what it was. Which keys and seals are made of these
digests is not here.
"""

from __future__ import annotations

import os
from _blake2 import blake2b

from lbtool.team import Team

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import Buffer

__all__ = ["CHUNK", "Reading", "digest", "digests", "join"]

CHUNK = 1 << 20
MOST = 8  # threads; more do not help against memory
TURN = 0.0002  # seconds: chunks are short, and others are importing modules


def _team(job: Callable[[int], None], n: int) -> Team:
    """Threads for n chunks; one CPU is for who waits."""
    return Team(job, n, min(MOST, max(1, len(os.sched_getaffinity(0)) - 1)))


def digests(data: bytes | bytearray | memoryview) -> list[bytes]:
    """BLAKE2b-256 of every chunk; at least one."""
    view = memoryview(data)
    found = [b""] * max(1, -(-len(view) // CHUNK))

    def job(k: int) -> None:
        part = view[k * CHUNK : (k + 1) * CHUNK]
        found[k] = blake2b(part, digest_size=32).digest()

    if len(found) == 1:
        job(0)
    else:
        _team(job, len(found)).wait(TURN)
    return found


def join(parts: list[bytes], size: int) -> bytes:
    """One digest for `size` bytes with these digests of chunks."""
    return blake2b(b"%d " % size + b"".join(parts), digest_size=32).digest()


def digest(data: bytes | bytearray | memoryview) -> bytes:
    """The `join` of the digests of its chunks."""
    return join(digests(data), len(data))


def _room(size: int) -> memoryview:
    """Memory for so much; of much, pages come when one of the threads writes there.

    No large pages: where none is free, waiting for one takes longer than all the rest.
    """
    if size <= CHUNK:
        return memoryview(bytearray(size))
    import mmap  # noqa: PLC0415 - not for small files

    return memoryview(mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS))


class Reading:
    """A file that is read while others do something else, and digested if it is long.

    The descriptor is taken over. `size` bytes are read from the file's start; `head`
    bytes at their start and `tail` bytes at their end are part of no chunk. `room`
    gives memory for so many bytes.
    """

    def __init__(
        self,
        fd: int,
        size: int,
        head: int = 0,
        tail: int = 0,
        room: Callable[[int], Buffer] | None = None,
    ) -> None:
        self._fd, self._head, self._tail = fd, head, tail
        self._data = memoryview((room or _room)(size))
        self._parts: list[bytes] = []
        self._team = None
        inside = size - head - tail
        if inside > CHUNK:
            self._parts = [b""] * -(-inside // CHUNK)
            self._team = _team(self._job, len(self._parts))

    def _job(self, k: int) -> None:
        start = self._head + k * CHUNK
        end = min(start + CHUNK, len(self._data) - self._tail)
        self._fill(start, end)
        part = self._data[start:end]
        self._parts[k] = blake2b(part, digest_size=32).digest()

    def _fill(self, start: int, end: int) -> None:
        while start < end:
            n = os.preadv(self._fd, [self._data[start:end]], start)
            if n == 0:
                raise OSError("the file became shorter while it was read")
            start += n

    def result(self) -> tuple[memoryview, list[bytes]]:
        """What was read, and the digests of its chunks if there are several.

        Raises OSError, also when the file is shorter. To be called once.
        """
        size = len(self._data)
        try:
            if self._team is None:
                self._fill(0, size)
            else:
                self._fill(0, self._head)
                self._fill(size - self._tail, size)
                self._team.wait(TURN)
        finally:
            os.close(self._fd)
        return self._data, self._parts
