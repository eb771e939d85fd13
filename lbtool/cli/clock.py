"""The time limit of a run."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lbtool.cli.guest import Guest

# After an interrupt a guest may be in a blocking WASI call that nothing can abandon;
# this many seconds later the process ends itself.
GRACE, TRIES = 1.0, 50
TRAPPED = 134


class Clock:
    """Ends a guest's call after some seconds."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._done = threading.Event()

    @contextmanager
    def running(self, guest: Guest) -> Iterator[None]:
        """The time in which `guest` may be interrupted."""
        watcher = threading.Thread(target=self._watch, args=(guest,), daemon=True)
        watcher.start()
        try:
            yield
        finally:
            self._done.set()
            watcher.join()

    def _watch(self, guest: Guest) -> None:
        if self._done.wait(self.seconds):
            return
        for _ in range(TRIES):
            # again, for the call may have been about to begin
            guest.interrupt()
            if self._done.wait(GRACE / TRIES):
                return
        text = "trap: interrupted (--timeout) in a call that cannot be abandoned"
        click.echo(f"error: {text}", err=True)
        os._exit(TRAPPED)
