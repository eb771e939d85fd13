"""Work without garbage collection.

For what makes many objects and drops none: the collector would only walk them, again
and again. Nothing is collected here, either.
"""

from __future__ import annotations

import gc

TYPE_CHECKING = False  # `typing` is not imported by a run
if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["no_collection"]


class no_collection:  # noqa: N801 - used like a function
    """``with no_collection():``; nests, and leaves things as they were."""

    def __enter__(self) -> None:
        self._enabled = gc.isenabled()
        gc.disable()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._enabled:
            gc.enable()
