"""diskcache with everything dangerous taken out of it: what writes the row store.

diskcache keeps the tables, the settings and the transactions. `BytesDisk` knows bytes
only: nothing is ever pickled, no file name in a row is followed or removed. What is
read does not come through here, and ``disk.py`` looks at a store before it is opened.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import diskcache

from lbtool.cache.disk import RAW, SETTINGS, Damaged
from lbtool.cache.seal import KEY_SIZE

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["BytesDisk", "Rows"]

# diskcache's own `set` takes five statements and looks into the columns of old rows.
INSERT = (
    "INSERT INTO Cache(key, raw, store_time, access_time, tag, mode, value)"
    " VALUES (?, 1, ?, 0, ?, ?, ?) ON CONFLICT(key, raw) DO UPDATE SET"
    " store_time = excluded.store_time, expire_time = NULL, tag = excluded.tag,"
    " size = 0, mode = excluded.mode, filename = NULL, value = excluded.value"
)
REMOVE_OLDEST = (
    "DELETE FROM Cache WHERE rowid IN"
    " (SELECT rowid FROM Cache ORDER BY store_time LIMIT ?)"
)


class BytesDisk(diskcache.Disk):
    """Keys are 32 bytes, values bytes in the row. No pickles, no files."""

    def put(self, key: object) -> tuple[bytes, bool]:
        """The key as it is."""
        if type(key) is not bytes or len(key) != KEY_SIZE:
            raise TypeError("a key is 32 bytes")
        return key, True

    def get(self, key: object, raw: object) -> bytes:
        """The key of a row."""
        if type(key) is not bytes or len(key) != KEY_SIZE or not raw:
            raise Damaged("a key that is none")
        return key

    def store(
        self,
        value: object,
        read: bool,
        key: object = None,  # noqa: ARG002 - diskcache's signature
    ) -> tuple[int, int, None, bytes]:
        """Columns of a row: size on disk, mode, no file, the bytes."""
        if type(value) is not bytes or read:
            raise TypeError("a value is bytes")
        return 0, RAW, None, value

    def fetch(self, mode: object, filename: object, value: object, read: bool) -> bytes:
        """The bytes of a row that could be ours."""
        if mode != RAW or filename is not None or type(value) is not bytes or read:
            raise Damaged("a row that is none of ours")
        return value

    def remove(self, file_path: str) -> None:
        """No row names a file that anybody should delete."""
        raise Damaged(f"a row names a file: {file_path!r}")


class Rows(diskcache.Cache):
    """The writer's connection. Raises TimeoutError when the database stays locked."""

    def __init__(self, folder: str, timeout: float) -> None:
        super().__init__(folder, timeout=timeout, disk=BytesDisk, **SETTINGS)

    def put_rows(self, rows: Iterable[tuple[bytes, bytes]], tag: str) -> None:
        """Write in one transaction."""
        now = time.time()
        self._all(INSERT, [(key, now, tag, RAW, value) for key, value in rows])

    def remove_oldest(self, n: int) -> None:
        """Remove the n rows stored longest ago, in one transaction."""
        self._all(REMOVE_OLDEST, [(n,)])

    def shrink(self) -> None:
        """Give the room of removed rows back, unless somebody reads."""
        self._sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _all(self, statement: str, parameters: list[tuple[object, ...]]) -> None:
        try:
            with self.transact():
                self._con.executemany(statement, parameters)
        except diskcache.Timeout as error:
            raise TimeoutError("the store is locked by somebody else") from error
