"""The machine code of a text as a document whose lines know where they come from."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from lbtool.compiler.listing_text import numbered_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lbtool.service.analysis import Analysis, FunctionView

__all__ = ["MOST", "Assembly", "AssemblyLine", "assembly", "kept_lines"]

# Functions that one document shows; nobody reads more, and it is made anew so often.
MOST = 2000


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


def assembly(analysis: Analysis) -> Assembly:
    """Compiles what is not compiled yet; lines of what is are kept."""
    text: list[str] = []
    lines: list[AssemblyLine] = []
    own = (each for each in analysis.functions() if not each.imported)
    for function in islice(own, MOST):
        base = analysis.document.starts[function.position]
        stale = function.state == "stale"
        for line, start, end in kept_lines(function):
            if end:
                number = len(text)
                lines.append(AssemblyLine(number, base + start, base + end, stale))
            text.append(line)
        text.append("")
    if next(own, None) is not None:
        text.append("; more functions are not shown: hover their instructions")
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
    for ordinal, line in numbered_lines(made):
        start, end = function.inner_span(ordinal) if 0 <= ordinal < n else (0, 0)
        yield line, start, end


def _reason(function: FunctionView) -> str:
    if function.state == "unsupported":
        return function.code.problems[0].message
    return "the function is not valid"
