"""Stores: everything that instances share and that dies together."""

from __future__ import annotations

from lbtool.runtime import native
from lbtool.runtime.engine import Engine
from lbtool.runtime.scope import Interruptible

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from lbtool.runtime.wasi_config import WasiConfig

__all__ = ["Store"]


class Store(native.StoreCore):
    """Owner of instances, memories, tables, globals and functions.

    One thread at a time may be inside of a store; that thread may enter again from a
    host function. Another thread gets `StoreBusyError`. Whatever was made in a store
    keeps the store alive, and lives as long as it.

    >>> store = Store()
    >>> store.busy
    False
    """

    def __init__(self, engine: Engine | None = None) -> None:
        self.engine = Engine() if engine is None else engine
        self.wasi: WasiConfig | None = None

    def set_wasi(self, config: WasiConfig) -> None:
        """What the WASI functions of a `Linker` give to programs of this store."""
        self.wasi = config

    def interrupt(self) -> bool:
        """End the call that is running now, from any thread; False when none is.

        The call traps with `TrapCode.INTERRUPT`. A call that returns before the
        interrupt reaches it is not affected, and no later call is.
        """
        call = self.call_id
        if call:
            super().interrupt_call(call, 0)
        return bool(call)

    def interruptible(self, timeout: float | None = None) -> Interruptible:
        """A ``with`` block whose calls end after `timeout` seconds, or on demand.

        >>> store = Store()
        >>> with store.interruptible(timeout=2.5) as handle:
        ...     pass  # call functions here; handle.interrupt() from another thread
        >>> handle.interrupt()
        False
        """
        return Interruptible(self, timeout)
