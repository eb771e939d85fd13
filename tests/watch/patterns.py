"""How programs save files: what they do to `folder`, which has a.wat and b.wat.

Named after the programs whose documentation describes them. Some leave other files
behind, or none; each ends in the state that must be built.
"""

from __future__ import annotations

import mmap
import os
import shutil
from typing import TYPE_CHECKING

from tests.watch.mirror import pause

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Pattern = Callable[[Path], None]

OLD = "(module (func))"
NEW = "(module (func) (func))"


def plain(folder: Path) -> None:
    """VS Code, nano, shells: truncate and write."""
    (folder / "a.wat").write_text(NEW)


def pieces(folder: Path) -> None:
    """A slow writer: truncate, pause, a piece, pause, another piece."""
    with (folder / "a.wat").open("wb", buffering=0) as file:
        for half in (NEW[:9], NEW[9:]):
            pause()
            file.write(half.encode())


def pieces_of_a_new_file(folder: Path) -> None:
    with (folder / "new.wat").open("wb", buffering=0) as file:
        for each in NEW:
            file.write(each.encode())
            pause(0.004)
        pause(0.3)  # longer than the cap: the first half is built, and then the whole
        file.write(b" ")


def completed_later(folder: Path) -> None:
    """Half of a file is saved and closed; the rest is appended afterwards."""
    path = folder / "a.wat"
    path.write_text(NEW[:9])
    pause(0.1)
    with path.open("a") as file:
        file.write(NEW[9:])


def vim_rename(folder: Path) -> None:
    """backupcopy=no: the file becomes the backup, a new one is written."""
    path, probe = folder / "a.wat", folder / "4913"
    probe.touch()
    probe.unlink()
    backup = path.rename(folder / "a.wat~")
    with path.open("wb") as file:
        file.write(NEW.encode())
        file.flush()
        os.fsync(file.fileno())
    backup.unlink()


def vim_copy(folder: Path) -> None:
    """backupcopy=yes: the backup is a copy, the file is written in place."""
    path, backup = folder / "a.wat", folder / "a.wat~"
    (folder / ".a.wat.swp").write_bytes(b"b0VIM")
    shutil.copy2(path, backup)
    with path.open("r+b") as file:
        file.truncate()
        file.write(NEW.encode())
    backup.unlink()


def vim_keep_backup(folder: Path) -> None:
    """`set backup`: a.wat~ stays."""
    path = folder / "a.wat"
    path.rename(folder / "a.wat~")
    path.write_text(NEW)


def emacs(folder: Path) -> None:
    """A lock, an autosave, the first backup by renaming."""
    path, lock, auto = folder / "a.wat", folder / ".#a.wat", folder / "#a.wat#"
    lock.symlink_to("user@host.1:1")
    auto.write_text(NEW)
    path.rename(folder / "a.wat~")
    path.write_text(NEW)
    auto.unlink()
    lock.unlink()


def atomic(folder: Path) -> None:
    """Temporary file beside it, then rename over it."""
    made = folder / ".a.wat.tmp123"
    made.write_text(NEW)
    made.replace(folder / "a.wat")


def atomic_like_a_module(folder: Path) -> None:
    """The temporary file looks like a module itself."""
    made = folder / "tmp-a.wat"
    made.write_text(NEW)
    made.replace(folder / "a.wat")


def gio(folder: Path) -> None:
    """Gedit, Kate: .goutputstream, a backup by link."""
    path, made = folder / "a.wat", folder / ".goutputstream-X1"
    made.write_text(NEW)
    (folder / "a.wat~").hardlink_to(path)
    made.replace(path)


def jetbrains(folder: Path) -> None:
    """Safe write: new file, old one aside, new one in place, old one deleted."""
    path, made = folder / "a.wat", folder / "a.wat___jb_tmp___"
    made.write_text(NEW)
    old = path.rename(folder / "a.wat___jb_old___")
    made.rename(path)
    old.unlink()


def from_outside(folder: Path) -> None:
    made = folder.parent / "made.tmp"
    made.write_text(NEW)
    made.replace(folder / "a.wat")


def move_in(folder: Path) -> None:
    made = folder.parent / "made.wat"
    made.write_text(NEW)
    made.rename(folder / "made.wat")


def move_out(folder: Path) -> None:
    (folder / "a.wat").rename(folder.parent / "out.wat")


def rename(folder: Path) -> None:
    (folder / "a.wat").rename(folder / "c.wat")


def exchange(folder: Path) -> None:
    """Two files change names."""
    a, b, c = (folder / f"{each}.wat" for each in "abc")
    b.write_text(NEW)
    a.rename(c)
    b.rename(a)
    c.rename(b)


def out_of_sight(folder: Path) -> None:
    """To a name that is not built, and back with other content."""
    (folder / "a.wat").rename(folder / "a.txt")
    pause()
    (folder / "a.txt").write_text(NEW)
    (folder / "a.txt").rename(folder / "a.wat")


