"""What other systems than Linux say about folders: watchdog's observers.

The same interface as ``events``, which is for inotify and more exact: watchdog's use of
inotify loses folders that are moved in, holds back moves out of the tree and hides
limits. What an observer misses is found when the watcher compares all files.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from watchdog.events import FileSystemEventHandler
from watchdog.observers import Observer

from lbtool.watch.names import is_searched

if TYPE_CHECKING:
    from collections.abc import Callable

    from watchdog.events import FileSystemEvent

    from lbtool.watch.roots import Folder

__all__ = ["Events"]


class Events(FileSystemEventHandler):
    """Calls `on_path(path, is_folder)` in a thread of its own."""

    def __init__(
        self, on_path: Callable[[str, bool], None], on_doubt: Callable[[bool], None]
    ) -> None:
        self._on_path, self._on_doubt = on_path, on_doubt
        self._folders: frozenset[Folder] = frozenset()
        self._observer = Observer()
        self._observer.start()

    def watch(self, folders: frozenset[Folder]) -> None:
        """Watch these folders and no others; those that do not exist are left out."""
        if folders == self._folders:
            return
        self._folders = folders
        self._observer.unschedule_all()
        for each in folders:
            if each.identity is not None:
                self._observer.schedule(self, each.path, recursive=each.recursive)

    def stop(self) -> None:
        """No function is called after this."""
        self._observer.stop()
        self._observer.join()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Pass on both names of what was moved, and every other name once."""
        if event.event_type in ("opened", "closed_no_write"):
            return
        for each in (event.src_path, event.dest_path):
            path = os.fsdecode(each)
            if path and is_searched(os.path.basename(path)):
                self._on_path(path, event.is_directory)
