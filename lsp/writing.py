"""Long answers, written while they are made.

The answer on 10,000 functions is megabytes of JSON: as objects it would be written in
one go, and looked through by the garbage collector, while everybody waits.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Rows", "Written", "record"]

_encode = json.JSONEncoder(separators=(",", ":")).encode


class Written(NamedTuple):
    """A JSON value as text in parts."""

    parts: list[bytes]


class Rows:
    """A JSON list to which one appends."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def add(self, *elements: object) -> None:
        """Append values that JSON has."""
        self._parts.append((b",%b" if self._parts else b"[%b") % _text(elements)[1:-1])

    def put(self, element: Written) -> None:
        """Append what is written."""
        self._parts.append(b"," if self._parts else b"[")
        self._parts += element.parts

    def written(self) -> Written:
        """All of it."""
        return Written([*self._parts, b"]"] if self._parts else [b"[]"])


def record(fields: Mapping[str, Any], last: str, value: Written) -> Written:
    """A JSON object of these fields and one that is written."""
    head = _text(fields)[:-1]
    between = b"," if fields else b""
    return Written([b"%b%b%b:" % (head, between, _text(last)), *value.parts, b"}"])


def _text(value: object) -> bytes:
    return _encode(value).encode()
