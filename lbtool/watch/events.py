"""What the kernel says about folders: inotify, with all folders below watched as well.

Paths only: what is said to have happened to them is not passed on. A folder is watched
as soon as it appears and then reported as a whole, since files may be in it by then. A
thread of its own reads, so that the kernel's queue stays short while others work.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import select
import struct
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from lbtool.watch.names import is_searched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lbtool.watch.roots import Folder

# <sys/inotify.h>; see inotify(7).
CLOSE_WRITE, MOVED_FROM, MOVED_TO = 0x8, 0x40, 0x80
CREATE, DELETE, DELETE_SELF, MOVE_SELF = 0x100, 0x200, 0x400, 0x800
OVERFLOW, IGNORED = 0x4000, 0x8000
ONLYDIR, DONT_FOLLOW, ISDIR = 0x1000000, 0x2000000, 0x40000000
# Neither opening nor reading nor each write: a save is told when it is complete.
MASK = CLOSE_WRITE | MOVED_FROM | MOVED_TO | CREATE | DELETE | ONLYDIR | DONT_FOLLOW
ROOT = MASK | DELETE_SELF | MOVE_SELF
HEAD = struct.Struct("iIII")  # watch, mask, cookie, length of the name
BUFFER = 1 << 16
LIMITS = {errno.ENOSPC: "max_user_watches", errno.EMFILE: "max_user_instances"}


class LimitError(OSError):
    """The kernel watches no more for this user, or not at all."""

    def advice(self) -> str:
        """What it is, and how to raise the limit."""
        limit = LIMITS.get(self.errno or 0)
        if limit is None:
            return f"the kernel cannot watch these folders ({self.strerror})"
        value = "?"
        with contextlib.suppress(OSError):
            value = Path(f"/proc/sys/fs/inotify/{limit}").read_text().strip()
        name = f"fs.inotify.{limit}"
        return f"the limit {name}={value} is reached (`sudo sysctl {name}=N` raises it)"


class Kernel:
    """The three calls, as functions that raise OSError."""

    def __init__(self) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        try:
            self._add, self._remove = libc.inotify_add_watch, libc.inotify_rm_watch
            self.fd: int = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        except AttributeError:
            raise LimitError(errno.ENOSYS, "there is no inotify") from None
        if self.fd < 0:
            number = ctypes.get_errno()
            raise LimitError(number, os.strerror(number))

    def add(self, path: str, mask: int) -> int:
        """Watch a folder; the same number again for one that is watched already."""
        watch: int = self._add(self.fd, os.fsencode(path), ctypes.c_uint32(mask))
        if watch < 0:
            number = ctypes.get_errno()
            kind = LimitError if number in LIMITS else OSError
            raise kind(number, os.strerror(number), path)
        return watch

    def remove(self, watch: int) -> None:
        """Forget a folder, which may be gone."""
        self._remove(self.fd, watch)

    def read(self) -> Iterator[tuple[int, int, str]]:
        """What there is to read: watch, mask, name."""
        try:
            data = os.read(self.fd, BUFFER)
        except BlockingIOError:
            return
        at = 0
        while at < len(data):
            watch, mask, _, length = HEAD.unpack_from(data, at)
            at += HEAD.size + length
            yield watch, mask, os.fsdecode(data[at - length : at].rstrip(b"\0"))


class Events:
    """Watches on folders, and what happens there.

    Both functions are called in a thread of this: `on_path(path, is_folder)`, and
    `on_doubt(lost)` when everything must be looked at: events were lost, or a watched
    folder itself went away.
    """

    def __init__(
        self, on_path: Callable[[str, bool], None], on_doubt: Callable[[bool], None]
    ) -> None:
        self._on_path, self._on_doubt = on_path, on_doubt
        self._kernel = Kernel()
        self._wake = os.eventfd(0, os.EFD_CLOEXEC)
        self._lock = threading.Lock()
        self._folders: frozenset[Folder] = frozenset()
        # By the kernel's number: where the folder is, and whether those below count.
        self._watched: dict[int, tuple[str, bool]] = {}
        self._failure: LimitError | None = None
        self._thread = threading.Thread(target=self._run, name="inotify", daemon=True)
        self._thread.start()

    def watch(self, folders: frozenset[Folder]) -> None:
        """Watch these folders and no others; those that do not exist are left out.

        What happens meanwhile may be lost if they are others than before. Raises
        LimitError, also when a limit was reached since the last call.
        """
        with self._lock:
            if self._failure is not None:
                raise self._failure
            if folders != self._folders:
                self._folders = folders
                self._set()

    def stop(self) -> None:
        """No function is called after this."""
        os.eventfd_write(self._wake, 1)
        self._thread.join()
        os.close(self._kernel.fd)
        os.close(self._wake)

    def _set(self) -> None:
        """Set all watches; raises LimitError."""
        for each in list(self._watched):
            self._kernel.remove(each)
        self._watched.clear()
        # Those with folders below last: what is in two is watched as they want it.
        for folder in sorted(self._folders, key=lambda each: each.recursive):
            if folder.identity is not None:
                self._add(folder.path, ROOT, recursive=folder.recursive)

    def _add(self, path: str, mask: int, *, recursive: bool) -> None:
        """Watch a folder; what appears below it from now on is reported or seen here.

        Raises LimitError. Folders that are gone or may not be read are left out.
        """
        pending = [path]
        while pending:
            here = pending.pop()
            try:
                watch = self._kernel.add(here, mask)
                mask = MASK
                self._watched[watch] = here, recursive
                if recursive:
                    with os.scandir(here) as entries:
                        pending += [
                            each.path
                            for each in entries
                            if is_searched(each.name)
                            and each.is_dir(follow_symlinks=False)
                        ]
            except LimitError:
                raise
            except OSError:
                continue

    def _drop(self, path: str) -> None:
        """Forget a folder that was moved away, and those below it."""
        below = os.path.join(path, "")
        for watch, (each, _) in list(self._watched.items()):
            if each == path or each.startswith(below):
                del self._watched[watch]
                self._kernel.remove(watch)

    def _run(self) -> None:
        poll = select.poll()
        for each in (self._kernel.fd, self._wake):
            poll.register(each, select.POLLIN)
        while all(fd != self._wake for fd, _ in poll.poll()):
            for watch, mask, name in self._kernel.read():
                self._event(watch, mask, name)

    def _event(self, watch: int, mask: int, name: str) -> None:
        if mask & OVERFLOW:
            # Folders may have come that nobody spoke of.
            self._locked(self._set)
            self._on_doubt(True)
            return
        folder, recursive = self._watched.get(watch, (None, False))
        if folder is None:
            return
        path = os.path.join(folder, name) if name else folder
        if mask & IGNORED:
            self._locked(lambda: self._watched.pop(watch, None))
        elif mask & ISDIR and name and recursive and is_searched(name):
            if mask & MOVED_FROM:
                self._locked(lambda: self._drop(path))
            elif mask & (CREATE | MOVED_TO):
                self._locked(lambda: self._add(path, MASK, recursive=True))
        if mask & (DELETE_SELF | MOVE_SELF):
            self._on_doubt(False)
        elif name:
            self._on_path(path, bool(mask & ISDIR))

    def _locked(self, change: Callable[[], object]) -> None:
        """Change what is watched; a limit is told by the next call of `watch`."""
        with self._lock:
            try:
                change()
            except LimitError as error:
                self._failure = error
