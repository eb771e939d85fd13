"""The paths that somebody asked to watch, and the folders to watch for them.

The kernel speaks of real paths; everything that is reported is spelled as it was asked
for. A single file is seen through its folder, because editors replace files; a link
through the folder of its target as well.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lbtool.watch.names import is_module, is_searched
from lbtool.watch.snapshot import modules_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder for the kernel to watch; another `identity` is another folder."""

    path: str
    recursive: bool
    identity: tuple[int, int] | None

    @classmethod
    def at(cls, path: str, *, recursive: bool) -> Folder:
        """The folder that is at `path` now; without an identity when there is none."""
        real = os.path.realpath(path or ".")
        try:
            found = os.stat(real)
        except OSError:
            return cls(real, recursive, None)
        return cls(real, recursive, (found.st_dev, found.st_ino))


@dataclass(frozen=True, slots=True)
class Root:
    """One path as it was asked for: a folder with all below it, or a single file."""

    path: str
    single: bool

    @classmethod
    def of(cls, path: str) -> Root:
        """`path` need not exist; its name says then what it will be."""
        spelled = os.path.normpath(path)
        spelled = "" if spelled == "." else spelled
        if os.path.isdir(spelled or "."):
            return cls(spelled, single=False)
        exists = os.path.exists(spelled)
        return cls(spelled, single=exists or is_module(os.path.basename(spelled)))

    def files(self) -> Iterator[str]:
        """What there may be to build."""
        return iter((self.path,)) if self.single else modules_in(self.path)

    def folders(self) -> list[Folder]:
        """What the kernel must watch; the first is where the path itself is."""
        if not self.single:
            return [Folder.at(self.path, recursive=True)]
        found = [Folder.at(os.path.dirname(self.path), recursive=False)]
        if os.path.islink(self.path):
            target = os.path.realpath(self.path)
            found.append(Folder.at(os.path.dirname(target), recursive=False))
        return found


@dataclass(slots=True)
class Layout:
    """All roots as they lie on the disk now."""

    roots: tuple[Root, ...]
    folders: frozenset[Folder] = frozenset()
    _singles: dict[str, list[str]] = field(default_factory=dict)
    _trees: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, roots: Iterable[Root]) -> Layout:
        """Look at the disk."""
        made = cls(tuple(roots))
        folders: set[Folder] = set()
        for root in made.roots:
            found = root.folders()
            folders.update(found)
            real = found[0].path
            if not root.single:
                made._trees.append((real, root.path))
                continue
            seen = os.path.join(real, os.path.basename(root.path))
            for each in {seen, os.path.realpath(root.path)}:
                made._singles.setdefault(each, []).append(root.path)
        made.folders = frozenset(folders)
        return made

    @property
    def missing(self) -> bool:
        """Whether a folder does not exist at the moment."""
        return any(each.identity is None for each in self.folders)

    def files(self) -> Iterator[str]:
        """What there may be to build, under all roots."""
        for root in self.roots:
            yield from root.files()

    def spelled(self, path: str) -> list[tuple[str, bool]]:
        """A real path as the roots spell it, and whether it was asked for by name.

        Nothing for what no root has, or has in a folder that is not searched.
        """
        found = [(each, True) for each in self._singles.get(path, ())]
        for real, given in self._trees:
            if path == real:
                found.append((given, False))
            elif path.startswith(real.rstrip(os.sep) + os.sep):
                rest = path[len(real) :].lstrip(os.sep)
                if all(map(is_searched, rest.split(os.sep))):
                    found.append((os.path.join(given, rest), False))
        return found
