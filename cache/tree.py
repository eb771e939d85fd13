"""Digests of much data at once: in chunks, by several threads.

The digest of long data is over the digests of its chunks, so that all CPUs can work on
it; what a short record costs stays what it was. Which keys and seals are made of these
digests is not here.
"""

from __future__ import annotations

import os
import stat
import sys
from _blake2 import blake2b
from _thread import allocate_lock, start_new_thread
from time import time_ns

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["CHUNK", "Reading", "digests", "join", "read"]

CHUNK = 1 << 20
MOST = 8  # threads; more do not help against memory
# While others import modules a thread gets its turn after this time, not after 5 ms.
TURN = 0.0002
# Times of files have a resolution of up to two seconds.
SETTLED_NS = 2_000_000_000


class _Team:
    """Threads that do jobs 0 to n - 1; `wait` raises what a job raised."""

    def __init__(self, job: Callable[[int], None], n: int) -> None:
        self._job, self._next = job, iter(range(n))
        self._error: BaseException | None = None
        self._done = []
        # one CPU is for who waits
        for _ in range(min(n, MOST, max(1, len(os.sched_getaffinity(0)) - 1))):
            lock = allocate_lock()
            lock.acquire()
            try:
                start_new_thread(self._work, (lock,))
            except RuntimeError:  # no more threads: those that there are do it all
                break
            self._done.append(lock)

    def _work(self, lock: object) -> None:
        try:
            for k in self._next:
                self._job(k)
        except BaseException as error:  # noqa: BLE001 - raised again by `wait`
            self._error = error
        finally:
            lock.release()  # type: ignore[attr-defined]

    def wait(self) -> None:
        """Help, then wait for all."""
        turn = sys.getswitchinterval()
        sys.setswitchinterval(TURN)
        try:
            for k in self._next:
                self._job(k)
            for lock in self._done:
                lock.acquire()
        finally:
            sys.setswitchinterval(turn)
        if self._error is not None:
            raise self._error


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
        _Team(job, len(found)).wait()
    return found


def join(parts: list[bytes], size: int) -> bytes:
    """One digest for `size` bytes with these digests of chunks."""
    return blake2b(b"%d " % size + b"".join(parts), digest_size=32).digest()


def _room(size: int) -> memoryview:
    """Memory for so much; of much, pages come when one of the threads writes there.

    No large pages: where none is free, waiting for one takes longer than all the rest.
    """
    if size <= CHUNK:
        return memoryview(bytearray(size))
    import mmap  # noqa: PLC0415 - not for small files

    return memoryview(mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS))


def read(fd: int, size: int) -> memoryview:
    """The first `size` bytes of a file, with zeros behind its end. Raises OSError."""
    view = _room(size)

    def job(k: int) -> None:
        _fill(fd, view[k * CHUNK : (k + 1) * CHUNK], k * CHUNK)

    _Team(job, -(-size // CHUNK)).wait()
    return view


def _fill(fd: int, part: memoryview, offset: int) -> int:
    """Read until `part` is full or the file ends; gives the number of bytes."""
    done = 0
    while done < len(part) and (n := os.preadv(fd, [part[done:]], offset + done)):
        done += n
    return done


class Reading:
    """A file that is read and digested while others do something else.

    at  what the file was when it was opened
    Raises OSError, from construction, `start` or `result`.
    """

    def __init__(self, path: str) -> None:
        self._fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self.at = os.fstat(self._fd)
        if not stat.S_ISREG(self.at.st_mode):
            os.close(self._fd)
            raise OSError("not a regular file")
        self._digest: bytes | None = None

    def start(self, digest: bytes | None = None) -> None:
        """Begin, and digest unless that is known."""
        size, self._digest = self.at.st_size, digest
        self.data = _room(size)
        self._parts = [b""] * max(1, -(-size // CHUNK))
        self._team = _Team(self._job, len(self._parts)) if size > CHUNK else None

    def _job(self, k: int) -> None:
        part = self.data[k * CHUNK : (k + 1) * CHUNK]
        if _fill(self._fd, part, k * CHUNK) < len(part):
            raise OSError("the file became shorter while it was read")
        if self._digest is None:
            self._parts[k] = blake2b(part, digest_size=32).digest()

    def result(self) -> tuple[memoryview, bytes]:
        """Contents, and the `join` of their digests."""
        try:
            if self._team is None:
                self._job(0)
            else:
                self._team.wait()
        finally:
            self.now = os.fstat(self._fd)
            os.close(self._fd)
        return self.data, self._digest or join(self._parts, len(self.data))

    @property
    def settled(self) -> bool:
        """Whether another write since would show, in the file's times or size."""
        at, now = self.at, self.now
        times = (at.st_mtime_ns, at.st_ctime_ns)
        same = times == (now.st_mtime_ns, now.st_ctime_ns)
        return same and time_ns() - max(times) > SETTLED_NS
