"""What an edit begins: fresh code for what is looked at, diagnostics, virtual texts.

One task per document, which begins again while edits come: it answers to the text that
the editor has, not to each that it had. The function that was edited comes first, then
those that the client has asked about, then diagnostics of everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as t

from lbtool.lsp import diagnostics
from lbtool.lsp.pacing import compiled, on_present_text, present
from lbtool.lsp.progress import Progress

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable

    from lbtool.lsp.documents import OpenDocument, View
    from lbtool.lsp.pacing import Pace
    from lbtool.lsp.server import Server

__all__ = ["Following"]


class Following:
    """The tasks of a session."""

    def __init__(self, ls: Server) -> None:
        self._ls = ls
        self._tasks: dict[OpenDocument, asyncio.Task[None]] = {}

    def follow(self, document: OpenDocument) -> None:
        """The document has a new state."""
        if document not in self._tasks and not document.closed:
            self._tasks[document] = self._ls.spawn(self._follow(document))

    def forget(self, document: OpenDocument) -> None:
        """The document was closed: it has no diagnostics any more."""
        task = self._tasks.pop(document, None)
        if task is not None:
            task.cancel()
        if not self._ls.client.pulls:
            diagnostics.publish(self._ls, document.uri, None, [])

    async def _follow(self, document: OpenDocument) -> None:
        done = None
        try:
            while done != document.state and not document.closed:
                async with Progress(self._ls, "Reading"):
                    await present(document)
                done = await on_present_text(document, self._once(document))
        finally:
            # at once: the next edit may come before callbacks of this task
            self._tasks.pop(document, None)

    def _once(self, document: OpenDocument) -> Callable[[View, Pace], Awaitable[int]]:
        async def work(view: View, pace: Pace) -> int:
            state, attention = document.state, document.attention
            edited = _edited(document, view)
            if edited is not None:
                attention.assemble(view.analysis, edited)
                self._ls.look(document, edited)
            for function in attention.recent(view.analysis):
                await compiled(document, function)
                await pace.pause()
            self._ls.virtual.refresh(self._ls, document.uri)
            if not self._ls.client.pulls:
                items = await diagnostics.items(self._ls, document, view, pace)
                if document.state == state:
                    diagnostics.publish(self._ls, document.uri, document.version, items)
            if attention.settled(view.analysis):
                self._ls.refresh(t.WORKSPACE_CODE_LENS_REFRESH)
            return state

        return work


def _edited(document: OpenDocument, view: View) -> int | None:
    """The function that was edited."""
    if document.edited is None:
        return None
    found = view.analysis.function_at(document.edited)
    return None if found is None or found.imported else found.funcidx
