"""Where the comments of a chunk are; ``lex`` keeps none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lbtool.wat.lexer import COMMENT, STRING, Comments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lbtool.wat.chunks import Chunk
    from lbtool.wat.document import Document

__all__ = ["comments", "runs"]

_NEXT_LINE = re.compile(r"[ \t]*(?:\r\n?|\n)[ \t]*")
_MARKS = re.compile(rf"{STRING}|{COMMENT}|\(;")


def comments(chunk: Chunk) -> Iterator[tuple[int, int]]:
    """Start and end of each in the chunk; a block comment without end is none."""
    text = chunk.text
    if ";" not in text:
        return
    ends = Comments(text)
    position = 0
    while found := _MARKS.search(text, position):
        start, position = found.span()
        if found[0][0] == '"':
            continue
        if found[0] == "(;":
            end = ends.end(start)
            if end < 0:
                continue
            position = end
        yield start, position


def runs(document: Document, position: int) -> Iterator[tuple[int, int]]:
    """Block comments of a chunk, and line comments that follow each other as one.

    Line comments behind something else are left out. Offsets are the document's.
    """
    text, base = document.text, document.starts[position]
    start = end = -1
    for first, last in comments(document.chunks[position]):
        first, last = base + first, base + last  # noqa: PLW2901
        if not text.startswith(";;", first):
            yield first, last
            continue
        if end >= 0 and _NEXT_LINE.fullmatch(text, end, first):
            end = last
            continue
        if end >= 0:
            yield start, end
        start, end = (first, last) if _begins_line(text, first) else (-1, -1)
    if end >= 0:
        yield start, end


def _begins_line(text: str, start: int) -> bool:
    while start and text[start - 1] in " \t":
        start -= 1
    return not start or text[start - 1] in "\r\n"
