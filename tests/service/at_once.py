"""What the service makes in steps, in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lbtool.service.diagnostics import Finding, function_findings, outside_findings
from lbtool.service.outline import steps

if TYPE_CHECKING:
    from lbtool.service.analysis import Analysis
    from lbtool.service.outline import Symbol
    from lbtool.wat.document import Document


def diagnostics(analysis: Analysis) -> list[Finding]:
    """Everything that is wrong, in the order of the text; nothing is kept."""
    found = {
        Finding(start, end, "error", code, message)
        for start, end, code, message in analysis.document.problems()
    }
    found.update(outside_findings(analysis))
    for function in analysis.functions():
        found.update(function_findings(function))
    return sorted(found)


def symbols(document: Document) -> list[Symbol]:
    """The outline."""
    made = steps(document)
    while True:
        try:
            next(made)
        except StopIteration as end:
            found: list[Symbol] = end.value
            return found
