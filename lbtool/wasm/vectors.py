"""The vectors of the binary format that can have 100,000 items, read in compiled code.

Only what is well-formed and usual is read here. At anything else a method stops in
front of the item; `sections` then reads that one, and knows what to say about it. All
of it runs un-compiled, too.
"""

from __future__ import annotations

STOP = -1
I32_CONST = 0x41
END = 0x0B
LARGEST = (1 << 31) - 1  # position of a body


class Span:
    """A reading position in ``data[pos:end]``."""

    def __init__(self, data: bytes, pos: int, end: int) -> None:
        if not 0 <= pos <= end <= len(data):
            raise ValueError("not a range of the data")
        self.data = data
        self.pos, self.end = pos, end

    def unsigned(self) -> int:
        """LEB128 of at most four bytes; STOP (and no step) if it is anything else."""
        at = self.pos
        value = shift = 0
        while at < self.end and shift < 28:
            byte = self.data[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                self.pos = at
                return value
        return STOP

    def constant(self) -> bool:
        """Step over ``i32.const`` of at most four bytes and ``end``."""
        if self.pos >= self.end or self.data[self.pos] != I32_CONST:
            return False
        self.pos += 1
        for _ in range(4):
            if self.pos >= self.end:
                return False
            byte = self.data[self.pos]
            self.pos += 1
            if byte < 0x80:
                break
        else:
            return False
        if self.pos >= self.end or self.data[self.pos] != END:
            return False
        self.pos += 1
        return True

    def segments(self, i: int, positions: memoryview) -> int:
        """Step over active data segments of memory 0 at a constant address.

        Their positions are written from ``positions[i]`` on. Number of the first one
        that is none of those, or the length of `positions`; `pos` is its position.
        """
        n = len(positions)
        while i < n:
            at = self.pos
            size = STOP
            if at < self.end and self.data[at] == 0:
                self.pos += 1
                if self.constant():
                    size = self.unsigned()
            if size < 0 or size > self.end - self.pos:
                self.pos = at
                return i
            positions[i] = at
            self.pos += size
            i += 1
        return i

    def flatten(self, positions: memoryview, rows: memoryview) -> int:
        """Read the segments that `segments` stepped over; they begin at `positions`.

        Four words for each are written into `rows`: the address, start and end of the
        contents, and 0. Others leave theirs as they are. Gives how many were read.
        """
        n = found = 0
        while n < len(positions):
            self.pos = positions[n]
            if self.pos < self.end and self.data[self.pos] == 0:
                self.pos += 1
                at = self.pos + 1
                if self.constant():
                    size = self.unsigned()
                    if 0 <= size <= self.end - self.pos:
                        rows[4 * n] = self.address(at)
                        rows[4 * n + 1] = self.pos
                        rows[4 * n + 2] = self.pos + size
                        rows[4 * n + 3] = 0
                        found += 1
            n += 1
        return found

    def address(self, at: int) -> int:
        """The value of a `constant` whose LEB128 begins at `at`, as u32."""
        value = shift = 0
        byte = 0x80
        while byte >= 0x80:
            byte = self.data[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
        if byte & 0x40:
            value -= 1 << shift
        return value & 0xFFFFFFFF

    def indices(self, positions: memoryview, found: memoryview) -> int:
        """Read indices into `found`, and where they begin into `positions`.

        `positions` is longer by one: where the last one ends. Gives how many there are
        before the first that is anything else.
        """
        n = len(found)
        i = 0
        while i < n:
            positions[i] = self.pos
            value = self.unsigned()
            if value < 0:
                return i
            found[i] = value
            i += 1
        positions[n] = self.pos
        return n

    def bodies(self, i: int, ranges: memoryview) -> int:
        """Step over bodies and write their starts and ends from ``ranges[2 * i]`` on.

        Number of the first one that is anything else, or of those for which there is
        room; `pos` is where its size stands.
        """
        n = len(ranges) // 2 if self.end <= LARGEST else i
        while i < n:
            at = self.pos
            size = self.unsigned()
            if size < 0 or size > self.end - self.pos:
                self.pos = at
                return i
            ranges[2 * i] = self.pos
            self.pos += size
            ranges[2 * i + 1] = self.pos
            i += 1
        return i


def mark(numbers: memoryview, marks: bytearray) -> int:
    """Set the bytes of `marks` that have these numbers to 1; how many there are."""
    n = len(marks)
    k = found = 0
    while k < len(numbers):
        at = numbers[k]
        if 0 <= at < n:
            marks[at] = 1
            found += 1
        k += 1
    return found


def longer(ranges: memoryview, most: int) -> list[int]:
    """Numbers of the ranges with more than so many bytes."""
    return [
        k for k in range(len(ranges) // 2) if ranges[2 * k + 1] - ranges[2 * k] > most
    ]
