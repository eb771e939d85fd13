"""Where the comments of a chunk are; ``lex`` keeps none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lbtool.wat.lexer import COMMENT, STRING, Comments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lbtool.wat.chunks import Chunk

__all__ = ["comments"]

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
