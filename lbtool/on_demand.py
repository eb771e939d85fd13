"""Sequences whose items are made when somebody asks for them, each time anew."""

from __future__ import annotations

from collections.abc import Sequence

TYPE_CHECKING = False  # `typing` is not imported by a run
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeVar, overload

    T = TypeVar("T")
else:
    T = object

__all__ = ["Made", "OnDemand"]


class OnDemand(Sequence[T]):
    """Items that a subclass makes; equal to any sequence of equal ones."""

    __slots__ = ()

    def _item(self, i: int) -> T:
        """Item i, which exists."""
        raise NotImplementedError

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, index: int) -> T: ...
        @overload
        def __getitem__(self, index: slice) -> tuple[T, ...]: ...

    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        """An item, a tuple of several."""
        which = range(len(self))[index]
        if isinstance(which, int):
            return self._item(which)
        return tuple(map(self._item, which))

    def __iter__(self) -> Iterator[T]:
        return map(self._item, range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


class Made(OnDemand[T]):
    """`size` items; `make` gives the one with an index."""

    __slots__ = ("_make", "_size")

    def __init__(self, size: int, make: Callable[[int], T]) -> None:
        self._size = size
        self._make = make

    def __len__(self) -> int:
        return self._size

    def _item(self, i: int) -> T:
        return self._make(i)
