"""The findings of a snapshot in steps, and what an edit leaves of them.

An edit inside of a body changes what is found in its chunk of text and nowhere else, so
of a file of any size one chunk is looked at again. Whatever else changes, all are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lbtool.service.diagnostics import Finding, function_findings, outside_findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lbtool.service.analysis import Analysis

__all__ = ["KeptFindings"]


class KeptFindings:
    """Everything that is wrong with a snapshot; `before` is of an earlier text."""

    def __init__(self, analysis: Analysis, before: KeptFindings | None = None) -> None:
        self.analysis = analysis
        # by chunk, with offsets in it; only of chunks where something was found
        self._found: dict[int, tuple[Finding, ...]] = {}
        self._todo = list(reversed(range(len(analysis.document.chunks))))
        if before is not None and _same_but_bodies(before.analysis, analysis):
            pairs = zip(
                before.analysis.document.chunks, analysis.document.chunks, strict=True
            )
            changed = {i for i, (old, new) in enumerate(pairs) if old is not new}
            self._todo = list(changed.union(before._todo))  # noqa: SLF001
            self._found = dict(before._found)  # noqa: SLF001

    def steps(self) -> Iterator[tuple[int, int]]:
        """Look at what is to be looked at, one chunk a step: so many of so many."""
        total = len(self._todo)
        while self._todo:
            position = self._todo.pop()
            found = tuple(self._chunk(position))
            if found:
                self._found[position] = found
            else:
                self._found.pop(position, None)
            yield total - len(self._todo), total

    def all(self) -> list[Finding]:
        """Everything that was found so far, in the order of the text."""
        document = self.analysis.document
        found = set(outside_findings(self.analysis))
        if document.is_text:
            for start, end, code, message in document.frame_problems():
                found.add(Finding(start, end, "error", code, message))
        for position, some in self._found.items():
            found.update(_moved(each, document.starts[position]) for each in some)
        return sorted(found)

    def _chunk(self, position: int) -> Iterator[Finding]:
        document = self.analysis.document
        base = document.starts[position]
        if document.is_text:
            for start, end, code, message in document.chunk_problems(position):
                yield Finding(start - base, end - base, "error", code, message)
        chunk = document.chunks[position]
        if chunk.is_field:
            function = self.analysis.function_at(base + chunk.lead)
            if function is not None:
                for each in function_findings(function):
                    yield _moved(each, -base)


def _moved(finding: Finding, by: int) -> Finding:
    return finding._replace(start=finding.start + by, end=finding.end + by)


def _same_but_bodies(old: Analysis, new: Analysis) -> bool:
    return (
        old.document.tables is new.document.tables
        and old.document.types is new.document.types
        and old.document.is_text == new.document.is_text
        and old.around is new.around
        and len(old.document.chunks) == len(new.document.chunks)
    )
