"""Full disks, vanished and read-only directories, other people's locks: right answers.

With a warning, and without an exception.
"""

from __future__ import annotations

import errno
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from lbtool.cache import cache as facade
from lbtool.cache import disk, private
from lbtool.cache.contents import Contents, row_store
from lbtool.cache.kinds import IMAGE, MEMO
from tests.cache.places import Place, a_key, compiled
from tests.data import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEYS = list(compiled())


# ---- no room

FULL = """
import json, os
from lbtool.cache.kinds import IMAGE, MEMO
from tests.cache.places import Place, a_key, compiled
from pathlib import Path
place = Place(*(Path(os.environ[f"LBTOOL_{n}_DIR"]) for n in ("CACHE", "STATE")))
with place.open() as cache:
    for n in range(40):
        keys = [a_key(n * 10 + k) for k in range(10)]
        cache.put_records(MEMO, {key: os.urandom(4000) for key in keys})
        cache.put_file(IMAGE, a_key(n), os.urandom(20_000))
        cache.put_artifacts(compiled())
        found = cache.artifacts(list(compiled()))
        assert all(compiled()[key] == each for key, each in found.items())
        for k in range(n + 1):
            assert len(cache.file(IMAGE, a_key(k)) or bytes(20_000)) == 20_000
    print(json.dumps([cache.stats.as_json(), place.warnings]))
"""


@contextmanager
def small_disk(path: Path) -> Iterator[dict[str, Any]]:
    """A tmpfs of 300 KB at `path`, or files limited to as much where none can be made.

    Gives arguments for the process.
    """
    path.mkdir(mode=0o700)
    options = ["-t", "tmpfs", "-o", "size=300k,mode=700", "tmpfs", str(path)]
    if mounted(*options):
        try:
            yield {}
        finally:
            subprocess.run(["umount", str(path)], check=True)
    else:
        limit = resource.RLIMIT_FSIZE, (300_000, 300_000)
        yield {"preexec_fn": lambda: resource.setrlimit(*limit)}


def mounted(*arguments: str) -> bool:
    """Whether `mount` may do this here."""
    mount = shutil.which("mount")
    if mount is None:
        return False
    done = subprocess.run([mount, *arguments], capture_output=True, check=False)
    return done.returncode == 0


def test_no_room(place: Place) -> None:
    with small_disk(place.cache) as arguments:
        done = subprocess.run(
            [sys.executable, "-c", FULL],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            **arguments,
        )
        assert done.returncode == 0, done.stderr
        stats, warnings = json.loads(done.stdout)
        assert sum(stats["failures"].values()) >= 1
        assert stats["written"] > 0
        assert len(warnings) == 1
        # what was acknowledged is there, and nothing had to be put aside
        with place.open(write=False) as cache:
            found = cache.artifacts(KEYS)
            assert all(compiled()[key] == each for key, each in found.items())
            assert not row_store(cache).quarantined()


