"""Positions of the protocol and offsets of the text.

A position is a line and a column, both from 0; the column counts code units of the
encoding that client and server agreed on. Offsets count characters. Positions beyond a
line are its end and positions beyond the text are the text's, as the protocol has it; a
position inside of a character is where the character begins.

Source: LSP 3.18 "Position". Light: the bridge uses it too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from lbtool.wat.document import Document

__all__ = ["ENCODINGS", "applied", "choose", "column_of", "offset_of", "position_of"]

# Name in the protocol -> bytes of a code unit, codec that makes them.
ENCODINGS = {
    "utf-8": (1, "utf-8"),
    "utf-16": (2, "utf-16-le"),
    "utf-32": (4, "utf-32-le"),
}
DEFAULT = "utf-16"
_PASS = "surrogatepass"  # noqa: S105 - what a client sends is not always text


def choose(offered: Iterable[str] | None) -> str:
    """The first encoding of the client's list that there is."""
    return next((each for each in offered or () if each in ENCODINGS), DEFAULT)


def position_of(document: Document, offset: int, encoding: str) -> tuple[int, int]:
    """Line and column of an offset."""
    line, column = document.line_column(offset)
    if encoding == "utf-32" or not column:
        return line, column
    start = document.line_start(line)
    before = document.text[start : start + column]
    if before.isascii():
        return line, column
    unit, codec = ENCODINGS[encoding]
    return line, len(before.encode(codec, _PASS)) // unit


def offset_of(document: Document, line: int, column: int, encoding: str) -> int:
    """The offset of a position."""
    if line >= document.line_count:
        return len(document.text)
    if line < 0:
        return 0
    return document.line_start(line) + column_of(
        document.line_text(line), max(column, 0), encoding
    )


def column_of(text: str, units: int, encoding: str) -> int:
    """Characters of the line `text` in so many code units."""
    if text.isascii() or encoding == "utf-32":
        return min(units, len(text))
    unit, codec = ENCODINGS[encoding]
    code = text.encode(codec, _PASS)
    end = min(units * unit, len(code))
    if encoding == "utf-8":
        while 0 < end < len(code) and code[end] & 0xC0 == 0x80:
            end -= 1
    elif 2 <= end < len(code) and code[end - 1] >> 2 == 0xD8 >> 2:
        # between two surrogates, unless the first is alone
        end -= 2 if code[end + 1] >> 2 == 0xDC >> 2 else 0
    return len(code[:end].decode(codec, _PASS))


def applied(
    document: Document, changes: Iterable[Mapping[str, Any]], encoding: str
) -> Document:
    """The document after changes as in ``textDocument/didChange``, one after another.

    Raises KeyError or TypeError for what is no change.
    """
    for change in changes:
        text = change["text"]
        where = change.get("range")
        if where is None:
            document = document.edit(0, len(document.text), text)
            continue
        start, end = (
            offset_of(document, each["line"], each["character"], encoding)
            for each in (where["start"], where["end"])
        )
        document = document.edit(min(start, end), max(start, end), text)
    return document
