"""Functions as Python callables, and Python callables as functions."""

from __future__ import annotations

from lbtool.runtime import native
from lbtool.runtime.signatures import signature

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from lbtool.runtime.store import Store
    from lbtool.wasm.types import FuncType

__all__ = ["Func"]


class Func(native.FuncCore):
    """A WebAssembly function, or with ``Func(store, type, callable)`` one of the host.

    Calling it converts by type: i32 and i64 from and to int (results are signed, any
    value that fits signed or unsigned is accepted), f32 and f64 from and to float,
    funcref from and to Func or None, externref from and to any object, None being null.
    No result is None, one is itself, several are a tuple; the same goes for what
    `callable` takes and returns.

    Raises `Trap`; TypeError and OverflowError for arguments that do not fit;
    `StoreBusyError`. What `callable` raises becomes the cause of a `Trap`; exceptions
    that are no `Exception`, such as KeyboardInterrupt, pass through.

    >>> from lbtool import I32, FuncType, Store
    >>> add = Func(Store(), FuncType((I32, I32), (I32,)), lambda a, b: a + b)
    >>> add(2, 3)
    5
    """

    def __init__(
        self, store: Store, functype: FuncType, callable_: Callable[..., Any]
    ) -> None:
        self.init_host(store, signature(functype), callable_)

    @classmethod
    def from_native(
        cls, store: Store, functype: FuncType, code: int, context: int, owner: object
    ) -> Func:
        """The function that a foreign call {code, context} reaches (``lbtool.abi``).

        `context` begins like a VMContext of this store (a copy of a host function's
        will do); `owner` is kept alive by the store.
        """
        func = cls.__new__(cls)
        func.adopt(store, signature(functype), code, context, owner)
        return func

    @property
    def store(self) -> Store:
        """The store it belongs to."""
        return self.core  # type: ignore[return-value]

    @property
    def type(self) -> FuncType:
        """Parameters and results."""
        return self.signature.type

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Func):
            return NotImplemented
        return self.cell_address() == other.cell_address()

    def __hash__(self) -> int:
        return hash(self.cell_address())

    def __repr__(self) -> str:
        return f"<Func {self.type}>"


native.set_func_class(Func)