def test_the_disk_is_tried_again_after_a_rest(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, tries = [0.0], []
    monkeypatch.setattr(facade, "monotonic", lambda: now[0])

    def full(*_: object) -> None:
        tries.append(now[0])
        raise OSError(errno.ENOSPC, "No space left on device")

    with place.open() as cache:
        with monkeypatch.context() as patch:
            patch.setattr(disk.DiskStore, "put_many", full)
            for _ in range(20):
                cache.put_records(MEMO, {a_key(1): b"x"})
            assert len(tries) < 20
            before = len(tries)
            now[0] += facade.REST
            cache.put_records(MEMO, {a_key(1): b"x"})
            assert len(tries) == before + 1
        now[0] += facade.REST
        cache.put_records(MEMO, {a_key(1): b"x"})
        assert cache.records(MEMO, [a_key(1)]) == {a_key(1): b"x"}
        assert cache.stats.failures == {"OSError": len(tries)}
    assert len(place.warnings) == 1


# ---- directories that go away


def test_the_directory_is_removed_while_we_run(place: Place) -> None:
    with place.open() as cache:
        cache.put_artifacts(compiled())
        cache.put_file(IMAGE, a_key(1), b"image")
        for what in (place.cache, place.cache / "rows", place.cache / "files"):
            shutil.rmtree(what)
            found = cache.artifacts(KEYS)
            assert found in ({}, compiled())
            image = cache.file(IMAGE, a_key(1))
            assert image is None or bytes(image) == b"image"
            cache.put_artifacts(compiled())
            cache.put_file(IMAGE, a_key(1), b"image")
            with place.open() as other:  # it is really there again
                assert other.artifacts(KEYS) == compiled()
                assert other.file(IMAGE, a_key(1)) is not None
                assert cache.lock()  # that of the new directory
                assert not other.writable


def test_the_store_is_put_aside_while_others_read(place: Place) -> None:
    with place.open() as writer, place.open() as reader:
        writer.put_artifacts(compiled())
        assert reader.artifacts(KEYS) == compiled()
        assert row_store(writer).quarantine()
        assert reader.artifacts(KEYS) == {}
        writer.put_artifacts(compiled())
        assert reader.artifacts(KEYS) == compiled()
    assert not place.warnings


def test_only_the_last_damaged_store_is_kept(place: Place) -> None:
    for n in range(4):
        with place.open() as cache:
            cache.put_artifacts(compiled())
        (place.cache / "rows" / "cache.db").write_bytes(b"damage" * 1000)
        with place.open() as cache:
            assert cache.artifacts(KEYS) == {}
            assert cache.stats.failures == {"DatabaseError": 1}
            assert len(row_store(cache).quarantined()) == 1
        assert "damaged and starts empty" in place.warnings[n]


def test_a_damaged_store_that_somebody_writes_is_left_alone(place: Place) -> None:
    with place.open() as writer, place.open() as reader:
        assert writer.lock()
        writer.put_artifacts(compiled())
        with closing(sqlite3.connect(place.cache / "rows" / "cache.db")) as other:
            other.execute("INSERT INTO Settings VALUES ('sqlite_x', 1)")
            other.commit()
        assert reader.artifacts(KEYS) == {}
        assert not row_store(writer).quarantined()
        assert writer.artifacts(KEYS) == compiled()


# ---- what we may not do


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """The folder cannot be written, not even by root."""
    if os.geteuid() != 0:
        modes = {path: path.stat().st_mode for path in (folder, *folder.rglob("*"))}
        for path, mode in modes.items():
            path.chmod(mode & ~0o222)
        yield
        for path, mode in modes.items():
            path.chmod(mode)
        return
    if not mounted("--bind", str(folder), str(folder)):
        pytest.skip("root may not mount here, and permissions do not bind root")
    try:
        assert mounted("-o", "remount,ro,bind", str(folder))
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_home_that_is_read_only(place: Place) -> None:
    """Neither directory can be made: everything is in memory."""
    with read_only(place.cache.parent):
        with place.open() as cache:
            cache.put_artifacts(compiled())
            cache.put_file(IMAGE, a_key(1), b"image")
            assert cache.artifacts(KEYS) == compiled()
            assert cache.file(IMAGE, a_key(1)) is not None
            assert cache.directory is None
        assert len(place.warnings) == 1
        assert "is not used" in place.warnings[0]
        assert not place.cache.exists()


def test_a_cache_that_is_read_only(place: Place) -> None:
    """Files are read, and one warning says what is not possible."""
    with place.open() as cache:
        cache.put_artifacts(compiled())
        cache.put_file(IMAGE, a_key(1), b"image")
    with read_only(place.cache.parent), place.open() as cache:
        assert cache.file(IMAGE, a_key(1)) is not None
        for _ in range(9):
            assert cache.artifacts(KEYS) in ({}, compiled())
            cache.put_artifacts(compiled())
            cache.put_file(IMAGE, a_key(1), b"new")
        assert bytes(cache.file(IMAGE, a_key(1)) or b"") == b"image"
        assert cache.stats.written == 0
        assert len(place.warnings) == 1
    with place.open() as cache:
        assert cache.artifacts(KEYS) == compiled()
        assert not row_store(cache).quarantined()


# ---- other people's locks


def test_a_database_that_somebody_keeps_locked(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not forever, and not for the minute that diskcache would wait."""
    monkeypatch.setattr(disk, "BUSY", 0.01)
    with place.open() as cache:
        cache.put_artifacts(compiled())
    with closing(sqlite3.connect(place.cache / "rows" / "cache.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        with place.open() as cache:
            cache.put_records(MEMO, {a_key(1): b"x"})
            assert cache.stats.written == 0
            assert cache.stats.failures == {"OperationalError": 1}
            assert cache.artifacts(KEYS) == compiled()
        other.execute("ROLLBACK")
    assert len(place.warnings) == 1
    with place.open() as cache:
        assert not row_store(cache).quarantined()


def test_a_database_that_never_answers_is_put_aside(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    with place.open() as cache:
        cache.put_artifacts(compiled())
        monkeypatch.setattr(disk, "STEPS", 10)
        monkeypatch.setattr(disk, "MAX_CHECKS", 3)
        cache.close()
        assert cache.artifacts(KEYS) == {}
        assert cache.stats.failures["OperationalError"] >= 1
        assert Contents.of(cache).quarantined == 1


def test_a_long_life_is_no_endless_query(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "STEPS", 1000)
    monkeypatch.setattr(disk, "MAX_CHECKS", 30)
    with place.open() as cache:
        cache.put_artifacts(compiled())
        for _ in range(200):
            assert cache.artifacts(KEYS) == compiled()
        assert not cache.stats.failures


def test_exceptions_of_any_kind_are_misses(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise AttributeError("what damage does to diskcache")

    with place.open() as cache:
        cache.put_artifacts(compiled())
        for method in ("get_many", "put_many", "lock"):
            with monkeypatch.context() as patch:
                patch.setattr(disk.DiskStore, method, broken)
                cache.put_artifacts(compiled())
                assert cache.artifacts(KEYS) in ({}, compiled())
        with monkeypatch.context() as patch:
            patch.setattr("lbtool.cache.files.FileStore.begin", broken)
            patch.setattr("lbtool.cache.files.FileStore.put", broken)
            cache.put_file(IMAGE, a_key(1), b"x")
            cache.expect(IMAGE, a_key(1))
            assert cache.file(IMAGE, a_key(1)) is None
        with monkeypatch.context() as patch:
            patch.setattr("lbtool.cache.artifact.decode", broken)
            patch.setattr(facade, "monotonic", lambda: 1e12)
            cache.put_artifacts(compiled())
            assert cache.artifacts(KEYS) == {}
            assert cache.stats.rejected["AttributeError"] == len(KEYS)


def test_places_that_cannot_be_used(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(private, "filesystem", lambda *_: "nfs4")
    monkeypatch.setattr(os, "major", lambda _: 0)
    with place.open() as cache:
        cache.put_artifacts(compiled())
        assert cache.artifacts(KEYS) == compiled()
        assert cache.directory is None
    assert len(place.warnings) == 1
    assert "network file system (nfs4)" in place.warnings[0]
