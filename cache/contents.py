"""What is in a cache, for people: counts, sizes, and whether every record is right.

Reading is all that is done here; what a module would be compiled to, and so whether an
artifact is the right one, is not known here.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from lbtool.cache.disk import DiskStore
from lbtool.cache.kinds import ARTIFACT, KINDS, ROWS

if TYPE_CHECKING:
    from lbtool.cache.cache import Cache

__all__ = ["Contents", "KindCount", "check_records", "row_store"]


@dataclass(frozen=True, slots=True)
class KindCount:
    """Records of one kind; `bytes` without what the database needs around them."""

    name: str
    records: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Contents:
    """A cache directory.

    database     bytes of the database of rows; `files` of all sealed files
    limit        bytes that each of the two may have
    writer       process id of whoever holds the lock (0: it does not say), or None
    quarantined  folders that were put aside as damaged
    problem      why the rows could not be counted
    """

    directory: str
    kinds: tuple[KindCount, ...]
    database: int
    files: int
    limit: int
    writer: int | None
    quarantined: int
    problem: str | None

    @classmethod
    def of(cls, cache: Cache) -> Contents:
        """Count. Raises OSError when the directory cannot be read."""
        rows, problem = row_store(cache), None
        counted: dict[str, tuple[int, int]] = {}
        try:
            counted = {name: (n, size) for name, n, size in rows.kinds()}
        except Exception as error:  # noqa: BLE001 - damage can raise anything
            problem = str(error)
        for kind, _, size in cache.files.records():
            n, total = counted.get(kind.name, (0, 0))
            counted[kind.name] = n + 1, total + size
        kinds = tuple(KindCount(name, *counted.get(name, (0, 0))) for name in KINDS)
        return cls(
            str(cache.directory),
            kinds,
            rows.size(),
            sum(each.bytes for each in kinds[len(ROWS) :]),
            rows.limit,
            rows.holder(),
            len(rows.quarantined()),
            problem,
        )

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


def row_store(cache: Cache) -> DiskStore:
    """The row store of a cache that is on disk."""
    rows = cache.rows()
    assert isinstance(rows, DiskStore)
    return rows


def check_records(cache: Cache) -> int:
    """Open every record; gives how many there are.

    What is wrong is in the statistics of the cache afterwards, by reason.
    """
    total = 0
    for kind in ROWS:
        keys = cache.keys(kind)
        total += len(keys)
        if kind is ARTIFACT:
            cache.artifacts(keys)
        else:
            cache.records(kind, keys)
    for kind, key, _ in cache.files.records():
        total += 1
        cache.file(kind, key)
    return total
