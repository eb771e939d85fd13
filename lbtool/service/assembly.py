"""The machine code of a text as a document whose lines know where they come from.

Of a large text it shows the functions around one: editors fetch it anew with each
keystroke, and two megabytes take a second until they are on the screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lbtool.compiler.listing_text import numbered_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lbtool.service.analysis import Analysis, FunctionView

__all__ = ["MOST", "Assembly", "AssemblyLine", "around", "assembly", "kept_lines"]

# Instructions of the functions that one document shows, or one function.
MOST = 1500
# Instructions of a function that is shown at all: these are 3 MB.
MOST_OF_ONE = 30_000


class AssemblyLine(NamedTuple):
    """Line number from 0, and the source text ``[start, end)`` that it comes from."""

    line: int
    start: int
    end: int
    stale: bool


class Assembly(NamedTuple):
    """The document's text; `lines` are those that come from an instruction."""

    text: str
    lines: list[AssemblyLine]


def around(analysis: Analysis, funcidx: int) -> range:
    """Indices of the functions that a document around this one shows."""
    own = _own(analysis)
    if not own:
        return own
    low = max(own.start, min(funcidx, own.stop - 1))
    high = low + 1
    room = MOST - _size(analysis, low)
    while room > 0 and (own.start < low or high < own.stop):
        if high < own.stop:
            room -= _size(analysis, high)
            high += 1
        if own.start < low:
            low -= 1
            room -= _size(analysis, low)
    return range(low, high)


def _own(analysis: Analysis) -> range:
    """Indices of functions that are not imported."""
    owners = analysis.document.tables.owners["func"]
    return range(sum(owner.imported for owner in owners), len(owners))


def _size(analysis: Analysis, funcidx: int) -> int:
    return len(analysis.function(funcidx).field.code or ()) + 1


def assembly(analysis: Analysis, functions: range) -> Assembly:
    """Compiles what is not compiled yet; lines of what is are kept."""
    text: list[str] = []
    lines: list[AssemblyLine] = []
    for function in map(analysis.function, functions):
        base = analysis.document.starts[function.position]
        stale = function.state == "stale"
        for line, start, end in kept_lines(function):
            if end:
                number = len(text)
                lines.append(AssemblyLine(number, base + start, base + end, stale))
            text.append(line)
        text.append("")
    own = _own(analysis)
    if functions != own:
        shown = f"functions {functions.start} to {functions.stop - 1}"
        text.append(f"; {shown} of {own.stop}: others when the cursor is on them")
    return Assembly("\n".join(text), lines)


def kept_lines(function: FunctionView) -> list[tuple[str, int, int]]:
    """Lines of one function, as `assembly` has them; made once."""
    code = function.code
    if code.lines is None:
        code.lines = list(_lines(function))
    return code.lines


def _lines(function: FunctionView) -> Iterator[tuple[str, int, int]]:
    """Lines of one function, and what they come from in its chunk; 0, 0 for none."""
    made = function.listing()
    if made is None:
        name = f"func {function.funcidx} {function.name or ''}".rstrip()
        yield name, 0, 0
        yield f"; no code: {_reason(function)}", 0, 0
        return
    if function.state == "stale":
        yield "; stale: this is the code of its last valid text", 0, 0
    n = len(function.field.code or ())
    if len(made.lines) > MOST_OF_ONE:
        yield f"func {function.funcidx} {function.name or ''}".rstrip(), 0, 0
        count = f"{len(made.lines):,} instructions"
        yield f"; {count} are too many to show here: `lbtool asm` does", 0, 0
        return
    for ordinal, line in numbered_lines(made):
        start, end = function.inner_span(ordinal) if 0 <= ordinal < n else (0, 0)
        yield line, start, end


def _reason(function: FunctionView) -> str:
    if function.state == "unsupported":
        return function.code.problems[0].message
    return "the function is not valid"
