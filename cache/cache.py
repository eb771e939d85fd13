"""The cache as everyone uses it: sealed records in, checked records out.

Whatever the disk does or holds is a miss, counted by reason. No method raises for it:
damage puts the row store aside and starts an empty one, bad weather (a full disk, a
vanished directory) is tried again later, and one warning is given. Which key means what
is in ``keys.py``.
"""

from __future__ import annotations

import os
from _thread import RLock
from time import monotonic

from lbtool.cache import private
from lbtool.cache.files import FileStore, MemoryFiles
from lbtool.cache.kinds import ARTIFACT
from lbtool.cache.seal import Rejected, Sealer

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from typing import Self, TypeVar

    from typing_extensions import Buffer

    from lbtool.cache.disk import DiskStore
    from lbtool.cache.files import Kept
    from lbtool.cache.kinds import Kind
    from lbtool.cache.store import MemoryStore
    from lbtool.cache.tree import Reading
    from lbtool.compiler.artifact import Artifact

    Rows = DiskStore | MemoryStore
    T = TypeVar("T")

__all__ = ["LIMIT", "Cache", "Stats", "open_cache"]

LIMIT = 1 << 30
# After this many failures in a row the disk is left alone for so many seconds.
PATIENCE, REST = 3, 60.0


class Stats:
    """What happened since the cache was opened.

    hits      records that were found, opened and believed
    misses    records that were asked for and not given, for whatever reason
    written   records that were stored
    skipped   records that were not: somebody else writes, or nothing may be written
    rejected  records that were there and not believed, per reason
    failures  what the disk did, per reason
    """

    __slots__ = ("failures", "hits", "misses", "rejected", "skipped", "written")

    def __init__(self) -> None:
        self.hits = self.misses = self.written = self.skipped = 0
        self.rejected: dict[str, int] = {}
        self.failures: dict[str, int] = {}

    def reject(self, reason: str) -> None:
        """Count a record that was there and not believed."""
        self.rejected[reason] = self.rejected.get(reason, 0) + 1

    def fail(self, error: Exception) -> None:
        """Count a failure of the disk."""
        reason = type(error).__name__
        self.failures[reason] = self.failures.get(reason, 0) + 1

    def as_json(self) -> dict[str, object]:
        """Plain numbers."""
        return {
            "hits": self.hits,
            "misses": self.misses,
            "written": self.written,
            "skipped": self.skipped,
            "rejected": dict(sorted(self.rejected.items())),
            "failures": dict(sorted(self.failures.items())),
        }


class _Patience:
    """Whether it is worth while to try again what failed."""

    __slots__ = ("failures", "until")

    def __init__(self) -> None:
        self.failures, self.until = 0, 0.0

    def tries(self) -> bool:
        return self.failures < PATIENCE or monotonic() >= self.until

    def note(self, *, failed: bool) -> None:
        self.failures = self.failures + 1 if failed else 0
        self.until = monotonic() + REST


