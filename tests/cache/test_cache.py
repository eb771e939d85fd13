"""The facade: what is put is found, who writes, what is counted, how much is kept."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from lbtool.cache import disk
from lbtool.cache.contents import Contents, check_records, row_store
from lbtool.cache.kinds import ARTIFACT, IMAGE, LAST, MEMO, ROWS, TEXT, VALID
from lbtool.cache.seal import OVERHEAD
from lbtool.cache.store import MemoryStore
from lbtool.cache.writer import BytesDisk, Rows
from tests.cache.places import Place, a_key, compiled
from tests.data import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from lbtool.cache.cache import Cache
    from lbtool.cache.kinds import Kind

MANY = {a_key(n): b"%d" % n * 20 for n in range(2000)}


def content(cache: Cache, kind: Kind, n: int) -> bytes | None:
    found = cache.file(kind, a_key(n))
    return None if found is None else bytes(found)


def test_what_is_put_is_found(place: Place) -> None:
    with place.open() as cache:
        cache.put_artifacts(compiled())
        cache.put_records(MEMO, MANY)
        cache.put_file(IMAGE, a_key(1), memoryview(b"image"))
        assert cache.artifacts(list(compiled())) == compiled()
    with place.open(write=False) as cache:
        assert cache.artifacts(list(compiled())) == compiled()
        assert cache.records(MEMO, [*MANY, a_key(5000)]) == MANY
        assert content(cache, IMAGE, 1) == b"image"
        assert cache.file(IMAGE, a_key(2)) is None
        assert cache.file(TEXT, a_key(1)) is None
        assert cache.records(VALID, [a_key(1)]) == {}
        assert cache.directory == place.cache
        stats = cache.stats.as_json()
    assert stats["hits"] == len(compiled()) + len(MANY) + 1
    assert stats["misses"] == 4
    assert stats["rejected"] == {"tag": 1}  # a memo is no mark of a valid module
    assert not place.warnings
    json.dumps(stats)


def test_records_are_replaced(place: Place) -> None:
    with place.open() as cache:
        for payload in (b"one", b"another", b""):
            cache.put_records(LAST, {a_key(1): payload})
            cache.put_file(TEXT, a_key(1), payload)
            assert cache.records(LAST, [a_key(1)]) == {a_key(1): payload}
            assert content(cache, TEXT, 1) == payload
        assert Contents.of(cache).kinds[ROWS.index(LAST)].records == 1


def test_nothing_to_do_opens_nothing(place: Place) -> None:
    with place.open() as cache:
        assert cache.artifacts([]) == {}
        cache.put_artifacts({})
        cache.put_records(MEMO, {})
        assert cache.artifacts([a_key(1)]) == {}
    assert sorted(place.cache.iterdir()) == []


def test_without_a_cache_nothing_is_on_disk(place: Place) -> None:
    with place.open(enabled=False) as cache:
        cache.put_artifacts(compiled())
        cache.put_file(IMAGE, a_key(1), b"image")
        assert cache.artifacts(list(compiled())) == compiled()
        assert content(cache, IMAGE, 1) == b"image"
        assert cache.writable
        assert cache.keys(ARTIFACT) == list(compiled())
        assert cache.keys(MEMO) == []
        assert cache.directory is None
    assert not place.cache.exists()
    assert not place.state.exists()


def test_a_reader_keeps_nothing(place: Place) -> None:
    with place.open(write=False) as cache:
        cache.put_artifacts(compiled())
        cache.put_file(IMAGE, a_key(1), b"image")
        assert not cache.writable
        assert cache.stats.skipped == len(compiled()) + 1
    assert list(place.cache.iterdir()) == []


# ---- who writes


def test_one_writes_and_others_read(place: Place) -> None:
    with place.open() as first, place.open() as second:
        assert first.lock()
        first.put_artifacts(compiled())
        assert not second.writable
        second.put_records(MEMO, MANY)
        assert second.stats.skipped == len(MANY)
        assert second.artifacts(list(compiled())) == compiled()
        second.put_file(TEXT, a_key(1), b"files need no lock")
        assert content(first, TEXT, 1) == b"files need no lock"
        first.close()
        second.put_records(MEMO, MANY)
        assert second.stats.written == len(MANY) + 1
    assert not place.warnings


def test_the_lock_goes_with_its_process(place: Place) -> None:
    code = (
        "from lbtool.cache.cache import open_cache; import os;"
        "cache = open_cache(); assert cache.lock();"
        "print(os.getpid(), flush=True); input()"
    )
    with place.open() as cache:
        other = subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert other.stdout is not None
        pid = int(other.stdout.readline())
        assert not cache.lock()
        assert row_store(cache).holder() == pid
        other.kill()
        other.wait()
        other.stdout.close()
        assert other.stdin is not None
        other.stdin.close()
        assert row_store(cache).holder() is None
        assert cache.lock()


def test_threads_share_a_cache(place: Place) -> None:
    artifacts = list(compiled().items())

    def work(n: int) -> bool:
        mine = dict(artifacts[n::4])
        cache.put_artifacts(mine)
        cache.put_file(TEXT, a_key(n), b"%d" % n)
        return cache.artifacts(list(mine)) == mine

    with place.open() as cache, ThreadPoolExecutor(4) as pool:
        assert all(pool.map(work, range(4)))
        assert cache.artifacts(list(compiled())) == compiled()
    assert not place.warnings


# ---- how much is kept


def test_the_oldest_rows_go_first(place: Place) -> None:
    blobs = {a_key(n): bytes(3000) for n in range(1200)}
    keys = list(blobs)
    with place.open(limit=4_000_000) as cache:  # half of it for rows
        for n in range(0, len(keys), 100):
            cache.put_records(MEMO, {key: blobs[key] for key in keys[n : n + 100]})
            assert Contents.of(cache).database <= 2_000_000
        left = cache.records(MEMO, keys)
        assert 300 < len(left) < 667
        assert list(left) == keys[-len(left) :]
        assert row_store(cache).evict(500_000) > 200
        left = cache.records(MEMO, keys)
        assert list(left) == keys[-len(left) :]
        assert len(left) > 50
    assert not place.warnings


def test_the_memory_store_evicts_too() -> None:
    store = MemoryStore()
    store.put_many({a_key(n): bytes(10) for n in range(10)}, "memo")
    store.put_many({a_key(0): bytes(10)}, "memo")
    assert store.contains_many([a_key(0), a_key(99)]) == {a_key(0)}
    assert store.evict(25) == 8
    assert list(store.rows) == [a_key(9), a_key(0)]


# ---- what diskcache must not do


def test_the_schema_is_the_one_that_is_known(tmp_path: Path) -> None:
    rows = Rows(str(tmp_path), 1.0)
    assert disk.schema_digest(rows._con) == disk.SCHEMA
    rows.close()


def test_the_disk_knows_bytes_only() -> None:
    made = BytesDisk("anywhere")
    assert made.put(a_key(1)) == (a_key(1), True)
    assert made.store(b"value", read=False) == (0, 1, None, b"value")
    assert made.fetch(1, None, b"value", read=False) == b"value"
    assert made.get(a_key(1), raw=True) == a_key(1)
    for key in (b"short", "text", 7, None, bytearray(32)):
        with pytest.raises(TypeError):
            made.put(key)
    for value, read in (("text", False), (7, False), (b"file", True)):
        with pytest.raises(TypeError):
            made.store(value, read=read)
    for mode, name, content, read in (
        (4, None, b"pickle", False),
        (2, "x.val", None, False),
        (1, "../x", b"", False),
        (1, None, "text", False),
        (1, None, b"", True),
    ):
        with pytest.raises(disk.Damaged):
            made.fetch(mode, name, content, read=read)
    for found, raw in ((b"short", True), (a_key(1), False), ("x", True)):
        with pytest.raises(disk.Damaged):
            made.get(found, raw=raw)
    with pytest.raises(disk.Damaged):
        made.remove("../victim")


def test_removing_rows_removes_no_files(place: Place, tmp_path: Path) -> None:
    """Rows that name files are removed like others, and the files stay."""
    victim = tmp_path / "victim"
    victim.write_text("untouched")
    with place.open() as cache:
        cache.put_records(MEMO, MANY)
        with closing(sqlite3.connect(place.cache / "rows" / "cache.db")) as other:
            other.execute("UPDATE Cache SET filename = '../../victim', expire_time = 1")
            other.commit()
        cache.put_records(MEMO, {a_key(1): b"again"})
        assert cache.records(MEMO, list(MANY)) == {a_key(1): b"again"}
        assert row_store(cache).evict(0) == len(MANY)
    assert victim.read_text() == "untouched"
    assert not place.warnings


# ---- looking inside


def test_contents(place: Place) -> None:
    with place.open() as cache:
        cache.put_artifacts(compiled())
        cache.put_file(TEXT, a_key(1), bytes(1000))
        found = Contents.of(cache)
        counts = {each.name: each.records for each in found.kinds if each.records}
        assert counts == {"artifact": len(compiled()), "text": 1}
        assert found.files == 1000 + OVERHEAD
        assert found.database > 20_000
        assert found.problem is None
        assert check_records(cache) == len(compiled()) + 1
        assert not cache.stats.rejected
        assert set(cache.keys(ARTIFACT)) == set(compiled())
        with closing(sqlite3.connect(place.cache / "rows" / "cache.db")) as other:
            other.execute("UPDATE Cache SET value = value || x'00' WHERE rowid < 4")
            other.commit()
        assert check_records(cache) == len(compiled()) + 1
        assert cache.stats.rejected == {"tag": 3}
