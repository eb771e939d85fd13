"""Long work in slices, so that other requests of the session are answered meanwhile.

Work is done on one state of a document. When the document has another state after a
pause, the work is begun again on that: whoever asked gets an answer to the text that
the editor has now, and edits that come faster than answers cost no answer each.
"""

from __future__ import annotations

import asyncio
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

from pygls.exceptions import JsonRpcContentModified

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from lbtool.lsp.documents import OpenDocument, View

__all__ = ["Pace", "on_present_text"]

SLICE = 0.002  # seconds without a pause
# Turns of the loop in a pause: bytes arrive, a message is taken, a request is answered.
TURNS = 3
T = TypeVar("T")


class _Outdated(Exception):  # noqa: N818 - a state: begin again
    """The document has another text now."""


class Pace:
    """Says when to pause."""

    def __init__(self, document: OpenDocument) -> None:
        self._document = document
        self._state = document.state
        self._since = perf_counter()

    async def pause(self) -> None:
        """Let others work if it is time to; the work may end here."""
        if perf_counter() - self._since < SLICE:
            return
        for _ in range(TURNS):
            await asyncio.sleep(0)
        self._since = perf_counter()
        if self._document.closed or self._document.state != self._state:
            raise _Outdated


async def on_present_text(
    document: OpenDocument, work: Callable[[View, Pace], Awaitable[T]]
) -> T:
    """What `work` gives for the present text, whatever is edited meanwhile.

    Raises ``ContentModified`` when the document is closed.
    """
    while True:
        if document.closed:
            raise JsonRpcContentModified
        try:
            return await work(document.view, Pace(document))
        except _Outdated:
            continue
