"""Data segments of a module that become objects only when somebody looks at them.

A linked program can have 100,000, nearly all of one shape. Kept is where each begins;
that they are well-formed was found out when they were passed over (`vectors`).
"""

from __future__ import annotations

from collections.abc import Sequence

from lbtool.wasm.vectors import Span

TYPE_CHECKING = False  # `typing` is not imported by a run
if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable
    from typing import overload

    from lbtool.wasm.module import DataSegment

__all__ = ["Segments", "unusual"]


class Segments(Sequence["DataSegment"]):
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

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, i: int) -> DataSegment: ...
        @overload
        def __getitem__(self, i: slice) -> tuple[DataSegment, ...]: ...

    def __getitem__(self, i: int | slice) -> DataSegment | tuple[DataSegment, ...]:
        if isinstance(i, slice):
            return tuple(self[k] for k in range(len(self))[i])
        return self.read(self.data, self.positions[i], self.end)[0]

    def flatten(self, rows: memoryview[int]) -> None:
        """Write four u32 for each that is not unusual, see `Span.flatten`."""
        Span(self.data, 0, self.end).flatten(memoryview(self.positions), rows)


def unusual(segments: Sequence[DataSegment]) -> Sequence[int]:
    """Numbers of the segments that have to be looked at one by one."""
    if isinstance(segments, Segments):
        return segments.unusual
    return range(len(segments))
