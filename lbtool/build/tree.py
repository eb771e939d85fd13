"""The modules below folders: what a build of a tree looks at.

Which names are modules is decided in ``lbtool.watch.names``.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from lbtool.watch.names import is_module, is_searched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["find"]


def find(paths: Iterable[str | Path]) -> list[Path]:
    """The files among `paths`, whatever they are called, and the modules below folders.

    Each once, in the order of `paths`, those of a folder by name. Links to folders are
    not followed. A path that does not exist is kept: building it says so.
    """
    found: dict[Path, None] = {}
    for each in map(Path, paths):
        found |= dict.fromkeys(sorted(_below(each)) if each.is_dir() else [each])
    return list(found)


def _below(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if is_searched(name)]
        yield from (Path(place, name) for name in names if is_module(name))
