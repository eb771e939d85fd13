"""Kinds of records, each sealed in a domain of its own.

Rows are many and small and live in the row store; files are few, larger, and read by a
run that must not pay for importing a database: one sealed file a record. What is inside
a record is its owner's business and not here.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = [
    "ARTIFACT",
    "FILES",
    "IMAGE",
    "KINDS",
    "LAST",
    "MEMO",
    "ROWS",
    "SHIM",
    "TEXT",
    "VALID",
    "Kind",
]


class Kind(NamedTuple):
    """A kind of record: its name in statistics and files, its domain for sealing."""

    name: str
    domain: bytes  # at most 16 bytes, BLAKE2b's personalisation


ARTIFACT = Kind("artifact", b"lbtool/artifact")  # compiled code of a function
MEMO = Kind("memo", b"lbtool/memo")  # raw body in its module -> key and slots
VALID = Kind("valid", b"lbtool/valid")  # this module validated
LAST = Kind("last", b"lbtool/last")  # what the last build of a path was made of
IMAGE = Kind("image", b"lbtool/image")  # a linked module
TEXT = Kind("text", b"lbtool/text")  # text -> binary module
SHIM = Kind("shim", b"lbtool/shim")  # serialised native code of another engine

ROWS = (ARTIFACT, MEMO, VALID, LAST)
FILES = (IMAGE, TEXT, SHIM)
KINDS = {kind.name: kind for kind in (*ROWS, *FILES)}
