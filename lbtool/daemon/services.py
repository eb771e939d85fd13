"""What the requests of all connections share, and how the daemon is asked to end."""

from __future__ import annotations

import asyncio
import os
import time
from collections import Counter
from typing import TYPE_CHECKING

from lbtool.daemon.builds import Builds
from lbtool.daemon.guests import Guests
from lbtool.daemon.identity import build_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from lbtool.daemon.place import Place

PAGE = os.sysconf("SC_PAGE_SIZE")


class Services:
    """One per daemon.

    directory  leads to the directory of `place` through a descriptor
    idle       seconds without a client after which the daemon ends
    requests   how many were begun, by method
    """

    def __init__(self, place: Place, directory: str, idle: float) -> None:
        self.place = place
        self.directory = directory
        self.idle = idle
        self.build = build_id()
        self.started = time.time()
        self.ending = asyncio.Event()
        self.reason = ""
        self.patient = False
        self.requests: Counter[str] = Counter()
        self.count: Callable[[], int] = int
        self.builds = Builds()
        self.guests = Guests(place)

    def end(self, reason: str, *, patient: bool = False) -> None:
        """End the daemon; `patient` lets requests finish first that will."""
        if not self.ending.is_set():
            self.reason, self.patient = reason, patient
            self.ending.set()

    async def close(self) -> None:
        """Put everything away; nobody is connected any more."""
        self.guests.close()
        await asyncio.to_thread(self.builds.close)


def resident() -> int:
    """Bytes of memory that this process has in use."""
    with open("/proc/self/statm", "rb") as file:  # noqa: PTH123  # not a file to have
        return int(file.read().split()[1]) * PAGE
