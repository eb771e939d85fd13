"""What counts as different: stamps, and content where a stamp is too fresh."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from lbtool.watch.snapshot import Snapshot, modules_in

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_new_same_changed_gone(tmp_path: Path) -> None:
    path = tmp_path / "a.wat"
    name = str(path)
    snapshot = Snapshot()
    assert not snapshot.update([name])
    path.write_text("(module)")
    assert snapshot.update([name]).changed == (name,)
    assert not snapshot.update([name])
    path.write_text("(module) ")
    assert snapshot.update([name]).changed == (name,)
    path.unlink()
    assert snapshot.update([name]).gone == (name,)
    assert not snapshot.update([name])
    assert not snapshot.known


def test_what_is_no_regular_file_is_not_there(tmp_path: Path) -> None:
    folder, pipe, loop = (tmp_path / f"{each}.wat" for each in "dpl")
    folder.mkdir()
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    paths = [*map(str, (folder, pipe, loop)), "nul\0.wat"]
    assert not Snapshot().update(paths)


def test_writes_within_one_tick_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Same size, same inode, and the very same times: `stat` says the same of both."""
    path = tmp_path / "a.wat"
    path.write_text("one")
    snapshot = Snapshot()
    snapshot.update([str(path)])
    told = path.stat()
    path.write_text("two")
    monkeypatch.setattr("os.stat", lambda _: told)
    assert snapshot.update([str(path)]).changed
    assert not snapshot.update([str(path)])


def test_every_write_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.wat"
    snapshot = Snapshot()
    for each in range(500):
        path.write_bytes(b"%08d" % each)
        assert snapshot.update([str(path)]).changed, f"write {each} was not seen"
        assert not snapshot.update([str(path)])


def test_fresh_files_are_compared_once_more_and_then_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.wat"
    path.write_text("one")
    snapshot = Snapshot()
    snapshot.update([str(path)])
    assert snapshot.known[str(path)].digest is not None
    old = path.stat().st_ctime_ns + 10**9
    monkeypatch.setattr("time.time_ns", lambda: old)
    assert not snapshot.update([str(path)])
    assert snapshot.known[str(path)].digest is None
    monkeypatch.setattr("lbtool.watch.snapshot.digest_of", lambda _: 1 / 0)
    assert not snapshot.update([str(path)])


def test_a_restored_time_hides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.wat"
    path.write_text("one")
    times = path.stat()
    snapshot = Snapshot()
    snapshot.update([str(path)])
    path.write_text("two")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert snapshot.update([str(path)]).changed


def test_below_is_by_whole_names(tmp_path: Path) -> None:
    snapshot = Snapshot()
    names = ["a/b.wat", "a/c/d.wat", "ab/e.wat", "f.wat"]
    for each in names:
        path = tmp_path / each
        path.parent.mkdir(exist_ok=True, parents=True)
        path.touch()
    paths = {each: str(tmp_path / each) for each in names}
    snapshot.update(paths.values())
    assert snapshot.below({str(tmp_path / "a")}) == [paths[each] for each in names[:2]]
    assert len(snapshot.below({str(tmp_path)})) == len(names)
    assert snapshot.below({paths["f.wat"]}) == [paths["f.wat"]]
    assert not snapshot.below(set())


def test_what_is_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = ["a.wat", "d/b.wasm", "d/e/c.wat"]
    left = [
        ".a.wat",
        "#a.wat#",
        "a.wat~",
        "a.wat.tmp",
        ".git/g.wat",
        "node_modules/n.wat",
        ".#a.wat",
    ]
    for each in made + left:
        path = tmp_path / each
        path.parent.mkdir(exist_ok=True, parents=True)
        path.touch()
    (tmp_path / "round").symlink_to(tmp_path)
    assert sorted(modules_in(str(tmp_path))) == [str(tmp_path / each) for each in made]
    monkeypatch.chdir(tmp_path)
    assert sorted(modules_in("")) == made
    assert not list(modules_in("absent"))
