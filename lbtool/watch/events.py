"""What the kernel says about folders, through watchdog.

Paths only: what is said to have happened to them is not passed on, since it is often
something else. Three traps are dealt with here: a queue that overflows says so only in
watchdog's log; a limit that is reached below a folder is swallowed by watchdog; most
kinds of events (opened, read, modified) are of no use, so they are not asked for.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

if TYPE_CHECKING:
    from collections.abc import Callable

    from watchdog.observers.api import BaseObserver, ObservedWatch

    from lbtool.watch.roots import Folder

WANTED: tuple[type[FileSystemEvent], ...] = (
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileMovedEvent,
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
)
LOGGER = "watchdog.observers.inotify_c"
_SILENT = logging.NullHandler()
LIMITS = {errno.ENOSPC: "max_user_watches", errno.EMFILE: "max_user_instances"}


class LimitError(OSError):
    """The kernel watches no more for this user."""

    def advice(self) -> str:
        """Which limit it is, and how to raise it."""
        limit = LIMITS.get(self.errno or 0)
        if limit is None:
            return f"the kernel cannot watch these folders ({self.strerror})"
        value = "?"
        with contextlib.suppress(OSError):
            value = Path(f"/proc/sys/fs/inotify/{limit}").read_text().strip()
        name = f"fs.inotify.{limit}"
        return f"the limit {name}={value} is reached (`sudo sysctl {name}=N` raises it)"


class Events:
    """Watches on folders.

    `on_path(path, is_folder)` and `on_loss()` are called in threads of watchdog.
    """

    def __init__(
        self, on_path: Callable[[str, bool], None], on_loss: Callable[[], None]
    ) -> None:
        self._handler = _Handler(on_path)
        self._log = _Losses(on_loss)
        self._watches: dict[Folder, ObservedWatch] = {}
        # It warns when folders are made faster than it looks, which is no news here; a
        # warning that is made an error would end its thread.
        warnings.filterwarnings("ignore", category=RuntimeWarning, module="watchdog")
        # Without a handler its other messages would go to stderr.
        logging.getLogger("watchdog").addHandler(_SILENT)
        try:
            self._observer: BaseObserver = Observer()
        except OSError as error:
            raise LimitError(error.errno, error.strerror) from error
        logging.getLogger(LOGGER).addHandler(self._log)
        self._observer.start()

    def watch(self, folders: frozenset[Folder]) -> None:
        """Watch these folders and no others; raises LimitError.

        Those that do not exist are left out.
        """
        for each in set(self._watches) - folders:
            self._observer.unschedule(self._watches.pop(each))
        for each in folders - set(self._watches):
            if each.identity is not None:
                made = self._schedule(each.path, recursive=each.recursive)
                if made is not None:
                    self._watches[each] = made

    def check_limit(self) -> None:
        """Raise LimitError when not one watch more can be had.

        Then there may be folders below the watched ones that are not watched.
        """
        made = self._schedule(os.sep, recursive=False)
        if made is not None:
            self._observer.unschedule(made)

    def _schedule(self, path: str, *, recursive: bool) -> ObservedWatch | None:
        try:
            return self._observer.schedule(
                self._handler, path, recursive=recursive, event_filter=[*WANTED]
            )
        except OSError as error:
            if error.errno in (errno.ENOENT, errno.ENOTDIR):
                return None  # gone meanwhile
            raise LimitError(error.errno, error.strerror) from error

    def stop(self) -> None:
        """No callback runs after this."""
        self._observer.stop()
        self._observer.join()
        logging.getLogger(LOGGER).removeHandler(self._log)


class _Handler(FileSystemEventHandler):
    """Both ends of a move are hints."""

    def __init__(self, on_path: Callable[[str, bool], None]) -> None:
        self._on_path = on_path

    def dispatch(self, event: FileSystemEvent) -> None:
        """Any kind of event."""
        for path in (event.src_path, event.dest_path):
            if path:
                self._on_path(os.fsdecode(path), event.is_directory)


class _Losses(logging.Handler):
    """What watchdog says when the kernel's queue overflowed; it has nothing better."""

    def __init__(self, on_loss: Callable[[], None]) -> None:
        super().__init__(logging.WARNING)
        self._on_loss = on_loss

    def emit(self, record: logging.LogRecord) -> None:
        """Warnings here are about nothing else today, but nothing promises that."""
        if "overflow" in record.getMessage():
            self._on_loss()
