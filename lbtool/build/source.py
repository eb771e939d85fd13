"""The contents of a file, read once, and the binary module they are or stand for.

A file is told by size, times and inode from what it was, except when it was written a
moment ago: then its times may stay the same over another write. What the module means
is not known here.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, NamedTuple

from lbtool.cache.keys import text_key
from lbtool.cache.kinds import TEXT

if TYPE_CHECKING:
    from pathlib import Path

    from lbtool.cache.cache import Cache

__all__ = ["Identity", "binary_module", "identity", "is_text", "read_file"]

ATTEMPTS = 4
# Times of files have a resolution of up to two seconds (FAT, some network servers).
SETTLED_NS = 2_000_000_000


class Identity(NamedTuple):
    """As long as these are the same, so are the contents."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    device: int


def _identity(at: os.stat_result) -> Identity:
    return Identity(at.st_size, at.st_mtime_ns, at.st_ctime_ns, at.st_ino, at.st_dev)


def identity(path: Path) -> Identity:
    """What the file is known by now. Raises OSError."""
    return _identity(path.stat())


def read_file(path: Path) -> tuple[bytes, Identity | None]:
    """Contents, and the identity that vouches for them. Raises OSError.

    A file that changes while it is read is read again. The identity is None when it
    would not show another write: the file was written a moment ago, or all the time.
    """
    for _ in range(ATTEMPTS):
        with path.open("rb") as file:
            before = _identity(os.fstat(file.fileno()))
            data = file.read()
            after = _identity(os.fstat(file.fileno()))
        if before == after and len(data) == after.size:
            settled = time.time_ns() - max(after.mtime_ns, after.ctime_ns) > SETTLED_NS
            return data, after if settled else None
    return data, None


def is_text(path: Path, data: bytes) -> bool:
    """Whether a file with these contents is a module in text format.

    As `lbtool.wasm.read` decides it.
    """
    return path.suffix != ".wasm" and not data.startswith(b"\0")


def binary_module(cache: Cache, text: bytes, path: str) -> bytes:
    """A module in text format as bytes, assembled once.

    Raises `lbtool.errors.MalformedError` with line and column.
    """
    key = text_key(text)
    found = cache.file(TEXT, key)
    if found is not None:
        return bytes(found)
    from lbtool.wasm.read import assemble  # noqa: PLC0415 - only texts that are new

    data = assemble(text, path=path)
    cache.put_file(TEXT, key, data)
    return data
