"""Names as they were asked for, whatever the kernel calls the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lbtool.watch.roots import Layout, Root

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def layout(*paths: str | Path) -> Layout:
    return Layout.of(Root.of(str(each)) for each in paths)


def test_spelling_of_a_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "src").mkdir()
    monkeypatch.chdir(tmp_path)
    inside = str(tmp_path / "src" / "d" / "a.wat")
    assert layout("src").spelled(inside) == [("src/d/a.wat", False)]
    assert layout("./src/").spelled(inside) == [("src/d/a.wat", False)]
    assert layout(".").spelled(inside) == [("src/d/a.wat", False)]
    assert layout(tmp_path).spelled(inside) == [(inside, False)]
    assert layout("src").spelled(str(tmp_path / "src")) == [("src", False)]
    assert not layout("src").spelled(str(tmp_path / "src2" / "a.wat"))


def test_skipped_folders_are_skipped_for_events_too(tmp_path: Path) -> None:
    assert not layout(tmp_path).spelled(str(tmp_path / ".git" / "a.wat"))
    assert not layout(tmp_path).spelled(str(tmp_path / ".git"))
    assert not layout(tmp_path).spelled(str(tmp_path / "d" / ".git" / "refs" / "x"))


def test_single_files_are_seen_through_their_folder(tmp_path: Path) -> None:
    path = tmp_path / "odd.name"
    path.touch()
    made = layout(path)
    (folder,) = made.folders
    assert (folder.path, folder.recursive) == (str(tmp_path), False)
    assert made.spelled(str(path)) == [(str(path), True)]
    assert not made.spelled(str(tmp_path / "other.wat"))


def test_links_are_seen_at_both_ends(tmp_path: Path) -> None:
    real, here = tmp_path / "real", tmp_path / "here"
    real.mkdir()
    here.mkdir()
    (real / "t.wat").touch()
    link = here / "l.wat"
    link.symlink_to("../real/t.wat")
    made = layout(link)
    assert {each.path for each in made.folders} == {str(real), str(here)}
    assert made.spelled(str(real / "t.wat")) == [(str(link), True)]
    assert made.spelled(str(link)) == [(str(link), True)]


def test_a_linked_folder_is_the_folder(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    link.symlink_to("real")
    made = layout(link)
    assert made.spelled(str(real / "a.wat")) == [(str(link / "a.wat"), False)]


def test_another_folder_of_the_same_name_is_another(tmp_path: Path) -> None:
    folder = tmp_path / "d"
    folder.mkdir()
    before = layout(folder)
    assert not before.missing
    folder.rename(tmp_path / "e")
    between = layout(folder / "")
    folder.mkdir()
    after = Layout.of(before.roots)
    assert before.folders != after.folders
    assert between.folders != before.folders
