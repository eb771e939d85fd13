"""Threads that share out numbered jobs, and whoever waits for them helps.

Without ``threading``, which a run neither imports nor waits for at its end. What a job
does should release the GIL, or threads do not help.
"""

from __future__ import annotations

import sys
from _thread import allocate_lock, start_new_thread

TYPE_CHECKING = False  # `typing` is not imported by a run
if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Team"]


class Team:
    """So many `threads` (at most) do jobs 0 to n - 1, in order of their numbers.

    `wait` raises what a job raised.
    """

    def __init__(self, job: Callable[[int], None], n: int, threads: int) -> None:
        self._job, self._next = job, iter(range(n))
        self._error: BaseException | None = None
        self._done = []
        for _ in range(min(n, threads)):
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

    def wait(self, turn: float = 0.005) -> None:
        """Help, then wait for all.

        turn  seconds after which a thread that needs Python gets it; the usual time
        """
        before = sys.getswitchinterval()
        sys.setswitchinterval(turn)
        try:
            for k in self._next:
                self._job(k)
            for lock in self._done:
                lock.acquire()
        finally:
            sys.setswitchinterval(before)
        if self._error is not None:
            raise self._error
