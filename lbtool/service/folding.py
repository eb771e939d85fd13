"""What can be folded away: fields, blocks, expressions and comments of several lines.

A fold ends before a closing word that begins a line, so that it stays in sight. Of
folds that begin on one line only the outermost is given: editors show no more.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from lbtool.service.comments import runs
from lbtool.wat.fields import field_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lbtool.wat.document import Document
    from lbtool.wat.items import Field

    Kind = Literal["module", "field", "block", "expression", "comment"]

__all__ = ["Fold", "folds"]

_BLANKS = " \t\r\n"


class Fold(NamedTuple):
    """A place over several lines."""

    start: int
    end: int
    kind: Kind


def folds(document: Document) -> Iterator[Fold]:
    """All of them, in the order in which they begin."""
    line = -1
    for position, chunk in enumerate(document.chunks):
        if not chunk.lines and chunk.kind != "module":
            continue
        found = _chunk(document, position)
        for each in sorted(found, key=lambda fold: (fold.start, -fold.end)):
            first = document.line_column(each.start)[0]
            if line < first < document.line_column(each.end)[0]:
                line = first
                yield each


def _chunk(document: Document, position: int) -> Iterator[Fold]:
    chunk, base = document.chunks[position], document.starts[position]
    for start, end in runs(document, position):
        yield Fold(start, end, "comment")
    if chunk.kind == "module":
        start = base + chunk.lead
        end = _module_end(document, position)
        yield Fold(start, _shown(document.text, start, end), "module")
    elif chunk.kind == "field":
        text = chunk.text
        for first, last, kind in _pairs(field_of(chunk)):
            end = _shown(text, first, last)
            if "\n" in text[first:end] or "\r" in text[first:end]:
                yield Fold(base + first, base + end, kind)


def _module_end(document: Document, position: int) -> int:
    """Where the closing parenthesis of the module is."""
    for later in range(position + 1, len(document.chunks)):
        chunk = document.chunks[later]
        if chunk.kind == "close":
            return document.starts[later + 1] - 1
        if chunk.kind == "module":
            return document.starts[later]
    return len(document.text)


def _shown(text: str, start: int, end: int) -> int:
    """The end of a fold before the closing word at `end`."""
    before = end
    while before > start and text[before - 1] in " \t":
        before -= 1
    if before == start or text[before - 1] not in "\r\n":
        return end
    while before > start and text[before - 1] in _BLANKS:
        before -= 1
    return before


def _pairs(field: Field) -> Iterator[tuple[int, int, Kind]]:
    """Where something begins in the chunk, and its closing word."""
    text, span, close = field.text, field.span, field.tokens.close
    for token, word in enumerate(text):
        # What is closed at once has one line nearly always.
        if word == "(" and (not token or close[token] > token + 2):
            kind: Kind = "expression" if token else "field"
            yield span(token)[0], span(close[token])[0], kind
    code = field.code or ()
    for block in field.blocks or ():
        ordinals = [block.opener, block.end]
        if block.otherwise >= 0:
            ordinals.insert(1, block.otherwise)
        tokens = [code[each].token for each in ordinals if each < len(code)]
        if text[tokens[-1]] != "end":
            continue  # folded, or without end
        for first, last in pairwise(tokens):
            yield span(first)[0], span(last)[0], "block"
