"""From places in the text to functions and instructions, and back.

The n-th instruction of the text is the n-th of the binary module, ``else`` and ``end``
included; for folded instructions the operands come first. So function and ordinal name
an instruction in the text as well as in the binary. Offsets count characters from 0.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from lbtool.wat.document import Document
from lbtool.wat.fields import field_of

if TYPE_CHECKING:
    from lbtool.wat.chunks import Chunk

__all__ = [
    "Span",
    "TextMap",
    "TokenAt",
    "chunk_at",
    "field_span",
    "function_in",
    "token_at",
    "token_span",
]


class Span(NamedTuple):
    """Offsets of the first character and behind the last one."""

    start: int
    end: int


class TokenAt(NamedTuple):
    """A token: of which chunk, the how many-th of the field, where, what."""

    chunk: int
    token: int
    span: Span
    text: str


def chunk_at(document: Document, offset: int) -> int:
    """Position of the chunk that the offset is in, -1 in an empty text."""
    return min(bisect_right(document.starts, offset), len(document.chunks)) - 1


def token_span(document: Document, chunk: int, token: int) -> Span:
    """Where a token of a field is."""
    start, end = field_of(document.chunks[chunk]).span(token)
    return Span(document.starts[chunk] + start, document.starts[chunk] + end)


def token_at(document: Document, offset: int) -> TokenAt | None:
    """The token at the offset or, as an editor's cursor means it, that ends there."""
    position = chunk_at(document, offset)
    for index in (position, position - 1):
        if index < 0 or document.chunks[index].kind != "field":
            continue
        field = document.field(index)
        starts = field.tokens.start
        token = bisect_right(starts, offset - document.starts[index]) - 1
        # A name or number that ends here is meant rather than a parenthesis.
        for each in (token, token - 1):
            if each < 0:
                continue
            span = token_span(document, index, each)
            text = field.text[each]
            before = text == ")" and each and field.text[each - 1] not in "()"
            if each == token and before and span.start == offset:
                continue
            if span.start <= offset <= span.end and span.start != span.end:
                return TokenAt(index, each, span, text)
    return None


def function_in(document: Document, chunk: int) -> int | None:
    """The funcidx that a chunk defines or imports."""
    owners = document.tables.owners["func"]
    index = bisect_left(owners, chunk, key=lambda each: each.chunk)
    if index < len(owners) and owners[index].chunk == chunk:
        return index
    return None


def field_span(document: Document, chunk: int) -> Span:
    """Where a field is, without what stands before it."""
    start = document.starts[chunk] + document.chunks[chunk].lead
    return Span(start, document.starts[chunk + 1])


class TextMap:
    """Lines and columns, both from 1, of the functions and instructions of one text.

    Only the functions that are asked for are read.
    """

    def __init__(self, text: str) -> None:
        self._document = Document(text)
        chunks = enumerate(self._document.chunks)
        self._functions = [i for i, chunk in chunks if _is_function(chunk)]

    def find(self, funcidx: int, ordinal: int | None = None) -> int | None:
        """Offset at which the instruction begins, or the function without one."""
        document = self._document
        if not document.is_text or not 0 <= funcidx < len(self._functions):
            return None
        chunk = self._functions[funcidx]
        if ordinal is None:
            return field_span(document, chunk).start
        code = document.field(chunk).code or ()
        if not 0 <= ordinal < len(code):
            return None
        return token_span(document, chunk, code[ordinal].token).start

    def place(self, funcidx: int, ordinal: int | None = None) -> tuple[int, int] | None:
        """Line and column of what `find` finds."""
        start = self.find(funcidx, ordinal)
        return None if start is None else self.line_column(start)

    def line_column(self, start: int) -> tuple[int, int]:
        """Line and column of a character, the column in characters."""
        line, column = self._document.line_column(start)
        return line + 1, column + 1


def _is_function(chunk: Chunk) -> bool:
    """Whether a chunk defines or imports a function."""
    if chunk.head == "import":
        return field_of(chunk).kind == "func"
    return chunk.head == "func"
