"""The row store on disk: reading it, locking it, putting it aside.

A database that somebody else can have written is looked at before it is used: schema
and settings must be exactly ours, because SQLite runs triggers and diskcache makes
PRAGMAs and constructor arguments of settings. Reading goes over a guarded connection,
in batches; writing is in ``writer.py`` and belongs to whoever holds ``store.lock``.
What is in the rows is sealed and checked elsewhere, and what to do about failures is
decided elsewhere: everything here may raise.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import stat
import time
from pathlib import Path
from typing import TYPE_CHECKING

from lbtool.cache.keys import H
from lbtool.cache.private import NO_FOLLOW, prepare

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lbtool.cache.writer import Rows

__all__ = ["RAW", "SETTINGS", "Damaged", "DiskStore", "is_damage"]

FOLDER = "rows"
LOCK = "store.lock"
NEW = "rows.new"
BAD = "rows.bad-"
DATABASE = "cache.db"
JOURNALS = ("cache.db-wal", "cache.db-shm", "cache.db-journal")
BATCH = 500
BUSY = 2.0  # seconds to wait for somebody else's commit
# Behind the writer's process id in the lock: it is not for a moment.
KEEPS = b" keeps"
SHORTEST, LONGEST = 0.001, 0.032  # seconds between two tries to get the lock
RAW = 1  # diskcache's mode of bytes that are in the row
MAX_ROW = 1 << 26
# Our queries take some thousand steps of SQLite's machine; a crafted database must not
# keep us for ever.
STEPS, MAX_CHECKS = 1_000_000, 500

# Of diskcache; these and its counters are all that may be in its table.
SETTINGS: dict[str, int | str] = {
    "statistics": 0,
    "tag_index": 0,
    "eviction_policy": "least-recently-stored",
    "cull_limit": 0,  # not row by row: `evict` removes many
    "size_limit": 1 << 62,
    "sqlite_auto_vacuum": 1,
    "sqlite_cache_size": 1 << 13,
    "sqlite_journal_mode": "wal",
    "sqlite_mmap_size": 0,  # a mapped file that somebody truncates is a SIGBUS
    # Killed processes lose nothing; after a power failure a damaged store starts empty.
    "sqlite_synchronous": 0,
    "disk_min_file_size": 1 << 62,
    "disk_pickle_protocol": 0,
}
COUNTERS = frozenset({"count", "size", "hits", "misses"})
# Digest of the schema that diskcache 5.6.3 makes of these settings.
SCHEMA = "e832aa393765909e6fba2b494c729bed75368078085ab92ea9aa9c526dffa7ad"

SELECT = "SELECT {} FROM Cache WHERE raw = 1 AND key IN {}"
BYTES = f"mode = {RAW} AND filename IS NULL"
# Primary result codes of SQLite that say nothing about what is in the file.
WEATHER = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOLFS,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
    }
)


class Damaged(Exception):  # noqa: N818 - a reason to start empty, never an error
    """The store is not as we left it."""


def is_damage(error: Exception) -> bool:
    """Whether the contents are to blame, not the disk, its room or its permissions."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return not isinstance(error, OSError | MemoryError)
    return code == sqlite3.SQLITE_IOERR_SHORT_READ or code & 0xFF not in WEATHER


# ---- looking before using


class _Budget:
    """Ends a query that takes too many steps; `checks` is reset before each action."""

    __slots__ = ("checks",)

    def __init__(self) -> None:
        self.checks = 0

    def __call__(self) -> bool:
        self.checks += 1
        return self.checks > MAX_CHECKS


def _guard(connection: sqlite3.Connection, budget: _Budget) -> None:
    """Switch off what a crafted database could do besides being wrong."""
    connection.set_progress_handler(budget, STEPS)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_ROW)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0"):
        connection.execute(f"PRAGMA {pragma}").fetchall()


def schema_digest(connection: sqlite3.Connection) -> str:
    """Digest of every table, index and trigger, their texts included."""
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
    texts = sorted("|".join(str(each) for each in row) for row in rows)
    return H(*("".join(text.split()).encode() for text in texts), b"").hex()


def _check(connection: sqlite3.Connection) -> None:
    """Raise `Damaged` unless schema and settings are what we wrote."""
    if schema_digest(connection) != SCHEMA:
        raise Damaged("another schema")
    found = dict(connection.execute("SELECT key, value FROM Settings LIMIT 100"))
    counters = [found.pop(name, None) for name in COUNTERS]
    if found != SETTINGS or any(type(each) is not int for each in counters):
        raise Damaged("other settings")


