"""Which names are modules: rules that the tree of a build and the watcher share.

By name only; whether there is such a file is not known here.
"""

from __future__ import annotations

SUFFIXES = (".wasm", ".wat")
# Folders of version control and package managers, whose files nobody edits.
SKIPPED_FOLDERS = frozenset(
    {".git", ".hg", ".svn", ".jj", "node_modules", "__pycache__"}
)
# What editors write beside a file: Emacs' locks and autosaves, hidden temporary files.
TEMPORARY = (".", "#", "~", "___jb_")


def is_module(name: str) -> bool:
    """Whether a file called `name` (no folder) is a module that somebody saved."""
    return name.endswith(SUFFIXES) and not name.startswith(TEMPORARY)


def is_searched(folder: str) -> bool:
    """Whether modules are looked for in a folder called `folder`."""
    return folder not in SKIPPED_FOLDERS
