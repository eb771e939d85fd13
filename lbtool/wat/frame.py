"""What is wrong around the fields: parentheses of the module, or that there are none.

A module without fields needs them: by the specification's grammar an empty text is a
module, but every assembler takes it for a mistake.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lbtool.wat.lexer import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lbtool.wat.chunks import Chunk

__all__ = ["frame_problems"]


def frame_problems(chunks: Sequence[Chunk], starts: Sequence[int]) -> Iterator[Problem]:
    """Of a text in chunks that begin at `starts`, whose last is the text's length."""

    def first_token(position: int, code: str, message: str) -> Problem:
        """A problem at the parenthesis with which a chunk begins."""
        start = starts[position] + chunks[position].lead
        return Problem(start, start + 1, code, message)

    opened = closed = field = -1
    if all(each.kind == "end" for each in chunks):
        message = "expected at least one module field"
        yield Problem(starts[-1], starts[-1], "E0132", message)
    complained = False
    for position, chunk in enumerate(chunks):
        if chunk.is_field:
            field = position
            if closed >= 0 and not complained:
                message = "unexpected ): fields follow, outside of the module"
                yield first_token(closed, "E0138", message)
                complained = True
        elif chunk.kind == "module":
            if opened >= 0 or field >= 0:
                message = "unexpected token: the module has begun before"
                yield first_token(position, "E0143", message)
            opened, closed = position, -1
        elif chunk.kind == "close":
            if opened < 0 or closed >= 0:
                yield first_token(position, "E0138", "unexpected )")
            else:
                closed = position
    if opened >= 0 and closed < 0:
        yield first_token(opened, "E0137", "unclosed (")
