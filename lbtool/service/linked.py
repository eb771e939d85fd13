"""What belongs together: an instruction in the text and its lines of assembly.

Line numbers are those of the document that ``assembly`` makes of these functions.
Nothing is made of them but their lines, which are kept: editors ask with each move of
the cursor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lbtool.service.assembly import kept_lines

if TYPE_CHECKING:
    from lbtool.service.analysis import Analysis, FunctionView

__all__ = ["Linked", "function_near", "linked_from", "linked_to"]

_BEFORE = " \t("  # what may stand between a cursor and the instruction it is meant for


class Linked(NamedTuple):
    """The text ``[start, end)`` of an instruction, and its lines, counted from 0."""

    start: int
    end: int
    lines: list[int]


def linked_to(analysis: Analysis, functions: range, offset: int) -> Linked | None:
    """The instruction at or just behind an offset; None when there is none."""
    function = function_near(analysis, offset)
    if function is None or function.funcidx not in functions:
        return None
    place = _near(analysis, offset) - analysis.document.starts[function.position]
    found = [
        (place == end, start, end)
        for _, start, end in kept_lines(function)
        if start <= place <= end and end
    ]
    if not found:
        return None
    before = map(analysis.function, range(functions.start, function.funcidx))
    first = sum(len(kept_lines(each)) + 1 for each in before)
    _, start, end = min(found)
    return _linked(analysis, function, first, (start, end))


def linked_from(analysis: Analysis, functions: range, line: int) -> Linked | None:
    """The instruction that a line of assembly comes from; None when there is none."""
    first = 0
    for each in map(analysis.function, functions):
        made = kept_lines(each)
        if first <= line < first + len(made):
            _, start, end = made[line - first]
            return _linked(analysis, each, first, (start, end)) if end else None
        first += len(made) + 1
    return None


def function_near(analysis: Analysis, offset: int) -> FunctionView | None:
    """The function at or just behind an offset, if it has code here."""
    function = analysis.function_at(_near(analysis, offset))
    return None if function is None or function.imported else function


def _near(analysis: Analysis, offset: int) -> int:
    text = analysis.document.text
    while offset < len(text) and text[offset] in _BEFORE:
        offset += 1
    return offset


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
