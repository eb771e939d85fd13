"""Long parts of a module that become objects only when somebody looks at them.

A linked program can have 100,000 data segments, nearly all of one shape, and as many
functions, in the code and in its table. Kept is where each of them stands; that they
are well-formed was found out when they were passed over (`vectors`).
"""

from __future__ import annotations

from array import array

from lbtool.on_demand import OnDemand
from lbtool.wasm.module import ConstExpr
from lbtool.wasm.vectors import Span

TYPE_CHECKING = False  # `typing` is not imported by a run
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lbtool.wasm.module import DataSegment

__all__ = ["Bodies", "FuncItems", "Segments", "ranges", "unusual"]

REF_FUNC = 0xD2


class Bodies(OnDemand[tuple[int, int]]):
    """Body i has the bytes from ``ranges[2 * i]`` to ``ranges[2 * i + 1]``."""

    __slots__ = ("ranges",)

    def __init__(self, ranges: array[int]) -> None:
        self.ranges = ranges

    def __len__(self) -> int:
        return len(self.ranges) // 2

    def _item(self, i: int) -> tuple[int, int]:
        return self.ranges[2 * i], self.ranges[2 * i + 1]


def ranges(bodies: Sequence[tuple[int, int]]) -> memoryview[int]:
    """Starts and ends of bodies in turn, as C ints."""
    if isinstance(bodies, Bodies):
        return memoryview(bodies.ranges)
    return memoryview(array("i", [at for each in bodies for at in each]))


class FuncItems(OnDemand[ConstExpr]):
    """Items of an element segment that are function indices without more.

    Item i is ``indices[i]`` and stands from ``positions[i]`` to ``positions[i + 1]``.
    """

    __slots__ = ("indices", "positions")

    def __init__(self, positions: array[int], indices: array[int]) -> None:
        self.positions, self.indices = positions, indices

    def __len__(self) -> int:
        return len(self.indices)

    def _item(self, i: int) -> ConstExpr:
        ops = ((REF_FUNC, self.indices[i]),)
        return ConstExpr(ops, self.positions[i], self.positions[i + 1])

    def beyond(self, n: int) -> Sequence[ConstExpr]:
        """Those that are n or more."""
        if max(self.indices, default=-1) < n:
            return ()
        return [self[i] for i, index in enumerate(self.indices) if index >= n]


class Segments(OnDemand["DataSegment"]):
    """Segment i begins at ``data[positions[i]]``; `read` makes it an object.

    `unusual` are the numbers of all that are not active segments of memory 0 whose
    address is one ``i32.const``.
    """

    __slots__ = ("data", "end", "positions", "read", "unusual")

    def __init__(
        self,
        data: bytes,
        end: int,
        positions: array[int],
        unusual: Sequence[int],
        read: Callable[[bytes, int, int], tuple[DataSegment, int]],
    ) -> None:
        self.data, self.end = data, end
        self.positions, self.unusual = positions, unusual
        self.read = read

    def __len__(self) -> int:
        return len(self.positions)

    def _item(self, i: int) -> DataSegment:
        return self.read(self.data, self.positions[i], self.end)[0]

    def flatten(self, rows: memoryview[int]) -> None:
        """Write four u32 for each that is not unusual, see `Span.flatten`."""
        Span(self.data, 0, self.end).flatten(memoryview(self.positions), rows)


def unusual(segments: Sequence[DataSegment]) -> Sequence[int]:
    """Numbers of the segments that have to be looked at one by one."""
    if isinstance(segments, Segments):
        return segments.unusual
    return range(len(segments))