class Cache:
    """Records of every kind by key, for all threads of a process; see `open_cache`."""

    def __init__(
        self,
        sealer: Sealer,
        place: str | None,
        limit: int,
        *,
        write: bool,
        patience: float,
        warn: Callable[[str], None],
    ) -> None:
        self.stats = Stats()
        self.limit = limit
        self._sealer = sealer
        self._place = place
        self._may_write = write
        self._patience = patience
        self._keeps = False
        self._warn: Callable[[str], None] | None = warn
        self._lock = RLock()
        self._store: Rows | None = None
        self._reading, self._writing = _Patience(), _Patience()
        self._locking = _Patience()
        self.files = MemoryFiles() if place is None else FileStore(place, limit // 2)
        self._expected: dict[tuple[Kind, bytes], Reading | Kept] = {}

    @property
    def lasts(self) -> bool:
        """Whether what is put may outlive this process."""
        return self._place is not None and self._may_write

    @property
    def directory(self) -> Path | None:
        """Where the cache is; None for one in memory."""
        from pathlib import Path  # noqa: PLC0415 - costs a warm run milliseconds

        return None if self._place is None else Path(self._place)

    # ---- the row store, behind a guard

    def rows(self) -> Rows:
        """The row store itself, for statistics; whatever it does may raise."""
        if self._store is None:
            if self._place is None:
                from lbtool.cache.store import MemoryStore  # noqa: PLC0415

                self._store = MemoryStore()
            else:
                from lbtool.cache.disk import DiskStore  # noqa: PLC0415

                self._store = DiskStore(self._place, self.limit // 2)
        return self._store

    def _guarded(
        self, patience: _Patience, action: Callable[[Rows], T], nothing: T
    ) -> T:
        """Result of an action on the row store; `nothing` when it cannot be done."""
        with self._lock:
            while patience.tries():
                try:
                    result = action(self.rows())
                except Exception as error:  # noqa: BLE001 - damage can raise anything
                    patience.note(failed=True)
                    if not self._failed(error):
                        break
                else:
                    patience.note(failed=False)
                    return result
            return nothing

    def _failed(self, error: Exception) -> bool:
        """Let go of the row store; true if it starts empty, worth another try."""
        from lbtool.cache.disk import DiskStore, is_damage  # noqa: PLC0415

        self.stats.fail(error)
        store, self._store = self._store, None
        empty = False
        try:
            if isinstance(store, DiskStore):
                empty = is_damage(error) and self._may_write and store.quarantine()
                store.close()
        except Exception as second:  # noqa: BLE001 - as above
            self.stats.fail(second)
        what = (
            "was damaged and starts empty" if empty else "cannot be used as it should"
        )
        self._say(f"the cache {what}: {error}")
        return empty

    def _say(self, message: str) -> None:
        """Warn, once."""
        warn, self._warn = self._warn, None
        if warn is not None:
            warn(message)

    def lock(self) -> bool:
        """Become the writer of rows until `close`; False while somebody else is.

        As the daemon does. Others are it while they put something.
        """
        with self._lock:
            self._keeps = True
            self._keeps = self._become_writer()
            return self._keeps

    def _become_writer(self) -> bool:
        def become_writer(rows: Rows) -> bool:
            return rows.lock(self._patience, keep=self._keeps)

        return self._may_write and self._guarded(
            self._locking, become_writer, nothing=False
        )

    @property
    def writable(self) -> bool:
        """Whether rows that are put now are kept; becomes the writer if it can."""
        return self.lock()

    # ---- rows

    def _get(
        self, kind: Kind, keys: Sequence[bytes], load: Callable[[memoryview], T]
    ) -> dict[bytes, T]:
        """Rows that are what they should be; `load` may raise `Rejected` too."""
        none: dict[bytes, bytes] = {}
        blobs = none
        if keys:
            blobs = self._guarded(self._reading, lambda rows: rows.get_many(keys), none)
        found: dict[bytes, T] = {}
        for key, blob in blobs.items():
            try:
                found[key] = load(self._sealer.open(kind, key, blob))
            except Rejected as why:
                self.stats.reject(why.reason)
            except Exception as error:  # noqa: BLE001 - a miss, whatever it is
                self.stats.reject(type(error).__name__)
        self.stats.hits += len(found)
        self.stats.misses += len(keys) - len(found)
        return found

    def keys(self, kind: Kind) -> list[bytes]:
        """Keys of all rows of a kind; what is in them is not looked at."""
        none: list[bytes] = []
        return self._guarded(self._reading, lambda rows: rows.keys(kind.name), none)

    def artifacts(self, keys: Sequence[bytes]) -> dict[bytes, Artifact]:
        """The artifacts that are there, checked so far that they can be linked."""
        from lbtool.cache.artifact import decode  # noqa: PLC0415 - not for files

        return self._get(ARTIFACT, keys, decode)

    def put_artifacts(self, found: Mapping[bytes, Artifact]) -> None:
        """Keep artifacts by key: one batched write."""
        from lbtool.cache.artifact import encode  # noqa: PLC0415 - not for files

        self._put(ARTIFACT, found, encode)

    def contains(self, keys: Sequence[bytes]) -> set[bytes]:
        """Which keys have a row, believed or not; nothing is counted."""
        none: set[bytes] = set()
        return self._guarded(self._reading, lambda rows: rows.contains_many(keys), none)

    def records(self, kind: Kind, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Payloads of the rows of a kind that are there and believed."""
        return self._get(kind, keys, bytes)

    def put_records(self, kind: Kind, found: Mapping[bytes, bytes]) -> None:
        """Keep payloads as rows of a kind: one batched write."""
        self._put(kind, found, bytes)

    def _put(
        self, kind: Kind, found: Mapping[bytes, T], dump: Callable[[T], bytes]
    ) -> None:
        if not found:
            return
        with self._lock:
            if not self._become_writer():
                self._patience = 0.0  # it will not be different for the next ones
                self.stats.skipped += len(found)
                return
            seal = self._sealer.seal
            blobs = {key: seal(kind, key, dump(item)) for key, item in found.items()}

            def put(rows: Rows) -> int:
                rows.put_many(blobs, kind.name)
                return len(blobs)

            self.stats.written += self._guarded(self._writing, put, 0)
            if self._store is not None and not self._keeps:
                self._store.unlock()

    # ---- files

    def expect(
        self, kind: Kind, key: bytes, room: Callable[[int], Buffer] | None = None
    ) -> None:
        """Begin to read a sealed file that `file` will ask for soon.

        room  gives memory for so many bytes
        """
        if (kind, key) in self._expected:
            return
        try:
            reading = self.files.begin(kind, key, room)
        except Exception:  # noqa: BLE001 - whatever the disk does
            return  # which `file` will see as well
        if reading is not None:
            self._expected[kind, key] = reading

    def file(self, kind: Kind, key: bytes) -> memoryview | None:
        """Payload of a sealed file. Opens no database."""
        try:
            reading = self._expected.pop((kind, key), None)
            reading = reading or self.files.begin(kind, key)
            if reading is not None:
                payload = self._sealer.open(kind, key, *reading.result())
                self.stats.hits += 1
                return payload
        except Rejected as why:
            self.stats.reject(why.reason)
        except Exception as error:  # noqa: BLE001 - whatever the disk does
            self.stats.fail(error)
        self.stats.misses += 1
        return None

    def put_file(self, kind: Kind, key: bytes, payload: bytes | memoryview) -> None:
        """Keep a payload as a sealed file, replacing what was there."""
        if not (self._may_write and self._writing.tries()):
            self.stats.skipped += 1
            return
        blob = self._sealer.seal(kind, key, payload)
        try:
            self._put_file(kind, key, blob)
        except Exception as error:  # noqa: BLE001 - whatever the disk does
            self._writing.note(failed=True)
            self.stats.fail(error)
            self._say(f"the cache cannot be written: {error}")
        else:
            self.stats.written += 1

    def _put_file(self, kind: Kind, key: bytes, blob: bytes) -> None:
        try:
            self.files.put(kind, key, blob)
        except FileNotFoundError:
            if self._place is None:
                raise
            private.prepare(self._place)  # it was removed under us
            self.files.put(kind, key, blob)

    def close(self) -> None:
        """Let go of the row store and its lock."""
        with self._lock:
            store, self._store = self._store, None
            self._keeps = False
            if store is not None:
                store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def _silent(message: str) -> None:
    del message


def open_cache(
    directory: str | Path | None = None,
    *,
    enabled: bool = True,
    write: bool = True,
    patience: float = 0.0,
    limit: int = LIMIT,
    warn: Callable[[str], None] = _silent,
) -> Cache:
    """The user's cache, or the one at `directory`; in memory when it cannot be used.

    enabled   False: in memory, of this process alone
    write     False: records are read and none are kept
    patience  seconds that putting rows waits for others who are putting some
    limit     bytes on disk, half of them for rows and half for files
    warn      called at most once, when the cache cannot be used as it should be
    """
    if enabled:
        try:
            place = os.path.abspath(directory or private.cache_directory())
            sealer = Sealer(private.mac_key_for(place))
            return Cache(
                sealer, place, limit, write=write, patience=patience, warn=warn
            )
        except (private.Unusable, OSError) as error:
            warn(f"the cache is not used: {error}")
    sealer = Sealer(os.urandom(private.MAC_KEY_SIZE))
    return Cache(sealer, None, limit, write=True, patience=0.0, warn=warn)
