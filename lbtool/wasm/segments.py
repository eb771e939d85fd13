"""Parts of segments that become objects only when somebody looks at them.

A linked program can have 100,000 data segments, nearly all of one shape, and as many
functions in its table. Kept is where each begins; that they are well-formed was found
out when they were passed over (`vectors`).
"""

from __future__ import annotations

from collections.abc import Sequence

from lbtool.wasm.module import ConstExpr
from lbtool.wasm.vectors import Span

TYPE_CHECKING = False  # `typing` is not imported by a run
if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable
    from typing import overload

    from lbtool.wasm.module import DataSegment

__all__ = ["FuncItems", "Segments", "unusual"]

REF_FUNC = 0xD2


class FuncItems(Sequence[ConstExpr]):
    """Items of an element segment that are function indices without more.

    Item i is ``indices[i]`` and stands from ``positions[i]`` to ``positions[i + 1]``.
    """

    __slots__ = ("indices", "positions")

    def __init__(self, positions: array[int], indices: array[int]) -> None:
        self.positions, self.indices = positions, indices

    def __len__(self) -> int:
        return len(self.indices)

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, i: int) -> ConstExpr: ...
        @overload
        def __getitem__(self, i: slice) -> tuple[ConstExpr, ...]: ...

    def __getitem__(self, i: int | slice) -> ConstExpr | tuple[ConstExpr, ...]:
        if isinstance(i, slice):
            return tuple(self[k] for k in range(len(self))[i])
        i = range(len(self))[i]
        ops = ((REF_FUNC, self.indices[i]),)
        return ConstExpr(ops, self.positions[i], self.positions[i + 1])

    def beyond(self, n: int) -> Sequence[ConstExpr]:
        """Those that are n or more."""
        if max(self.indices, default=-1) < n:
            return ()
        return [self[i] for i, index in enumerate(self.indices) if index >= n]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


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
