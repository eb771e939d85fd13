"""Contents are those of one moment, and read again only when they may have changed."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Any, Self

import pytest

from lbtool.build import Builder, source
from lbtool.build.source import identity, is_text, read_file
from lbtool.build.tree import find
from lbtool.errors import MalformedError
from tests.compiler.sources import many

if TYPE_CHECKING:
    from pathlib import Path

    from lbtool.cache.cache import Cache


def settle(path: Path) -> None:
    """As if it had been written an hour ago; only the change of status is new."""
    past = time.time_ns() - 3_600_000_000_000
    os.utime(path, ns=(past, past))


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that was written by now was written long ago."""
    now = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now() + 10_000_000_000)


def test_a_file_of_this_moment_has_no_identity(tmp_path: Path) -> None:
    """Another write within the same tick would not show."""
    path = tmp_path / "a"
    path.write_bytes(b"one")
    assert read_file(path) == (b"one", None)
    settle(path)
    assert read_file(path) == (b"one", None)  # its status changed just now


@pytest.mark.usefixtures("later")
def test_an_older_file_has(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"one")
    data, at = read_file(path)
    assert data == b"one"
    assert at == identity(path)
    path.write_bytes(b"two")
    os.utime(path, ns=(at.mtime_ns, at.mtime_ns))
    assert identity(path) != at  # the time of the change of status tells
    other = tmp_path / "b"
    other.write_bytes(b"one")
    other.replace(path)
    assert identity(path) != at


@pytest.mark.usefixtures("later")
def test_what_has_an_identity_is_not_read_again(
    memory: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.wasm"
    path.write_bytes(many(5))
    builder = Builder(memory)
    reads = []

    def counted(path: Path) -> Any:
        reads.append(path)
        return read_file(path)

    monkeypatch.setattr("lbtool.build.builder.read_file", counted)
    for _ in range(4):
        builder.build(path)
    assert len(reads) == 1
    path.touch()
    report = builder.build(path).report
    assert (report.state, len(reads)) == ("unchanged", 2)


def test_the_same_times_and_other_bytes(memory: Cache, tmp_path: Path) -> None:
    """A save within the resolution of the file's times is seen."""
    path = tmp_path / "a.wasm"
    builder = Builder(memory)
    for n in (5, 6, 7):
        path.write_bytes(many(n))
        os.utime(path, ns=(1, 1))
        assert builder.build(path).report.functions == n


class Changing:
    """A file that is written while it is read."""

    def __init__(self, path: Path, times: int) -> None:
        self.path, self.times, self.reads = path, times, 0

    def open(self, mode: str) -> Any:
        self.reads += 1
        if self.reads <= self.times:
            return _Torn(self.path.open(mode), self.path, self.reads)
        return self.path.open(mode)


class _Torn:
    def __init__(self, file: Any, path: Path, turn: int) -> None:
        self.file, self.path, self.turn = file, path, turn

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.file.close()

    def fileno(self) -> int:
        return int(self.file.fileno())

    def read(self) -> bytes:
        found = bytes(self.file.read())
        self.path.write_bytes(b"x" * (100 + self.turn))
        return found


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("times", [0, 1, 3])
def test_a_file_that_changes_meanwhile_is_read_again(
    tmp_path: Path, times: int
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x")
    changing = Changing(path, times)
    data, at = read_file(changing)  # type: ignore[arg-type]
    assert data == path.read_bytes()
    assert at == identity(path)
    assert changing.reads == times + 1


def test_a_file_that_never_rests_is_taken_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x")
    changing = Changing(path, 1000)
    data, at = read_file(changing)  # type: ignore[arg-type]
    assert (at, changing.reads) == (None, source.ATTEMPTS)
    assert data


def test_text_is_assembled_once(
    disk: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.wat"
    path.write_text("(module (func $f (result i32) (i32.const 7)))")
    first = Builder(disk).build(path)
    monkeypatch.delattr(sys.modules["lbtool.wasm.read"], "assemble")
    second = Builder(disk).build(path)
    assert second.functions == first.functions
    assert second.module
    assert first.module
    assert second.module.data == first.module.data


def test_text_that_is_malformed_is_not_kept(memory: Cache) -> None:
    for _ in range(2):
        with pytest.raises(MalformedError):
            source.binary_module(memory, b"(module (fun))", "a.wat")
    assert memory.stats.written == 0


def test_what_is_text(tmp_path: Path) -> None:
    assert is_text(tmp_path / "a.wat", b"(module)")
    assert is_text(tmp_path / "a", b"")
    assert not is_text(tmp_path / "a.wat", b"\0asm")
    assert not is_text(tmp_path / "a.wasm", b"(module)")


# ---- trees


def test_modules_of_a_tree(tmp_path: Path) -> None:
    names = (
        "b.wat", "a.wasm", "deep/er/c.wasm", ".git/x.wasm", "a.wasm~", ".#a.wat",
        "notes.txt", "deep/d.wat", "deep/#d.wat#",
    )  # fmt: skip
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    expected = ["a.wasm", "b.wat", "deep/d.wat", "deep/er/c.wasm"]
    assert find([tmp_path]) == [tmp_path / name for name in expected]
    chosen = [tmp_path / "notes.txt", tmp_path / "absent.wasm", tmp_path / "deep"]
    assert find([*chosen, *chosen]) == [
        *chosen[:2], tmp_path / "deep/d.wat", tmp_path / "deep/er/c.wasm",
    ]  # fmt: skip


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/m.wasm").write_bytes(b"")
    (tmp_path / "a/loop").symlink_to(tmp_path / "a")
    (tmp_path / "link.wasm").symlink_to(tmp_path / "a/m.wasm")
    assert find([tmp_path]) == [tmp_path / "a/m.wasm", tmp_path / "link.wasm"]
