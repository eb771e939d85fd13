"""What validator and compiler find in a text, with exact places.

What the reader finds, `Document` says; ``kept_findings`` has all of it together.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from lbtool.wasm.module import SECTION_NAMES
from lbtool.wat.fields import field_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lbtool.errors import Diagnostic
    from lbtool.service.analysis import Analysis, FunctionView
    from lbtool.wat.document import Document

__all__ = [
    "Finding",
    "function_findings",
    "outside_findings",
]

# Sections whose items are those of an index space, imports left out.
OWNED = frozenset({"type", "table", "memory", "global", "tag", "elem", "data"})


class Finding(NamedTuple):
    """A problem; ``[start, end)`` are offsets, `severity` is that of `Diagnostic`.

    ``information`` is for functions that are valid and not compiled yet.
    """

    start: int
    end: int
    severity: str
    code: str
    message: str


def function_findings(function: FunctionView) -> Iterator[Finding]:
    """What validation finds in a body, and whether it can be compiled."""
    if function.imported:
        return
    code = function.code
    severity = "information" if code.state == "unsupported" else "error"
    for each in code.problems:
        yield Finding(*_span(function, each), severity, each.code, each.message)


def _span(function: FunctionView, problem: Diagnostic) -> tuple[int, int]:
    """The instruction, the closing parenthesis for the last `end`, or the keyword."""
    code = function.field.code or ()
    if problem.ordinal is not None and problem.ordinal < len(code):
        return function.span(problem.ordinal)
    if problem.ordinal is not None:
        return max(function.end - 1, function.start), function.end
    start, end = function.field.span(1)
    base = function.analysis.document.starts[function.position]
    return base + start, base + end


def outside_findings(analysis: Analysis) -> Iterator[Finding]:
    """What is wrong outside of bodies, at the field that it is in."""
    if analysis.around is None:
        return
    document = analysis.document
    for each in analysis.around.problems:
        position = _position(analysis, each)
        chunk = document.chunks[position]
        start = document.starts[position]
        end = start + len(chunk.text)
        yield Finding(start + chunk.lead, end, "error", each.code, each.message)


def _position(analysis: Analysis, problem: Diagnostic) -> int:
    """The chunk with the item of a section that a problem is in."""
    assert analysis.around is not None
    document = analysis.document
    if problem.funcidx is not None:
        return document.tables.owners["func"][problem.funcidx].chunk
    section = problem.section or ""
    positions = list(_positions(document, section))
    if not positions:
        return 0
    offsets = analysis.around.module.offsets.get(SECTION_NAMES.index(section), ())
    item = bisect_right(offsets, problem.offset or 0) - 1
    return positions[min(max(item, 0), len(positions) - 1)]


def _positions(document: Document, section: str) -> Iterator[int]:
    """Chunks with the items of a section, in their order."""
    if section in OWNED:
        for owner in document.tables.owners[section]:
            if not owner.imported:
                yield owner.chunk
        return
    for position, chunk in enumerate(document.chunks):
        if chunk.kind != "field":
            continue
        field = field_of(chunk)
        if section == "export":
            yield from [position] * len(field.exports)
        elif (section == "import" and field.imported is not None) or (
            section == "start" and field.kind == "start"
        ):
            yield position
