"""Sealed files: one record a file, for what a warm run reads before anything else.

A file is written under another name and renamed, so it is there as a whole or not at
all, and needs no lock. Nothing is synced: after a power failure a file may be damaged,
which its seal shows. Everything happens below directory descriptors that follow no
symlinks, and only names of our pattern are ever removed. Sealing is not here.
"""

from __future__ import annotations

import os
import stat
from time import time

from lbtool.cache.kinds import KINDS
from lbtool.cache.seal import EDGES
from lbtool.cache.tree import Reading

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from typing_extensions import Buffer

    from lbtool.cache.kinds import Kind

__all__ = ["FileStore", "MemoryFiles"]

FOLDER = "files"
TEMPORARY = ".new-"
HEX = frozenset("0123456789abcdef")
KEY_DIGITS = 64
ABANDONED = 3600  # seconds after which a half-written file has no writer any more
DAY = 86_400
DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# A planted FIFO must not make anybody wait.
READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def _ours(name: str) -> bool:
    """Whether a file name is one of a record."""
    kind, _, key = name.partition("-")
    return kind in KINDS and len(key) == KEY_DIGITS and HEX.issuperset(key)


class FileStore:
    """Files below ``DIRECTORY/files``, at most `limit` bytes of them.

    Raises OSError when the directory cannot be read or written. Absence is no error.
    """

    def __init__(self, directory: str, limit: int) -> None:
        self.directory = directory
        self.limit = limit
        self._used: int | None = None  # bytes, as far as this process knows

    def _open_folder(self, *, create: bool = False) -> int:
        top = os.open(self.directory, DIRECTORY)
        try:
            if create:
                try:
                    os.mkdir(FOLDER, 0o700, dir_fd=top)
                except FileExistsError:
                    pass
            return os.open(FOLDER, DIRECTORY, dir_fd=top)
        finally:
            os.close(top)

    def begin(
        self, kind: Kind, key: bytes, room: Callable[[int], Buffer] | None = None
    ) -> Reading | None:
        """Begin to read a record's file, into a `room`; None when there is none."""
        try:
            folder = self._open_folder()
        except FileNotFoundError:
            return None
        try:
            fd = os.open(f"{kind.name}-{key.hex()}", READ, dir_fd=folder)
        except FileNotFoundError:
            return None
        finally:
            os.close(folder)
        at = os.fstat(fd)
        if not stat.S_ISREG(at.st_mode) or at.st_size > self.limit:
            return Reading(fd, 0)  # too short for any record
        _note_use(fd, at)
        return Reading(fd, at.st_size, *EDGES, room)

    def put(self, kind: Kind, key: bytes, blob: bytes) -> None:
        """Write a record's file, and remove old files when there are too many bytes."""
        if len(blob) > self.limit:
            return
        folder = self._open_folder(create=True)
        fresh = f"{TEMPORARY}{os.getpid()}-{os.urandom(8).hex()}"
        try:
            fd = os.open(fresh, CREATE, 0o600, dir_fd=folder)
            try:
                _write(fd, blob)
                name = f"{kind.name}-{key.hex()}"
                os.rename(fresh, name, src_dir_fd=folder, dst_dir_fd=folder)
            except BaseException:
                os.unlink(fresh, dir_fd=folder)
                raise
            finally:
                os.close(fd)
            self._account(folder, len(blob))
        finally:
            os.close(folder)

    def _account(self, folder: int, written: int) -> None:
        """Count what was written; the directory is read once, and again when full."""
        if self._used is not None:
            self._used += written
        if self._used is None or self._used > self.limit:
            self._used = _prune(folder, self.limit)

    def _is_file(self) -> bool:
        """Whether a plain file is in the folder's place."""
        at = os.lstat(os.path.join(self.directory, FOLDER))
        return stat.S_ISREG(at.st_mode)

    def prune(self, limit: int) -> int:
        """Remove the files used longest ago until `limit` bytes are left.

        Gives how many bytes are left.
        """
        try:
            folder = self._open_folder()
        except FileNotFoundError:
            return 0
        except NotADirectoryError:
            if not self._is_file():
                raise
            if limit == 0:  # all is to go, and what is in the folder's place
                os.unlink(os.path.join(self.directory, FOLDER))
            return 0
        try:
            self._used = _prune(folder, limit)
        finally:
            os.close(folder)
        return self._used

    def records(self) -> list[tuple[Kind, bytes, int]]:
        """Kind, key and size in bytes of every record's file."""
        try:
            folder = self._open_folder()
        except FileNotFoundError:
            return []
        except NotADirectoryError:
            if not self._is_file():
                raise
            return []
        try:
            return [
                (KINDS[name.partition("-")[0]], bytes.fromhex(name[-KEY_DIGITS:]), size)
                for name, size in ((n, at.st_size) for n, at in _entries(folder))
                if _ours(name)
            ]
        finally:
            os.close(folder)


def _note_use(fd: int, at: os.stat_result) -> None:
    """Keep the modification time as the day of last use, which pruning goes by."""
    if time() - at.st_mtime > DAY:
        try:
            os.utime(fd)
        except OSError:
            pass  # a cache that can only be read


def _write(fd: int, blob: bytes) -> None:
    view = memoryview(blob)
    while view:
        view = view[os.write(fd, view) :]


def _entries(folder: int) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            try:
                at = entry.stat(follow_symlinks=False)
            except OSError:
                continue  # gone meanwhile
            yield entry.name, at


def _prune(folder: int, limit: int) -> int:
    records, used = [], 0
    for name, at in _entries(folder):
        if _ours(name):
            records.append((at.st_mtime, name, at.st_size))
            used += at.st_size
        elif name.startswith(TEMPORARY) and time() - at.st_mtime > ABANDONED:
            _remove(folder, name)
    if used > limit:
        records.sort()
        for _, name, size in records:
            # Down to nine tenths, so that the next write does not prune again.
            if used <= limit - limit // 10:
                break
            _remove(folder, name)
            used -= size
    return used


def _remove(folder: int, name: str) -> None:
    try:
        os.unlink(name, dir_fd=folder)
    except OSError:
        pass  # somebody else did, or may not: the next one tries again


class Kept:
    """A record that is in memory, like a `Reading` of it."""

    def __init__(self, blob: bytes) -> None:
        self._blob = blob

    def result(self) -> tuple[bytes, list[bytes]]:
        """The record; nothing has digested it."""
        return self._blob, []


class MemoryFiles:
    """The same in a dictionary; for ``--no-cache``."""

    def __init__(self) -> None:
        self.files: dict[tuple[Kind, bytes], bytes] = {}

    def begin(self, kind: Kind, key: bytes, room: object = None) -> Kept | None:
        """What was kept, as if it had been read; None when there is nothing."""
        del room
        blob = self.files.get((kind, key))
        return None if blob is None else Kept(blob)

    def put(self, kind: Kind, key: bytes, blob: bytes) -> None:
        """Keep."""
        self.files[kind, key] = blob

    def prune(self, limit: int) -> int:
        """Forget the oldest until `limit` bytes are left; gives what is left."""
        used = sum(map(len, self.files.values()))
        while used > limit and self.files:
            used -= len(self.files.pop(next(iter(self.files))))
        return used

    def records(self) -> list[tuple[Kind, bytes, int]]:
        """Kind, key and size in bytes of every record."""
        return [(kind, key, len(blob)) for (kind, key), blob in self.files.items()]
