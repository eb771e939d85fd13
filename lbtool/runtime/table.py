"""Tables as Python objects."""

from __future__ import annotations

from lbtool.errors import LbtoolError
from lbtool.runtime import cells
from lbtool.wasm.types import Limits, TableType

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from typing import Any

    from lbtool.runtime.store import Store

__all__ = ["Table"]

NO_MAXIMUM = (1 << 32) - 1


class Table(cells.TableCore):
    """A table of funcref (`Func` or None) or externref (any object or None).

    >>> from lbtool import EXTERNREF, Limits, Store, TableType
    >>> table = Table(Store(), TableType(EXTERNREF, Limits(2, None)), "x")
    >>> table.grow(1, "y"), table.get(0), table[2], len(table)
    (2, 'x', 'y', 3)
    """

    def __init__(self, store: Store, tabletype: TableType, init: Any = None) -> None:
        limits = tabletype.limits
        maximum = NO_MAXIMUM if limits.maximum is None else limits.maximum
        self._maximum = limits.maximum
        try:
            self.open(store, tabletype.element, limits.minimum, maximum, init)
        except OSError as error:
            raise LbtoolError(
                f"a table of {limits.minimum} elements is too large"
            ) from error

    @property
    def store(self) -> Store:
        """The store it belongs to."""
        return self.core  # type: ignore[return-value]

    @property
    def type(self) -> TableType:
        """Element type, present size and maximum."""
        return TableType(self.element, Limits(len(self), self._maximum))

    @property
    def size(self) -> int:
        """Elements."""
        return len(self)

    def get(self, index: int) -> Any:
        """The element; IndexError outside of the table."""
        return self.load(index)

    def set(self, index: int, value: Any) -> None:
        """Write an element; IndexError outside of the table."""
        self.store_at(index, value)

    def grow(self, delta: int, init: Any = None) -> int:
        """Add `delta` elements; gives the previous size, or -1 when that cannot be."""
        return self.grow_by(delta, init)

    def __getitem__(self, index: int) -> Any:
        return self.load(index)

    def __setitem__(self, index: int, value: Any) -> None:
        self.store_at(index, value)

    def __repr__(self) -> str:
        return f"<Table of {len(self)} elements>"
