"""Sealed files: whole or not there, bounded, and nothing else is ever touched."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from lbtool.cache.files import ABANDONED, DAY, FileStore, MemoryFiles
from lbtool.cache.kinds import IMAGE, TEXT
from tests.cache.places import a_key

if TYPE_CHECKING:
    from pathlib import Path

    from lbtool.cache.kinds import Kind


def get(files: FileStore | MemoryFiles, kind: Kind, key: bytes) -> bytes | None:
    reading = files.begin(kind, key)
    return None if reading is None else bytes(reading.result()[0])


def stored(tmp_path: Path, kind: Kind, n: int) -> Path:
    return tmp_path / "files" / f"{kind.name}-{a_key(n).hex()}"


def test_put_and_get(tmp_path: Path) -> None:
    files = FileStore(str(tmp_path), 1000)
    assert get(files, IMAGE, a_key(1)) is None
    assert files.records() == []
    assert files.prune(0) == 0
    for blob in (b"one", b"", bytes(900)):
        files.put(IMAGE, a_key(1), blob)
        assert get(files, IMAGE, a_key(1)) == blob
    assert files.records() == [(IMAGE, a_key(1), 900)]
    assert stored(tmp_path, IMAGE, 1).stat().st_mode & 0o777 == 0o600


def test_what_is_too_large_is_not_kept(tmp_path: Path) -> None:
    files = FileStore(str(tmp_path), 1000)
    files.put(IMAGE, a_key(1), bytes(1001))
    assert files.records() == []


def test_the_oldest_are_removed(tmp_path: Path) -> None:
    files = FileStore(str(tmp_path), 1000)
    now = time.time()
    for n in range(30):
        files.put(TEXT, a_key(n), bytes(100))
        os.utime(stored(tmp_path, TEXT, n), (now, now - 100 + n))
        assert sum(size for *_, size in files.records()) <= 1000
    left = {int.from_bytes(key, "big") for _, key, _ in files.records()}
    assert left == set(range(30 - len(left), 30))
    assert len(left) >= 9
    assert files.prune(0) == 0
    assert files.records() == []


def test_reading_keeps_a_file(tmp_path: Path) -> None:
    files = FileStore(str(tmp_path), 1000)
    for n in range(9):
        files.put(TEXT, a_key(n), bytes(100))
        old = time.time() - DAY * (20 - n)
        os.utime(stored(tmp_path, TEXT, n), (old, old))
    get(files, TEXT, a_key(0))
    files.prune(200)
    assert {key for _, key, _ in files.records()} == {a_key(0)}


def test_only_files_of_records_are_removed(tmp_path: Path) -> None:
    files = FileStore(str(tmp_path), 1000)
    files.put(TEXT, a_key(1), bytes(100))
    others = [
        "notes.txt",
        "text-short",
        f"thing-{a_key(1).hex()}",
        f"text-{a_key(1).hex()[:-1]}X",
        ".new-7-young",
    ]
    for name in others:
        (tmp_path / "files" / name).write_text("mine")
    abandoned = tmp_path / "files" / ".new-8-old"
    abandoned.write_text("half")
    os.utime(abandoned, (0, time.time() - ABANDONED - 1))
    files.prune(0)
    assert sorted(p.name for p in (tmp_path / "files").iterdir()) == sorted(others)


def test_a_failed_write_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = FileStore(str(tmp_path), 1000)
    files.put(TEXT, a_key(1), b"old")

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(OSError, match="space"):
            files.put(TEXT, a_key(1), b"new")
    assert get(files, TEXT, a_key(1)) == b"old"
    assert len(list((tmp_path / "files").iterdir())) == 1


@pytest.mark.parametrize("what", ["link", "fifo", "folder", "hole"])
def test_what_is_no_file_is_not_read(tmp_path: Path, what: str) -> None:
    files = FileStore(str(tmp_path), 1000)
    files.put(TEXT, a_key(1), b"x")
    path = stored(tmp_path, TEXT, 1)
    path.unlink()
    secret = tmp_path / "secret"
    secret.write_text("secret")
    if what == "link":
        path.symlink_to(secret)
        with pytest.raises(OSError, match="symbolic"):
            get(files, TEXT, a_key(1))
    else:
        if what == "fifo":
            os.mkfifo(path)
        elif what == "folder":
            path.mkdir()
        else:
            path.touch()
            os.truncate(path, 1 << 40)
        assert get(files, TEXT, a_key(1)) == b""
    if what != "folder":
        files.put(TEXT, a_key(1), b"again")
        assert get(files, TEXT, a_key(1)) == b"again"
    assert secret.read_text() == "secret"


def test_a_linked_folder_is_not_entered(tmp_path: Path) -> None:
    files = FileStore(str(tmp_path / "cache"), 10)
    (tmp_path / "cache").mkdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "cache" / "files").symlink_to(elsewhere)
    precious = elsewhere / f"text-{a_key(1).hex()}"
    precious.write_text("looks like a record")
    for action in (
        lambda: get(files, TEXT, a_key(1)),
        lambda: files.put(TEXT, a_key(2), b"x"),
        lambda: files.prune(0),
        files.records,
    ):
        with pytest.raises(OSError, match=r"symbolic|directory"):
            action()
    assert [p.name for p in elsewhere.iterdir()] == [precious.name]


def test_the_same_in_memory() -> None:
    files = MemoryFiles()
    for n in range(3):
        files.put(TEXT, a_key(n), bytes(10))
    assert get(files, TEXT, a_key(9)) is None
    assert get(files, TEXT, a_key(2)) == bytes(10)
    assert files.prune(15) == 10
    assert files.records() == [(TEXT, a_key(2), 10)]
