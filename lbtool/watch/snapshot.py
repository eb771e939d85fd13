"""Files as they are on the disk, and what differs from how they were.

A `Stamp` is what `stat` says. It cannot tell two writes apart that fall into one tick
of the file system's clock, so the stamp of a fresh file carries a digest of the
content, and is compared once more later on. What led here does not matter: a hint says
where to look, never what happened.
"""

from __future__ import annotations

import os
import stat
import time
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

from lbtool.watch.changes import Changes
from lbtool.watch.names import is_module, is_searched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Nanoseconds. Linux stamps files with the time of its last timer tick, which is 1 to
# 10 ms old. Less than the quiet period, so that a save is usually not fresh any more.
TICK = 20_000_000


@dataclass(frozen=True, slots=True)
class Stamp:
    """What `stat` says (times in nanoseconds); a digest when that is not to be trusted.

    The clock of all writes is the time of change, which programs cannot set.
    """

    size: int
    modified: int
    changed: int
    inode: int
    digest: bytes | None = field(default=None, compare=False)


def take_stamp(path: str) -> Stamp | None:
    """Stamp of a regular file; None when there is none (links are followed)."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    fresh = abs(time.time_ns() - found.st_ctime_ns) < TICK
    return Stamp(
        found.st_size,
        found.st_mtime_ns,
        found.st_ctime_ns,
        found.st_ino,
        digest_of(path) if fresh else None,
    )


def digest_of(path: str) -> bytes:
    """Digest of a file's content; of nothing when it cannot be read."""
    content = blake2b(digest_size=16)
    try:
        with open(path, "rb") as file:
            while block := file.read(1 << 20):
                content.update(block)
    except OSError:
        pass
    return content.digest()


def modules_in(folder: str) -> Iterator[str]:
    """Paths of the modules below `folder`, links to folders not followed.

    The folder "" is the current one; paths are joined to `folder` as it is spelled.
    """
    pending = [folder]
    while pending:
        here = pending.pop()
        try:
            with os.scandir(here or ".") as entries:
                for each in entries:
                    if each.is_dir(follow_symlinks=False):
                        if is_searched(each.name):
                            pending.append(os.path.join(here, each.name))
                    elif is_module(each.name):
                        yield os.path.join(here, each.name)
        except OSError:
            continue  # gone meanwhile, or not ours to read: nothing is there to build


class Snapshot:
    """Stamps of all files that were reported, by path."""

    def __init__(self) -> None:
        self.known: dict[str, Stamp] = {}

    def differing(self, paths: Iterable[str]) -> Iterator[tuple[str, Stamp | None]]:
        """Those of `paths` that are not as they are known, with what they are now."""
        for path in paths:
            known, stamp = self.known.get(path), take_stamp(path)
            if known is None or known != stamp:
                if known is not stamp:
                    yield path, stamp
            elif known.digest is not None:
                if known.digest == digest_of(path):
                    self.known[path] = stamp
                else:
                    yield path, stamp

    def update(self, paths: Iterable[str]) -> Changes:
        """Look at some files, which may exist or not, and remember how they are."""
        changed, gone = [], []
        for path, stamp in self.differing(sorted(paths)):
            if stamp is not None:
                self.known[path] = stamp
                changed.append(path)
            else:
                del self.known[path]
                gone.append(path)
        return Changes(tuple(changed), tuple(gone))

    def below(self, folders: set[str]) -> list[str]:
        """Known paths in any of the folders, at any depth (or called like one)."""
        inside = dict.fromkeys(folders, True)

        def is_inside(path: str) -> bool:
            found = inside.get(path)
            if found is None:
                above = os.path.dirname(path)
                found = above != path and is_inside(above)
                inside[path] = found
            return found

        return [path for path in self.known if is_inside(path)]