def _look(path: Path, *, folder: bool = False) -> bool:
    """Whether it is there; `Damaged` when it is not a file (a folder) of ours."""
    try:
        at = path.lstat()
    except FileNotFoundError:
        return False
    except NotADirectoryError:
        raise Damaged(f"{path.parent.name} is not a folder") from None
    wanted = stat.S_ISDIR(at.st_mode) if folder else stat.S_ISREG(at.st_mode)
    if not wanted or at.st_uid != os.geteuid() or at.st_mode & 0o600 != 0o600:
        raise Damaged(f"{path.name} is not what it should be")
    return True


def _connect(database: Path, budget: _Budget) -> sqlite3.Connection:
    """A connection to an existing database that is guarded and was looked at."""
    connection = sqlite3.connect(
        f"{database.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=BUSY,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        _guard(connection, budget)
        _check(connection)
        # What should be bytes and is text is one wrong row, not an error of the query.
        connection.text_factory = bytes
    except BaseException:
        connection.close()
        raise
    return connection


def _batches(keys: Sequence[bytes]) -> Iterator[tuple[Sequence[bytes], str]]:
    """Keys in parts with a place holder for each."""
    for at in range(0, len(keys), BATCH):
        part = keys[at : at + BATCH]
        yield part, ",".join("?" * len(part))


# ---- the store


class DiskStore:
    """Rows below ``DIRECTORY/rows``; see `lbtool.cache.store.Store`.

    Reading opens what is there and creates nothing. `limit` is in bytes of the
    database file. Not for two threads at once.
    """

    def __init__(self, directory: str, limit: int) -> None:
        self.directory = Path(directory)
        self.limit = limit
        self.folder = self.directory / FOLDER
        self.database = self.folder / DATABASE
        self._budget = _Budget()
        self._opened: tuple[int, int] | None = None  # the database we are connected to
        self._reader: sqlite3.Connection | None = None
        self._writer: Rows | None = None
        self._lock: int | None = None

    # ---- the lock

    def lock(self, patience: float = 0.0, *, keep: bool = False) -> bool:
        """Become the writer, until `unlock` or `close`; waits for so many seconds.

        Nobody waits for a writer who says that it will `keep` the lock.
        """
        path = self.directory / LOCK
        if self._lock is not None:
            if _same(path, os.fstat(self._lock)):
                return True
            self.close()  # the directory was removed under us
        prepare(str(self.directory))
        flags = os.O_RDWR | os.O_CREAT | os.O_NONBLOCK | NO_FOLLOW
        fd = os.open(path, flags, 0o600)
        try:
            if not _take(fd, patience):
                os.close(fd)
                return False
            os.ftruncate(fd, 0)
            os.pwrite(fd, b"%d%b\n" % (os.getpid(), KEEPS if keep else b""), 0)
        except BaseException:
            os.close(fd)
            raise
        self._lock = fd
        return True

    def unlock(self) -> None:
        """Let others write; the connections stay."""
        lock, self._lock = self._lock, None
        if lock is not None:
            os.close(lock)

    def holder(self) -> int | None:
        """Process id of the writer, 0 if it does not say; None if there is none."""
        try:
            fd = os.open(self.directory / LOCK, os.O_RDONLY | os.O_NONBLOCK | NO_FOLLOW)
        except FileNotFoundError:
            return None
        try:
            fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            text = os.pread(fd, 20, 0).removesuffix(b"\n").removesuffix(KEEPS)
            return int(text) if text.isdigit() else 0
        finally:
            os.close(fd)
        return None

    # ---- opening

    def _exists(self) -> bool:
        journals = [_look(self.folder / name) for name in JOURNALS]
        found = _look(self.folder, folder=True) and _look(self.database)
        if any(journals) and not found:
            raise Damaged("journals without a database")
        return found

    def _read(self) -> sqlite3.Connection | None:
        """The connection for reading; None while there is nothing to read."""
        self._budget.checks = 0
        if self._opened is not None and not _same(self.database, self._opened):
            self._disconnect()  # it was removed, or put aside by the writer
        if self._reader is None and self._exists():
            self._reader = _connect(self.database, self._budget)
            at = self.database.stat()
            self._opened = at.st_dev, at.st_ino
        return self._reader

    def _write(self) -> Rows:
        """The writer, over a store that was looked at, or a new one."""
        if not self.lock():
            raise BlockingIOError("somebody else writes the store")
        reader = self._read()
        if self._writer is None:
            from lbtool.cache.writer import Rows  # noqa: PLC0415 - diskcache is heavy

            if reader is None:
                self._create(Rows)
            else:
                # diskcache would try for a minute what a locked database refuses
                reader.execute("BEGIN IMMEDIATE")
                reader.execute("ROLLBACK")
            self._writer = Rows(str(self.folder), BUSY)
            self._read()
        return self._writer

    def _create(self, rows: type[Rows]) -> None:
        """Make an empty database, in one step: who reads sees none or all of it."""
        import shutil  # noqa: PLC0415 - rarely needed

        made = self.directory / NEW
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(mode=0o700)
        rows(str(made), BUSY).close()
        self.folder.mkdir(mode=0o700, exist_ok=True)
        (made / DATABASE).rename(self.database)
        shutil.rmtree(made)

    # ---- rows

    def get_many(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The rows that are there and could be ours."""
        connection = self._read()
        if connection is None:
            return {}
        return {
            key: value
            for part, marks in _batches(keys)
            for key, value in connection.execute(
                SELECT.format("key, value", f"({marks}) AND {BYTES}"), part
            )
            if type(key) is bytes and type(value) is bytes
        }

    def contains_many(self, keys: Sequence[bytes]) -> set[bytes]:
        """Which keys have a row, whatever is in it."""
        connection = self._read()
        if connection is None:
            return set()
        return {
            key
            for part, marks in _batches(keys)
            for (key,) in connection.execute(SELECT.format("key", f"({marks})"), part)
        }

    def keys(self, tag: str) -> list[bytes]:
        """Keys of all rows with a tag."""
        connection = self._read()
        if connection is None:
            return []
        rows = connection.execute("SELECT key FROM Cache WHERE tag = ?", (tag,))
        return [key for (key,) in rows if type(key) is bytes]

    def put_many(self, rows: Mapping[bytes, bytes], tag: str) -> None:
        """Write all, in transactions of `BATCH`; then see to the size limit."""
        writer = self._write()
        items = list(rows.items())
        for at in range(0, len(items), BATCH):
            writer.put_rows(items[at : at + BATCH], tag)
        if writer.volume() > self.limit:
            self.evict(self.limit - self.limit // 10)

    def evict(self, size: int) -> int:
        """Remove the rows stored longest ago until `size` bytes are used."""
        writer, removed = self._write(), 0
        while (used := writer.volume()) > size and (n := self.count()):
            share = n * (used - size) // used
            removed += (some := max(1, min(share, BATCH)))
            writer.remove_oldest(some)
        if removed:
            writer.shrink()
        return removed

    def count(self) -> int:
        """Rows of all kinds."""
        connection = self._read()
        if connection is None:
            return 0
        return int(connection.execute("SELECT count(*) FROM Cache").fetchone()[0])

    def kinds(self) -> list[tuple[str, int, int]]:
        """(tag, rows, bytes) of every kind."""
        connection = self._read()
        if connection is None:
            return []
        rows = connection.execute(
            "SELECT tag, count(*), sum(length(value)) FROM Cache GROUP BY tag"
        )
        return [
            (tag.decode("ascii", "replace"), int(n), int(size or 0))
            for tag, n, size in rows
            if type(tag) is bytes
        ]

    def size(self) -> int:
        """Bytes of the database file."""
        try:
            return self.database.stat().st_size
        except (FileNotFoundError, NotADirectoryError):
            return 0

    # ---- endings

    def quarantine(self) -> bool:
        """Put the folder aside and start empty; only the writer may."""
        self._disconnect()
        if not self.lock():
            return False
        try:
            self.folder.rename(self.directory / f"{BAD}{time.time_ns()}")
        except FileNotFoundError:
            pass
        self.remove_quarantined(keep=1)
        return True

    def quarantined(self) -> list[Path]:
        """Folders that were put aside, oldest first."""
        return sorted(self.directory.glob(f"{BAD}*"))

    def remove_quarantined(self, keep: int = 0) -> int:
        """Delete all but the newest `keep`; gives how many."""
        import shutil  # noqa: PLC0415 - rarely needed

        found = self.quarantined()
        old = found[: len(found) - keep]
        for path in old:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        return len(old)

    def _disconnect(self) -> None:
        reader, self._reader = self._reader, None
        writer, self._writer = self._writer, None
        self._opened = None
        for each in (writer, reader):
            if each is not None:
                try:
                    each.close()
                except Exception:  # noqa: BLE001, S110 - it is let go of all the same
                    pass

    def close(self) -> None:
        """Let go of the connections and of the lock."""
        self._disconnect()
        self.unlock()


def _take(fd: int, patience: float) -> bool:
    """Lock a file within so many seconds, unless its holder says it keeps the lock."""
    until, pause = time.monotonic() + patience, SHORTEST
    while True:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            left = until - time.monotonic()
            if left <= 0 or KEEPS in os.pread(fd, 40, 0):
                return False
            time.sleep(min(pause, left))
            pause = min(2 * pause, LONGEST)
        else:
            return True


def _same(path: Path, known: os.stat_result | tuple[int, int]) -> bool:
    """Whether `path` is still the file that was opened."""
    if isinstance(known, os.stat_result):
        known = known.st_dev, known.st_ino
    try:
        at = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return (at.st_dev, at.st_ino) == known
