"""Tables of a run for people: a row per file, a row per suite; plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lbtool.wast.results import (
    BAD,
    COLUMNS,
    DEVIATION,
    UNSUPPORTED,
    FileReport,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HEAD = ("file", *COLUMNS, "unsupported", "deviations", "seconds")
_SHOWN_FAILURES = 20


def table(reports: Sequence[FileReport], title: str = "total") -> str:
    """A row per file and their sum; cells are passed/all, deviations apart."""
    rows = [HEAD, *(row(r.name, (r,)) for r in reports), row(title, reports)]
    widths = [max(len(line[i]) for line in rows) for i in range(len(HEAD))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in rows
    )


def row(name: str, reports: Sequence[FileReport]) -> tuple[str, ...]:
    """The cells of one row: sums over `reports`."""
    cells = [name]
    for column in COLUMNS:
        total = sum(r.total(column) for r in reports)
        passed = sum(r.passed(column) for r in reports)
        cells.append(f"{passed}/{total}" if total else "-")
    for status in (UNSUPPORTED, DEVIATION):
        count = sum(r.counts[column, status] for r in reports for column in COLUMNS)
        cells.append(str(count) if count else "-")
    cells.append(f"{sum(r.seconds for r in reports):.2f}")
    return tuple(cells)


def failures(reports: Iterable[FileReport], limit: int = _SHOWN_FAILURES) -> list[str]:
    """One line per failure, at most `limit` per file, then how many more there are."""
    lines = []
    for report in reports:
        if report.error:
            lines.append(f"{report.name}: {report.error}")
        found = [o for o in report.outcomes if o.status in BAD]
        lines += [
            f"{report.name}:{o.line}: {o.kind} {o.status}: {o.detail}"
            for o in found[:limit]
        ]
        if len(found) > limit:
            lines.append(f"{report.name}: {len(found) - limit} more failures")
    return lines
