"""Long work in slices, so that other requests of the session are answered meanwhile.

Work is done on one state of a document. When the document has another state after a
pause, the work is begun again on that: whoever asked gets an answer to the text that
the editor has now, and edits that come faster than answers cost no answer each. What
cannot be cut, one function that is very large, is done in a thread, one at a time.
"""

from __future__ import annotations

import asyncio
import gc
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

from pygls.exceptions import JsonRpcContentModified

from lbtool.service.analysis import FunctionView
from lbtool.wat.fields import field_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator

    from lbtool.lsp.documents import OpenDocument, View

__all__ = ["Pace", "compiled", "in_steps", "on_present_text", "present"]

SLICE = 0.002  # seconds without a pause
# Turns of the loop in a pause: bytes arrive, a message is taken, a request is answered.
TURNS = 3
# What takes longer than a slice or ten: characters of a field, instructions.
LONG_FIELD = 1 << 16
LONG_FUNCTION = 2000
# Fields after which what was read is no matter of the garbage collector any more: it is
# a million objects that stay, and looking through them stops everything for 200 ms.
MANY = 500
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
        self.resume()

    def resume(self) -> None:
        """A pause is over; the work may end here."""
        self._since = perf_counter()
        if self._document.closed or self._document.state != self._state:
            raise _Outdated


async def in_steps(steps: Generator[object, None, T], pace: Pace) -> T:
    """The result of a generator, with pauses between its steps."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: T = end.value
            return result
        await pace.pause()


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
            pace = Pace(document)
            await _read(document, pace)
            return await work(document.view, pace)
        except _Outdated:
            continue


async def present(document: OpenDocument) -> View:
    """Its present state, read; what is done with it is to be short.

    Raises ``ContentModified`` when the document is closed.
    """

    async def work(view: View, _: Pace) -> View:
        return view

    return await on_present_text(document, work)


async def _read(document: OpenDocument, pace: Pace) -> None:
    for count, chunk in enumerate(document.document.unread(), 1):
        if count % MANY == 0:
            gc.freeze()
        if len(chunk.text) <= LONG_FIELD:
            field_of(chunk)
            await pace.pause()
            continue
        async with document.alone:
            if chunk.memo is None:
                await asyncio.to_thread(field_of, chunk)
        pace.resume()


async def compiled(
    document: OpenDocument,
    function: FunctionView,
    then: Callable[[FunctionView], object] = FunctionView.listing,
) -> None:
    """Compile a function and do `then` with it, so that it takes no time any more."""
    if function.imported or len(function.field.code or ()) <= LONG_FUNCTION:
        then(function)
        return
    async with document.alone:
        make = function.analysis.to_compile(function)
        if make is not None:
            function.analysis.keep(function, await asyncio.to_thread(make))
        await asyncio.to_thread(then, function)
