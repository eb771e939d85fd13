"""First-fit allocation of ranges: who has which part of the arena."""

from __future__ import annotations

from _thread import allocate_lock

__all__ = ["Rooms"]


class Rooms:
    """Free ranges ``(offset, size)`` of ``[0, size)``, kept by offset and merged.

    `give` may be called by a destructor at any time, also in the middle of `take`;
    hence it only leaves a note, which the next `take` reads.
    """

    def __init__(self, size: int) -> None:
        self._holes = [(0, size)]
        self._returned: list[tuple[int, int]] = []
        self._lock = allocate_lock()

    @property
    def free(self) -> int:
        """Bytes that are not taken."""
        with self._lock:
            self._merge()
            return sum(size for _, size in self._holes)

    def take(self, size: int) -> int:
        """Offset of a range of `size` bytes. Raises MemoryError when none is left."""
        with self._lock:
            self._merge()
            for k, (offset, room) in enumerate(self._holes):
                if room >= size:
                    rest = [(offset + size, room - size)] if room > size else []
                    self._holes[k : k + 1] = rest
                    return offset
        raise MemoryError("the space for compiled code is used up")

    def give(self, offset: int, size: int) -> None:
        """Return a range that `take` gave."""
        self._returned.append((offset, size))

    def _merge(self) -> None:
        while self._returned:
            self._holes.append(self._returned.pop())
        self._holes.sort()
        merged: list[tuple[int, int]] = []
        for start, room in self._holes:
            if merged and sum(merged[-1]) == start:
                merged[-1] = (merged[-1][0], merged[-1][1] + room)
            else:
                merged.append((start, room))
        self._holes = merged
