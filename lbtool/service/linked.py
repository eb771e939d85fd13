"""What belongs together: an instruction in the text and its lines of assembly.

Line numbers are those of the document that ``assembly`` makes. Nothing is made of
functions but their lines, which are kept: editors ask with each move of the cursor.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from lbtool.service.assembly import MOST, kept_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lbtool.service.analysis import Analysis, FunctionView

__all__ = ["Linked", "linked_from", "linked_to"]

_BEFORE = " \t("  # what may stand between a cursor and the instruction it is meant for


class Linked(NamedTuple):
    """The text ``[start, end)`` of an instruction, and its lines, counted from 0."""

    start: int
    end: int
    lines: list[int]


def linked_to(analysis: Analysis, offset: int) -> Linked | None:
    """The instruction at or just behind an offset; None when there is none."""
    text = analysis.document.text
    while offset < len(text) and text[offset] in _BEFORE:
        offset += 1
    function = analysis.function_at(offset)
    if function is None or function.imported:
        return None
    for first, each in _shown(analysis):
        if each.funcidx == function.funcidx:
            place = offset - analysis.document.starts[each.position]
            around = [
                (place == end, start, end)
                for _, start, end in kept_lines(each)
                if start <= place <= end and end
            ]
            if not around:
                return None
            _, start, end = min(around)
            return _linked(analysis, each, first, (start, end))
    return None


def linked_from(analysis: Analysis, line: int) -> Linked | None:
    """The instruction that a line of assembly comes from; None when there is none."""
    for first, each in _shown(analysis):
        made = kept_lines(each)
        if first <= line < first + len(made):
            _, start, end = made[line - first]
            return _linked(analysis, each, first, (start, end)) if end else None
    return None


def _shown(analysis: Analysis) -> Iterator[tuple[int, FunctionView]]:
    """Functions of the assembly document, with their first lines."""
    first = 0
    own = (each for each in analysis.functions() if not each.imported)
    for each in islice(own, MOST):
        yield first, each
        first += len(kept_lines(each)) + 1


def _linked(
    analysis: Analysis, function: FunctionView, first: int, span: tuple[int, int]
) -> Linked:
    base = analysis.document.starts[function.position]
    lines = [
        first + number
        for number, (_, start, end) in enumerate(kept_lines(function))
        if (start, end) == span
    ]
    return Linked(base + span[0], base + span[1], lines)
