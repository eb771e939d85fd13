"""A watcher with the quickest of builders: it keeps what the files contain.

`Mirror.settled` waits until that is what a fresh look at the tree finds; a save that
was missed, or was taken too early and not again, makes it fail at its deadline.
"""

from __future__ import annotations

import os
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from lbtool.watch.changes import Changes, Settings
from lbtool.watch.watcher import Watcher

if TYPE_CHECKING:
    from collections.abc import Callable

DEADLINE = 120.0
NEVER = 3600.0
# The kernel's events alone; comparing files alone; both, as it is used.
EVENTS = Settings(reconcile_every=NEVER)
POLLING = Settings(poll=True, poll_every=0.02, share=0.5)
BOTH = Settings(reconcile_every=0.05, return_every=0.02, share=0.5)

State = dict[str, bytes | None]


def content(path: str) -> bytes | None:
    """None when it cannot be read."""
    try:
        return Path(path).read_bytes()
    except OSError:
        return None


def fresh(*roots: Path) -> State:
    """What a build that starts now would see."""
    found: State = {}
    for root in roots:
        for folder, folders, files in os.walk(root):
            folders[:] = [each for each in folders if each != ".git"]
            for name in files:
                path = Path(folder, name)
                wanted = path.suffix in (".wasm", ".wat") and name[0] not in ".#"
                if wanted and path.is_file():
                    found[str(path)] = content(str(path))
    return found


class Mirror:
    """Has each file's content as of the last batch that named it."""

    def __init__(self, *paths: Path, settings: Settings = EVENTS) -> None:
        self.state: State = {}
        self.batches: list[Changes] = []
        self.notes: list[str] = []
        self.paths = paths
        self._changed = threading.Condition()
        self.watcher = Watcher(paths, self.take, settings, self.notes.append)

    def take(self, batch: Changes) -> None:
        found = {path: content(path) for path in batch.changed}
        with self._changed:
            # Unreadable is a state like others; what is gone meanwhile comes as gone.
            self.state.update(found)
            for path in batch.gone:
                self.state.pop(path, None)
            self.batches.append(batch)
            self._changed.notify_all()

    def __enter__(self) -> Self:
        self.watcher.start()
        self.until(lambda: bool(self.batches))
        assert self.batches[0].first
        return self

    def __exit__(self, *_: object) -> None:
        self.watcher.stop()

    def until(self, true: Callable[[], bool], seconds: float = DEADLINE) -> bool:
        """Wait for batches until it is so."""
        with self._changed:
            return self._changed.wait_for(true, seconds)

    def settled(self, *roots: Path) -> int:
        """The final state was built; gives the number of files in it."""
        wanted = fresh(*(roots or self.paths))
        if not self.until(lambda: self.state == wanted):
            different = {
                path
                for path in self.state.keys() | wanted.keys()
                if self.state.get(path, b"-") != wanted.get(path, b"-")
            }
            raise AssertionError(f"not built: {sorted(different)[:10]}, {self.notes}")
        return len(wanted)


def pause(seconds: float = 0.04) -> None:
    """What a slow writer does between two writes; longer than the quiet period."""
    time.sleep(seconds)


def quick(settings: Settings) -> Settings:
    """The same with a short quiet period, where the period is not the point."""
    return replace(settings, quiet=0.005)