def delete(folder: Path) -> None:
    (folder / "a.wat").unlink()


def recreate(folder: Path) -> None:
    for each in (OLD, NEW):
        (folder / "a.wat").unlink()
        pause()
        (folder / "a.wat").write_text(each)


def linked(folder: Path) -> None:
    made = folder.parent / "made"
    made.write_text(NEW)
    (folder / "a.wat").unlink()
    (folder / "a.wat").hardlink_to(made)


def deep(folder: Path) -> None:
    """Folders and files at once: the files are there before the watches are."""
    for each in range(20):
        inner = folder / f"{each}" / "x" / "y" / "z"
        inner.mkdir(parents=True)
        (inner / "a.wat").write_text(NEW)
        (inner.parent / "b.wat").write_text(NEW)


def folder_in(folder: Path) -> None:
    made = folder.parent / "made"
    (made / "x").mkdir(parents=True)
    (made / "x" / "a.wat").write_text(NEW)
    made.rename(folder / "made")
    (folder / "made" / "x" / "late.wat").write_text(NEW)


def folder_out(folder: Path) -> None:
    (folder / "d").rename(folder.parent / "out")


def folder_rename(folder: Path) -> None:
    (folder / "d").rename(folder / "e")
    (folder / "e" / "late.wat").write_text(NEW)


def folder_replaced(folder: Path) -> None:
    """A build that makes a new folder and puts it in the place of the old one."""
    made = folder / "d.new"
    made.mkdir()
    (made / "c.wat").write_text(NEW)
    (folder / "d").rename(folder / "d.old")
    made.rename(folder / "d")
    shutil.rmtree(folder / "d.old")
    (folder / "d" / "late.wat").write_text(NEW)


def folder_removed(folder: Path) -> None:
    shutil.rmtree(folder / "d")


def folder_remade(folder: Path) -> None:
    shutil.rmtree(folder / "d")
    (folder / "d").mkdir()
    (folder / "d" / "c.wat").write_text(NEW)


def folder_to_file(folder: Path) -> None:
    """A folder becomes a file of its name, and a file a folder."""
    shutil.rmtree(folder / "d")
    (folder / "d").write_text(NEW)
    (folder / "a.wat").unlink()
    (folder / "a.wat").mkdir()
    (folder / "a.wat" / "inner.wat").write_text(NEW)


def touched(folder: Path) -> None:
    os.utime(folder / "a.wat")


def many_saves(folder: Path) -> None:
    for each in range(200):
        (folder / "a.wat").write_text(f"(module) ;; {each:03}")


# Nothing of these is said by the kernel (or not of the path): comparing finds them.
def through_a_mapping(folder: Path) -> None:
    with (folder / "a.wat").open("r+b") as file:
        view = mmap.mmap(file.fileno(), 0)
        view[1:7] = b"MODULE"
        view.flush()
        view.close()


def through_another_link(folder: Path) -> None:
    other = folder.parent / "other"
    other.hardlink_to(folder / "a.wat")
    pause()
    other.write_text(NEW)


def through_a_symlink(folder: Path) -> None:
    target = folder.parent / "target"
    target.write_text(OLD)
    (folder / "l.wat").symlink_to(target)
    pause()
    target.write_text(NEW)


def forbidden(folder: Path) -> None:
    (folder / "a.wat").chmod(0)
    pause()
    (folder / "a.wat").chmod(0o644)


def root_removed(folder: Path) -> None:
    shutil.rmtree(folder)


def root_remade(folder: Path) -> None:
    shutil.rmtree(folder)
    pause()
    folder.mkdir()
    (folder / "a.wat").write_text(NEW)
    pause()
    (folder / "b.wat").write_text(NEW)


def root_replaced(folder: Path) -> None:
    folder.rename(folder.parent / "old")
    folder.mkdir()
    (folder / "n.wat").write_text(NEW)
    (folder.parent / "old" / "a.wat").write_text("not ours any more")


SAID: tuple[Pattern, ...] = (
    plain,
    pieces,
    pieces_of_a_new_file,
    completed_later,
    vim_rename,
    vim_copy,
    vim_keep_backup,
    emacs,
    atomic,
    atomic_like_a_module,
    gio,
    jetbrains,
    from_outside,
    move_in,
    move_out,
    rename,
    exchange,
    out_of_sight,
    delete,
    recreate,
    linked,
    deep,
    folder_in,
    folder_out,
    folder_rename,
    folder_replaced,
    folder_removed,
    folder_remade,
    folder_to_file,
    touched,
    many_saves,
)
UNSAID: tuple[Pattern, ...] = (
    through_a_mapping,
    through_another_link,
    through_a_symlink,
    forbidden,
    root_removed,
    root_remade,
    root_replaced,
)
