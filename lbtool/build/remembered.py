"""The last build of each path, up to a number of bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lbtool.build.built import Built, Lazy
    from lbtool.build.source import Identity

__all__ = ["Entry", "Known", "Remembered"]


@dataclass(frozen=True)
class Known:
    """The last build of a path.

    base   the last version that was a valid module: what the next one is compared with
    noted  nothing is left to be written about it
    """

    contents: bytes
    identity: Identity | None
    built: Built
    base: Lazy
    noted: bool

    @property
    def weight(self) -> int:
        """Bytes that remembering it takes, about."""
        return 2 * (len(self.contents) + self.built.report.code_bytes)


class Entry:
    """A path; who holds the lock builds it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.known: Known | None = None
        self.weight = 0


class Remembered:
    """Entries by path, those built last at the end; for any number of threads."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.weight = 0
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def entry(self, name: str) -> Entry:
        """The entry of a path, which is going to be built."""
        with self._lock:
            entry = self._entries.setdefault(name, Entry())
            self._entries.move_to_end(name)
            return entry

    def weigh(self, name: str, entry: Entry) -> list[tuple[str, Entry]]:
        """Note what the entry weighs now; gives the oldest ones if that is too much.

        What is given has been forgotten; `name` is never among it.
        """
        dropped = []
        with self._lock:
            if self._entries.get(name) is entry:
                weight = entry.known.weight if entry.known else 0
                self.weight += weight - entry.weight
                entry.weight = weight
            while self.weight > self.limit and len(self._entries) > 1:
                oldest = next(iter(self._entries))
                if oldest == name:
                    break
                dropped.append((oldest, self._entries[oldest]))
                self._forget(oldest)
        return dropped

    def forget(self, name: str) -> None:
        """Drop the entry of a path, if there is one."""
        with self._lock:
            self._forget(name)

    def _forget(self, name: str) -> None:
        entry = self._entries.pop(name, None)
        if entry is not None:
            self.weight -= entry.weight

    def all(self) -> list[tuple[str, Entry]]:
        """Every path with its entry."""
        with self._lock:
            return list(self._entries.items())
