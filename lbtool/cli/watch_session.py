"""A session of ``lbtool watch``: what a source of reports says, shown, and run.

Everything that happens arrives in one queue, so what is shown is in one order: batches
and reports from the source, and ends of runs. Signals end it.
"""

from __future__ import annotations

import os
import queue
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lbtool.cli.watch_source import Began, Broke, Finished, Noted, Reported

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import FrameType

    from lbtool.build import Summary
    from lbtool.cli.watch_run import Run, Runner
    from lbtool.cli.watch_source import Said, Say, Source
    from lbtool.cli.watch_view import View


SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, slots=True)
class Ended:
    """A signal that ends the session."""

    code: int


class Session:
    """Shows what `source` says until a signal comes; runs after good builds."""

    def __init__(
        self,
        paths: Sequence[str],
        source: Callable[[Say], Source],
        view: View,
        runner: Runner | None = None,
    ) -> None:
        self.paths, self.view, self.runner = paths, view, runner
        self._queue: queue.SimpleQueue[Said | Run | Ended] = queue.SimpleQueue()
        self.source = source(self._queue.put)
        self._run: Run | None = None
        self._ending = False
        # Paths of the modules whose last build failed.
        self._failed: set[str] = set()

    def run(self) -> int:
        """Until SIGINT, SIGTERM or SIGHUP; gives the exit code."""
        before = {each: signal.signal(each, self._signal) for each in SIGNALS}
        try:
            self.view.watching(self.paths)
            self.source.start()
            while not isinstance(said := self._queue.get(), Ended):
                self._hear(said)
            self._stop_run()
            self.view.ended()
            return said.code
        finally:
            self._stop_run()
            self.source.stop()
            for each, handler in before.items():
                signal.signal(each, handler)

    def _signal(self, number: int, _: FrameType | None) -> None:
        """End in good order; at once if that takes too long for somebody."""
        if self._ending:
            if self._run is not None:
                self._run.kill()
            os._exit(128 + number)
        self._ending = True
        self._queue.put(Ended(128 + number))

    def _hear(self, said: Said | Run) -> None:
        match said:
            case Began():
                self.view.begin(said.files, first=said.first)
            case Reported():
                self._failed.discard(said.report.path)
                if said.report.state == "failed":
                    self._failed.add(said.report.path)
                self.view.file(said.report)
            case Finished():
                self.view.finish(said.summary, sorted(self._failed))
                self._finished(said.summary)
            case Noted():
                self.view.note(said.text)
            case Broke():
                raise said.error
            case _:
                self._run_ended(said)

    def _finished(self, summary: Summary) -> None:
        """Run, when there is something to run and nothing failed."""
        good = summary.built + summary.unchanged
        if self.runner is None or self._failed or not good:
            return
        self._stop_run()
        self._run = self.runner.start(self._queue.put)
        self.view.run_began(self._run)

    def _run_ended(self, run: Run) -> None:
        if run is self._run:
            self._run = None
            self.view.run_ended(run)

    def _stop_run(self) -> None:
        if self._run is not None:
            self._run.stop()
            self.view.run_ended(self._run)
            self._run = None
