"""Progress that the user sees and may cancel, of work that takes a while."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from itertools import count
from time import perf_counter
from typing import TYPE_CHECKING, Any, Self

from lsprotocol import types as t

if TYPE_CHECKING:
    from collections.abc import Callable

    from lbtool.lsp.server import Server

__all__ = ["Progress"]

PATIENCE = 0.5  # seconds of work before anything is shown
EVERY = 0.1  # seconds between two reports
_NUMBERS = count(1)


class Progress:
    """Around some work; begins to show when there was a report after a while.

    token   the client's, or None for one of ours if the client shows such
    cancel  called when the user presses cancel; it cannot be cancelled without
    """

    def __init__(
        self,
        ls: Server,
        title: str,
        token: str | int | None = None,
        cancel: Callable[[], object] | None = None,
    ) -> None:
        self._ls = ls
        self._title = title
        self._token = token
        self._cancel = cancel
        self._since = perf_counter()
        self._shown = False
        self._over = False
        self._timer: asyncio.TimerHandle | None = None

    async def __aenter__(self) -> Self:
        """Show it later, even if no report comes."""
        if self._token is not None:
            self._begin()
        elif self._ls.client.progress:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(PATIENCE, self._create)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._over = True
        if self._timer is not None:
            self._timer.cancel()
        if self._token is not None:
            self._ls.on_cancel(self._token, None)
            if self._shown:
                self._tell({"kind": "end"})

    def report(self, done: int, total: int) -> None:
        """So many of so many are done."""
        now = perf_counter()
        if self._shown and now - self._since > EVERY:
            self._since = now
            share = 100 * done // max(total, 1)
            message = f"{done}/{total}"
            self._tell({"kind": "report", "percentage": share, "message": message})

    def _create(self) -> None:
        self._timer = None
        self._ls.spawn(self._created(f"lbtool-{next(_NUMBERS)}"))

    async def _created(self, token: str) -> None:
        with suppress(Exception):
            await self._ls.protocol.send_request_async(
                t.WINDOW_WORK_DONE_PROGRESS_CREATE,
                t.WorkDoneProgressCreateParams(token),
            )
            if not self._over:
                self._token = token
                self._begin()

    def _begin(self) -> None:
        assert self._token is not None
        if self._cancel is not None:
            self._ls.on_cancel(self._token, self._cancel)
        self._shown = True
        self._tell(
            {
                "kind": "begin",
                "title": self._title,
                "cancellable": self._cancel is not None,
                "percentage": 0,
            }
        )

    def _tell(self, value: dict[str, Any]) -> None:
        self._ls.protocol.tell(t.PROGRESS, {"token": self._token, "value": value})
