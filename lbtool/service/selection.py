"""What a selection grows to, from a token to the whole text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lbtool.service.comments import comments, runs
from lbtool.wat.positions import Span, chunk_at, field_span, token_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lbtool.wat.document import Document
    from lbtool.wat.items import Field

__all__ = ["MOST", "selections"]

# Steps that one answer has; of deeper nesting the outermost ones are left out, but for
# field, module and text.
MOST = 200


def selections(document: Document, offset: int) -> list[Span]:
    """Places around the offset, the innermost first, each in the next one."""
    offset = max(0, min(offset, len(document.text)))
    inner = sorted(set(_inside(document, offset)), key=_size)[:MOST]
    outer = sorted(set(_around(document, offset)), key=_size)
    found: list[Span] = []
    for each in (*inner, *outer):
        # Blocks and parentheses of a broken text may overlap.
        if not found or _holds(each, found[-1]):
            found.append(each)
    return found


def _size(span: Span) -> int:
    return span.end - span.start


def _holds(outer: Span, inner: Span) -> bool:
    return outer != inner and outer.start <= inner.start and inner.end <= outer.end


def _around(document: Document, offset: int) -> Iterator[Span]:
    """The field, the module, the text."""
    if not document.text:
        return
    yield Span(0, len(document.text))
    position = chunk_at(document, offset)
    if document.chunks[position].kind == "field":
        span = field_span(document, position)
        if span.start <= offset <= span.end:
            yield span
    for start, end in _modules(document):
        if start <= offset <= end:
            yield Span(start, end)


def _modules(document: Document) -> Iterator[tuple[int, int]]:
    start = -1
    for position, chunk in enumerate(document.chunks):
        if chunk.kind == "module":
            start = document.starts[position] + chunk.lead
        elif chunk.kind == "close" and start >= 0:
            yield start, document.starts[position + 1]
            start = -1
    if start >= 0:
        yield start, len(document.text)


def _inside(document: Document, offset: int) -> Iterator[Span]:
    """The token, instructions, blocks and parentheses of the field, or the comment."""
    yield from _comments(document, offset)
    found = token_at(document, offset)
    if found is None:
        position = chunk_at(document, offset)
        if position < 0 or document.chunks[position].kind != "field":
            return
    else:
        position = found.chunk
        if found.text not in "()":
            yield found.span
    field = document.field(position)
    base = document.starts[position]
    for first, last in _pairs(field):
        start, end = base + field.span(first)[0], base + field.span(last)[1]
        if start <= offset <= end and start < end:
            yield Span(start, end)


def _comments(document: Document, offset: int) -> Iterator[Span]:
    """The comment that the offset is in, and those around it that belong to it."""
    position = chunk_at(document, offset)
    if position < 0:
        return
    base = document.starts[position]
    single = ((base + a, base + b) for a, b in comments(document.chunks[position]))
    for start, end in (*single, *runs(document, position)):
        if start <= offset <= end:
            yield Span(start, end)


def _pairs(field: Field) -> Iterator[tuple[int, int]]:
    """First and last token of everything that belongs together."""
    text, close = field.text, field.tokens.close
    for token, word in enumerate(text):
        if word == "(":
            yield token, close[token]
    code = field.code or ()
    for each in code:
        if each.stop > each.token + 1:
            yield each.token, each.stop - 1
    for block in field.blocks or ():
        if block.end < len(code) and text[code[block.end].token] == "end":
            yield code[block.opener].token, code[block.end].stop - 1
