"""Prefer the ``.py`` files of the compiler core over what was built from them.

The runtime stays compiled: it cannot run otherwise.
"""

from __future__ import annotations

import sys
from importlib.machinery import FileFinder, SourceFileLoader
from pathlib import Path

_HERE = Path(__file__).parent
_PURE_FOLDERS = frozenset(str(_HERE / name) for name in ("compiler", "x64"))


def _finder(path: str) -> FileFinder:
    if path not in _PURE_FOLDERS:
        raise ImportError(path)
    return FileFinder(path, (SourceFileLoader, [".py"]))


def install() -> None:
    """Put the source-only finder first for the folders of the compiler core."""
    sys.path_hooks.insert(0, _finder)
    for folder in _PURE_FOLDERS:
        sys.path_importer_cache.pop(folder, None)
