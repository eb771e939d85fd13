"""Globals as Python objects."""

from __future__ import annotations

from lbtool.runtime import cells
from lbtool.wasm.types import GlobalType

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from typing import Any

    from lbtool.runtime.store import Store

__all__ = ["Global"]


class Global(cells.GlobalCore):
    """A global variable.

    >>> from lbtool import I32, GlobalType, Store
    >>> counter = Global(Store(), GlobalType(I32, True), 41)
    >>> counter.value += 1
    >>> counter.value
    42
    """

    def __init__(self, store: Store, globaltype: GlobalType, value: Any) -> None:
        self._mutable = globaltype.mutable
        self.open(store, globaltype.valtype)
        self.set_value(value)

    @classmethod
    def of_instance(cls, store: Store, globaltype: GlobalType, address: int) -> Global:
        """The global whose cell lies at this address in an instance."""
        cell = cls.__new__(cls)
        cell._mutable = globaltype.mutable  # noqa: SLF001 - made by us
        cell.open_at(store, globaltype.valtype, address)
        return cell

    @property
    def store(self) -> Store:
        """The store it belongs to."""
        return self.core  # type: ignore[return-value]

    @property
    def type(self) -> GlobalType:
        """Value type and mutability."""
        return GlobalType(self.valtype, self._mutable)

    @property
    def value(self) -> Any:
        """The value; setting an immutable global is a TypeError."""
        return self.get_value()

    @value.setter
    def value(self, value: Any) -> None:
        if not self._mutable:
            raise TypeError("the global is immutable")
        self.set_value(value)

    def __repr__(self) -> str:
        return f"<Global {self.value!r}>"
