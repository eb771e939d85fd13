"""Where the reports of ``lbtool watch`` come from, and what a source of them says.

`Foreground` watches and builds in this process. `ThroughDaemon` asks the daemon for the
same and goes on by itself when that goes away. Both spell paths as they were given.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from lbtool.build.report import FileReport, Summary, unreadable
from lbtool.cli.building import builder_of
from lbtool.cli.daemon_builds import connected

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lbtool.config import Settings
    from lbtool.daemon.client import Client, Event
    from lbtool.watch.changes import Changes


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

    error: Exception


Said = Began | Reported | Finished | Noted | Broke
Say = Callable[[Said], None]


class Source(Protocol):
    """Where reports come from; what it says it says in threads of its own."""

    def start(self) -> None:
        """Begin with all files that there are."""

    def stop(self) -> None:
        """End; nothing is said afterwards."""


class Foreground:
    """Watches and builds in this process."""

    def __init__(self, paths: Sequence[str], settings: Settings, say: Say) -> None:
        def note(text: str) -> None:
            say(Noted(text))

        from lbtool.watch.changes import Settings as Times  # noqa: PLC0415 - no daemon
        from lbtool.watch.watcher import Watcher  # noqa: PLC0415

        self._say = say
        self._stopping = False
        self._builder = builder_of(settings, note)
        times = Times(
            quiet=settings.watch_quiet,
            cap=max(Times().cap, settings.watch_quiet),
            poll=settings.watch_polling,
            poll_every=settings.watch_interval,
        )
        self._watcher = Watcher(paths, self._batch, times, note)

    def start(self) -> None:
        """Begin with what there is."""
        self._watcher.start()

    def stop(self) -> None:
        """End after the file that is being built."""
        self._stopping = True
        self._watcher.stop()
        self._builder.flush()
        self._builder.cache.close()

    def _batch(self, changes: Changes) -> None:
        paths = [*changes.changed, *changes.gone]
        try:
            self._say(Began(len(paths), changes.first))
            self._build(paths)
            if changes.first:
                self._builder.prepare()
        except Exception as error:  # noqa: BLE001  # for the thread that shows it
            self._say(Broke(error))

    def _build(self, paths: Iterable[str]) -> None:
        began = time.perf_counter()
        reports = []
        for path in paths:
            if self._stopping:
                return
            try:
                report = self._builder.build(path).report
            except OSError as error:
                report = unreadable(path, error)
            reports.append(report)
            self._say(Reported(report))
        self._say(Finished(Summary.of(reports, time.perf_counter() - began)))


class ThroughDaemon:
    """The daemon watches and builds."""

    def __init__(
        self,
        client: Client,
        options: dict[str, Any],
        paths: Sequence[str],
        settings: Settings,
        say: Say,
    ) -> None:
        self._client, self._options = client, options
        self._paths, self._settings, self._say = paths, settings, say
        self._given = {os.path.abspath(each): os.path.normpath(each) for each in paths}  # noqa: PTH100
        self._thread = threading.Thread(target=self._listen, name="daemon", daemon=True)
        self._lock = threading.Lock()
        self._stopping = False
        self._instead: Foreground | None = None

    def start(self) -> None:
        """Ask it."""
        self._thread.start()

    def stop(self) -> None:
        """Hang up."""
        with self._lock:
            self._stopping = True
        self._client.hang_up()
        if self._thread.ident is not None:
            self._thread.join()
        self._client.close()
        if self._instead is not None:
            self._instead.stop()

    def _listen(self) -> None:
        from lbtool.daemon.client import DaemonGone  # noqa: PLC0415
        from lbtool.daemon.protocol import Fault  # noqa: PLC0415

        settings = self._settings
        try:
            for each in self._client.stream(
                "watch",
                paths=list(self._given),
                options=self._options,
                quiet=settings.watch_quiet,
                poll=settings.watch_polling,
                poll_every=settings.watch_interval,
            ):
                self._said(each)
        except (DaemonGone, Fault) as error:
            self._go_on(str(error))
        except Exception as error:  # noqa: BLE001  # for the thread that shows it
            self._say(Broke(error))
        else:
            self._go_on("the daemon ended the watch")

    def _said(self, event: Event) -> None:
        match event.name:
            case "began":
                self._say(Began(event.data["files"], event.data["first"]))
            case "report":
                self._say(Reported(self._spelled(FileReport.from_json(event.data))))
            case "finished":
                self._say(Finished(Summary.from_json(event.data)))
            case "note":
                self._say(Noted(event.data["text"]))

    def _spelled(self, report: FileReport) -> FileReport:
        """With paths as they were given."""
        path = report.path
        for absolute, given in self._given.items():
            if path == absolute or path.startswith(absolute.rstrip("/") + "/"):
                rest = path[len(absolute) :].lstrip("/")
                path = os.path.normpath(os.path.join(given, rest))  # noqa: PTH118
                break
        found = (replace(each, path=path) for each in report.diagnostics)
        return replace(report, path=path, diagnostics=tuple(found))

    def _go_on(self, why: str) -> None:
        """Watch in this process from now on."""
        with self._lock:
            if self._stopping:
                return
            self._instead = Foreground(self._paths, self._settings, self._say)
        self._say(Noted(f"{why}: watching goes on without it"))
        self._instead.start()


def source(paths: Sequence[str], settings: Settings, say: Say) -> Source:
    """The daemon if one runs and may be used, else this process."""
    found = connected(settings)
    if found is not None:
        return ThroughDaemon(*found, paths, settings, say)
    return Foreground(paths, settings, say)
