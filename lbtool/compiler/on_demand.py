"""Sequences whose elements are made when somebody asks for them, each time anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, overload

__all__ = ["OnDemand"]

T = TypeVar("T")


class OnDemand(Sequence[T]):
    """`size` elements; `make` gives the one with an index."""

    __slots__ = ("_make", "_size")

    def __init__(self, size: int, make: Callable[[int], T]) -> None:
        self._size = size
        self._make = make

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...

    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        """An element, a tuple of several."""
        if isinstance(index, slice):
            return tuple(map(self._make, range(self._size)[index]))
        return self._make(range(self._size)[index])

    def __iter__(self) -> Iterator[T]:
        return map(self._make, range(self._size))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]
