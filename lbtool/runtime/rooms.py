"""First-fit allocation of ranges in one address range: who has which part of the arena."""

from __future__ import annotations

from bisect import insort

__all__ = ["Rooms"]


class Rooms:
    """Free ranges ``(offset, size)`` of ``[0, size)``, kept by offset and merged."""

    def __init__(self, size: int) -> None:
        self._holes = [(0, size)]

    @property
    def free(self) -> int:
        """Bytes that are not taken."""
        return sum(size for _, size in self._holes)

    def take(self, size: int) -> int:
        """Offset of a range of `size` bytes. Raises MemoryError when none is left."""
        for k, (offset, room) in enumerate(self._holes):
            if room >= size:
                rest = [(offset + size, room - size)] if room > size else []
                self._holes[k : k + 1] = rest
                return offset
        raise MemoryError("the space for compiled code is used up")

    def give(self, offset: int, size: int) -> None:
        """Return a range that `take` gave."""
        insort(self._holes, (offset, size))
        merged: list[tuple[int, int]] = []
        for start, room in self._holes:
            if merged and sum(merged[-1]) == start:
                merged[-1] = (merged[-1][0], merged[-1][1] + room)
            else:
                merged.append((start, room))
        self._holes = merged
