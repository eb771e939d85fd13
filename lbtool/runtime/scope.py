"""Interruption: naming the calls that an interrupt or a deadline is meant for."""

from __future__ import annotations

from lbtool.errors import LbtoolError

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from lbtool.runtime.native import StoreCore

__all__ = ["Interruptible"]


class Interruptible:
    """Context manager: calls inside can be interrupted from outside, or by the clock.

    An interrupt before the first call makes it trap at once, one during a call ends it,
    one after the block does nothing. All calls of the block trap from then on.
    """

    def __init__(self, core: StoreCore, timeout: float | None) -> None:
        self._core = core
        self._timeout = timeout
        self._id = 0

    def __enter__(self) -> Self:
        self._id = self._core.open_scope()
        if not self._id:
            raise LbtoolError("the store is running or already interruptible")
        if self._timeout is not None:
            self._core.interrupt_call(self._id, max(0, int(self._timeout * 1e9)))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        scope, self._id = self._id, 0
        self._core.close_scope(scope)

    def interrupt(self) -> bool:
        """End the calls of this block, from any thread; False when it is over."""
        scope = self._id
        if scope:
            self._core.interrupt_call(scope, 0)
        return bool(scope)
