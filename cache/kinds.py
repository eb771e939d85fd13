"""Kinds of records, each sealed in a domain of its own.

Rows are many and small and live in the row store; files are few, larger, and read by a
run that must not pay for importing a database: one sealed file a record. What is inside
a record is its owner's business and not here.
"""

from __future__ import annotations

__all__ = [
    "ARTIFACT",
    "DIGEST",
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


class Kind:
    """A kind of record, one object each.

    name    in statistics and in names of files; at most nine characters
    domain  for sealing: the personalisation of BLAKE2b
    """

    __slots__ = ("domain", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self.domain = b"lbtool/" + name.encode()

    def __repr__(self) -> str:
        return self.name


ARTIFACT = Kind("artifact")  # compiled code of a function
MEMO = Kind("memo")  # raw body in its module -> key and slots
VALID = Kind("valid")  # this module validated
LAST = Kind("last")  # what the last build of a path was made of
IMAGE = Kind("image")  # a linked module
TEXT = Kind("text")  # text -> binary module
DIGEST = Kind("digest")  # file as it was found -> its digest
SHIM = Kind("shim")  # serialised native code of another engine

ROWS = (ARTIFACT, MEMO, VALID, LAST)
FILES = (IMAGE, TEXT, SHIM, DIGEST)
KINDS = {kind.name: kind for kind in (*ROWS, *FILES)}
