"""Ctrl-C while a guest waits for input: the process ends though the call does not.

The runtime ends calls that compute (see ``watch.c``), but what waits in the kernel goes
on waiting, and Python's handler runs only when it is over. So a thread learns of the
signal from Python's wakeup descriptor; when the main thread has not come back some time
after, the thread ends the process. For the main thread of a command only.
"""

from __future__ import annotations

# no `signal`, `threading` or `contextlib`: this is in the way of a warm run
import _signal as signal  # type: ignore[import-not-found]
import os
from _thread import allocate_lock, start_new_thread

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["EndedByCtrlC"]

GRACE = 0.5  # seconds, in which a call that can be ended is
INTERRUPTED = 130  # as in `lbtool.cli.main`


class EndedByCtrlC:
    """Context manager: Ctrl-C ends the block soon, or else the process."""

    def __enter__(self) -> None:
        self._over = allocate_lock()
        self._over.acquire()
        reader, self._writer = os.pipe()
        os.set_blocking(self._writer, False)
        self._before = signal.set_wakeup_fd(self._writer, warn_on_full_buffer=False)
        start_new_thread(self._watch, (reader,))

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.release()
        signal.set_wakeup_fd(self._before)
        os.close(self._writer)

    def _watch(self, reader: int) -> None:
        while numbers := os.read(reader, 64):
            if signal.SIGINT not in numbers:
                continue
            if not self._over.acquire(timeout=GRACE):
                os._exit(INTERRUPTED)
            break
        os.close(reader)
