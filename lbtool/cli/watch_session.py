"""A session of ``lbtool watch``: what a source of reports says, shown, and run.

Everything that happens arrives in one queue, so what is shown is in one order: batches
and reports from the source, ends of runs, signals. `Foreground` watches and builds in
this process; the daemon does the same elsewhere.
"""

from __future__ import annotations

import os
import queue
import signal
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from lbtool.errors import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import FrameType

    from lbtool.build.report import FileReport, Summary
    from lbtool.cli.watch_run import Run, Runner
    from lbtool.cli.watch_view import View
    from lbtool.config import Settings
    from lbtool.watch.changes import Changes


# ---- what a source says


@dataclass(frozen=True, slots=True)
class Began:
    """So many files are looked at; `first`: all that there are."""

    files: int
    first: bool


@dataclass(frozen=True, slots=True)
class Reported:
    """One of them."""

    report: FileReport


@dataclass(frozen=True, slots=True)
class Finished:
    """All of them."""

    summary: Summary


@dataclass(frozen=True, slots=True)
class Noted:
    """Something that the user should know."""

    text: str


@dataclass(frozen=True, slots=True)
class Broke:
    """The source ended by an error."""

    error: BaseException


Said = Began | Reported | Finished | Noted | Broke


class Source(Protocol):
    """Where reports come from."""

    def start(self, say: Callable[[Said], None]) -> None:
        """Begin; `say` may be called in any thread."""

    def stop(self) -> None:
        """End; nothing is said afterwards."""


class Foreground:
    """Watches and builds in this process."""

    def __init__(self, paths: Sequence[str], settings: Settings) -> None:
        from lbtool.build.builder import Builder  # noqa: PLC0415
        from lbtool.build.options import Options  # noqa: PLC0415
        from lbtool.cache.cache import open_cache  # noqa: PLC0415
        from lbtool.watch.changes import Settings as Times  # noqa: PLC0415
        from lbtool.watch.watcher import Watcher  # noqa: PLC0415

        self._cache = open_cache(
            settings.cache_dir,
            enabled=settings.cache,
            limit=settings.cache_size,
            warn=lambda text: self._say(Noted(text)),
        )
        options = Options(settings.wasm, settings.bounds, settings.threads)
        self._builder = Builder(self._cache, options)
        times = Times(
            quiet=settings.watch_quiet,
            cap=max(Times().cap, settings.watch_quiet),
            poll=settings.watch_polling,
            poll_every=settings.watch_interval,
        )
        self._watcher = Watcher(
            paths, self._batch, times, lambda text: self._say(Noted(text))
        )
        self._stopping = False
        self._say: Callable[[Said], None] = lambda _: None

    def start(self, say: Callable[[Said], None]) -> None:
        """Begin with what there is."""
        self._say = say
        self._watcher.start()

    def stop(self) -> None:
        """End after the file that is being built."""
        self._stopping = True
        self._watcher.stop()
        self._cache.close()

    def _batch(self, changes: Changes) -> None:
        from lbtool.build.report import Summary  # noqa: PLC0415

        began = time.perf_counter()
        reports = []
        try:
            self._say(Began(len(changes.changed) + len(changes.gone), changes.first))
            for report in self._reports(changes):
                if self._stopping:
                    return
                reports.append(report)
                self._say(Reported(report))
            self._say(Finished(Summary.of(reports, time.perf_counter() - began)))
        except BaseException as error:  # noqa: BLE001  # for the thread that shows it
            self._say(Broke(error))

    def _reports(self, changes: Changes) -> Iterator[FileReport]:
        from lbtool.build.report import FileReport  # noqa: PLC0415

        for path in changes.gone:
            self._builder.forget(path)
            yield FileReport(path, "gone")
        for path in changes.changed:
            try:
                yield self._builder.build(path).report
            except OSError as error:
                text = error.strerror or str(error)
                problem = Diagnostic("error", "", text, path=path)
                yield FileReport(path, "failed", diagnostics=(problem,))


# ---- the session


class Ended(BaseException):
    """A signal that ends the session."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.code = 128 + number


class Session:
    """Shows what `source` says until a signal comes; runs after good builds."""

    def __init__(
        self,
        paths: Sequence[str],
        source: Source,
        view: View,
        runner: Runner | None = None,
    ) -> None:
        self.paths, self.source, self.view, self.runner = paths, source, view, runner
        self._queue: queue.SimpleQueue[Said | Run] = queue.SimpleQueue()
        self._run: Run | None = None
        # Paths of the modules whose last build failed.
        self._failed: set[str] = set()

    def run(self) -> int:
        """Until SIGINT, SIGTERM or SIGHUP; gives the exit code."""
        try:
            with _signals():
                try:
                    self.view.watching(self.paths)
                    self.source.start(self._queue.put)
                    while True:
                        self._hear(self._queue.get())
                finally:
                    self._close()
        except Ended as end:
            self.view.ended()
            return end.code

    def _close(self) -> None:
        # A second Ctrl-C, while things are put away, ends the process at once.
        for each in SIGNALS:
            signal.signal(each, _leave)
        self._stop_run()
        self.source.stop()

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
        run, self._run = self._run, None
        if run is not None:
            run.stop()
            self.view.run_ended(run)


SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def _signals() -> Iterator[None]:
    """Signals that end the session raise `Ended`."""

    def end(number: int, _: FrameType | None) -> None:
        raise Ended(number)

    before = {each: signal.signal(each, end) for each in SIGNALS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _leave(number: int, _: FrameType | None) -> None:
    os._exit(128 + number)
