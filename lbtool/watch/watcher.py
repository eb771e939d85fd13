"""The watcher: one thread that waits for hints, looks, and hands over batches.

Hints come from the kernel (``events``) or from comparing all files at intervals; both
end in the same `ChangeSet`. While a batch is being worked on, hints are collected for
the next one. The callbacks run in the watcher's own thread, one at a time; an asyncio
program gives ``lambda batch: loop.call_soon_threadsafe(queue.put_nowait, batch)``.
"""

from __future__ import annotations

import os
import platform
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, Self

from lbtool.watch.changes import Changes, ChangeSet, Hints, Settings
from lbtool.watch.events import Events, LimitError
from lbtool.watch.names import is_module
from lbtool.watch.roots import Layout, Root
from lbtool.watch.snapshot import Snapshot, modules_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from os import PathLike

    from lbtool.watch.roots import Folder


class Source(Protocol):
    """What tells of changes: ``events`` or ``elsewhere``."""

    def watch(self, folders: frozenset[Folder]) -> None:
        """Watch these folders and no others; raises LimitError."""

    def stop(self) -> None:
        """Tell no more."""


def source(
    on_path: Callable[[str, bool], None], on_doubt: Callable[[bool], None]
) -> Source:
    """The source of this system; raises LimitError."""
    if platform.system() == "Linux":
        return Events(on_path, on_doubt)
    from lbtool.watch import elsewhere  # noqa: PLC0415  # what Linux does not need

    return elsewhere.Events(on_path, on_doubt)


class Watcher:
    """Watches `paths` (files and folders) from `start` to `stop`.

    The first batch has every file that exists, and comes even when there is none. Then
    whatever was last saved is reported at least once after it was saved; a file may be
    reported although its content is the same (whoever reads it knows).

    on_batch   gets `Changes` that are not empty
    on_note    gets a line of text: limits of the kernel, events that were lost
    """

    def __init__(
        self,
        paths: Iterable[str | PathLike[str]],
        on_batch: Callable[[Changes], None],
        settings: Settings | None = None,
        on_note: Callable[[str], None] | None = None,
    ) -> None:
        self.settings = settings or Settings()
        self._on_batch = on_batch
        self._on_note = on_note or (lambda _: None)
        roots = dict.fromkeys(Root.of(str(each)) for each in paths)
        self._layout = Layout.of(roots)
        self._snapshot = Snapshot()
        self._changes = ChangeSet(self.settings)
        self._wake = threading.Condition()
        self._stopping = False
        self._polling = self.settings.poll
        self._events: Source | None = None
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> Self:
        """Begin; gives itself."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """End, after the callback that runs; from any thread, as often as you like."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        current = threading.current_thread()
        if self._thread.ident is not None and current is not self._thread:
            self._thread.join()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    # ---- hints, from any thread

    def hint(self, path: str, is_folder: bool) -> None:
        """Something may have happened to a real path."""
        now = time.monotonic()
        with self._wake:
            for spelled, by_name in self._layout.spelled(path):
                if is_folder and not by_name:
                    self._changes.folder(spelled, now)
                elif by_name or is_module(os.path.basename(spelled)):
                    self._changes.file(spelled, now)
            self._wake.notify()

    def doubt(self, lost: bool) -> None:
        """Look everywhere: events were lost, or folders are not what they were."""
        if lost:
            self._on_note("events were lost: all files are compared")
        with self._wake:
            self._changes.everything(time.monotonic())
            self._wake.notify()

    # ---- the watcher's thread

    def _run(self) -> None:
        try:
            self._listen()
            found = self._snapshot.update(set(self._layout.files()))
            self._on_batch(replace(found, first=True))
            look_at = self._next_look(0.0)
            while True:
                hints = self._wait(look_at)
                if hints is None:
                    return
                if hints:
                    self._settle(hints)
                    # Sooner, if a folder is gone now or there are no events any more.
                    look_at = min(look_at, self._next_look(0.0))
                else:
                    began = time.monotonic()
                    self._survey()
                    look_at = self._next_look(time.monotonic() - began)
        finally:
            if self._events:
                self._events.stop()

    def _wait(self, look_at: float) -> Hints | None:
        """Hints that are due; none at `look_at`; None when it is time to stop."""
        with self._wake:
            while not self._stopping:
                now, due = time.monotonic(), self._changes.due()
                if due is not None and due <= now:
                    return self._changes.take()
                if look_at <= now:
                    return Hints()
                until = look_at if due is None else min(due, look_at)
                self._wake.wait(until - now)
        return None

    def _next_look(self, took: float) -> float:
        settings = self.settings
        pause = settings.reconcile_every if self._events else settings.poll_every
        if self._layout.missing:
            pause = min(pause, settings.return_every)
        return time.monotonic() + max(pause, took / settings.share)

    def _settle(self, hints: Hints) -> None:
        """Look where the hints say, report what differs."""
        if hints.folders or hints.everything:
            self._listen()
        paths = hints.files
        if hints.everything:
            paths |= {*self._layout.files(), *self._snapshot.known}
        elif hints.folders:
            paths.update(self._snapshot.below(hints.folders))
            for each in hints.folders:
                paths.update(modules_in(each))
        changes = self._snapshot.update(paths)
        if changes:
            self._on_batch(changes)

    def _survey(self) -> None:
        """Compare all files; what differs is a hint like others."""
        self._listen()
        everything = {*self._layout.files(), *self._snapshot.known}
        differing = [path for path, _ in self._snapshot.differing(everything)]
        now = time.monotonic()
        with self._wake:
            for path in differing:
                self._changes.file(path, now)

    def _listen(self) -> None:
        """See that the kernel watches the folders that are there now."""
        layout = Layout.of(self._layout.roots)
        with self._wake:
            moved = layout.folders != self._layout.folders
            self._layout = layout
            if moved:
                self._changes.everything(time.monotonic())
        if self._polling:
            return
        try:
            self._events = self._events or source(self.hint, self.doubt)
            self._events.watch(layout.folders)
        except LimitError as error:
            self._give_up(error)

    def _give_up(self, error: LimitError) -> None:
        self._polling = True
        if self._events:
            self._events.stop()
            self._events = None
        pause = f"{self.settings.poll_every:g} s"
        self._on_note(f"{error.advice()}: files are compared every {pause} instead")
