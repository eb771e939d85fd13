"""What keeps rows: 32-byte keys to sealed bytes, many at a time.

A store believes nothing and knows nothing of what it keeps: `lbtool.cache.cache` seals
and opens. Stores may raise anything when their disk fails; the facade turns that into
misses. The store on disk is ``disk.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["MemoryStore", "Store"]


class Store(Protocol):
    """Rows by key. `tag` is the kind's name, for statistics only."""

    def lock(self, patience: float = 0.0, *, keep: bool = False) -> bool:
        """Become the one who may write; False while somebody else is.

        Waits for `patience` seconds, but not for one who said that it will `keep` it.
        """

    def unlock(self) -> None:
        """Let others write."""

    def get_many(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The rows that are there."""

    def put_many(self, rows: Mapping[bytes, bytes], tag: str) -> None:
        """Write all; when this returns, a kill of the process loses none of them."""

    def contains_many(self, keys: Sequence[bytes]) -> set[bytes]:
        """Which keys have a row, whatever is in it."""

    def keys(self, tag: str) -> list[bytes]:
        """Keys of the rows with a tag."""

    def evict(self, size: int) -> int:
        """Remove the rows stored longest ago until at most `size` bytes are used."""

    def close(self) -> None:
        """Let go of files and locks."""


class MemoryStore:
    """Rows in a dictionary, in the order they were stored; for ``--no-cache``."""

    def __init__(self) -> None:
        self.rows: dict[bytes, bytes] = {}
        self.tags: dict[bytes, str] = {}

    def lock(self, patience: float = 0.0, *, keep: bool = False) -> bool:
        """Nobody else can write."""
        del patience, keep
        return True

    def unlock(self) -> None:
        """Nobody waits."""

    def get_many(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The rows that are there."""
        rows = self.rows
        return {key: rows[key] for key in keys if key in rows}

    def put_many(self, rows: Mapping[bytes, bytes], tag: str) -> None:
        """Write all."""
        for key in rows:
            self.tags[key] = tag
            self.rows.pop(key, None)
        self.rows.update(rows)

    def contains_many(self, keys: Sequence[bytes]) -> set[bytes]:
        """Which keys have a row."""
        return self.rows.keys() & set(keys)

    def keys(self, tag: str) -> list[bytes]:
        """Keys of the rows with a tag."""
        return [key for key in self.rows if self.tags[key] == tag]

    def evict(self, size: int) -> int:
        """Remove the oldest rows until `size` bytes are left; gives how many."""
        used, removed = sum(map(len, self.rows.values())), 0
        while self.rows and used > size:
            used -= len(self.rows.pop(next(iter(self.rows))))
            removed += 1
        return removed

    def close(self) -> None:
        """Forget everything."""
        self.rows.clear()
        self.tags.clear()
