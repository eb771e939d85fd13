"""Arithmetic and tables of the benchmark: medians, ratios, geometric means.

Nothing here measures anything.
"""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ABSENT = "-"


def geomean(values: Iterable[float]) -> float:
    """The geometric mean of positive numbers; ValueError without any."""
    logs = [math.log(value) for value in values]
    if not logs:
        raise ValueError("the geometric mean of nothing")
    return math.exp(math.fsum(logs) / len(logs))


def median(values: Sequence[float]) -> float:
    """The middle value, or the mean of the two in the middle."""
    return statistics.median(values)


def ratios(
    figures: Mapping[str, Mapping[str, float]], of: str, to: str
) -> dict[str, float]:
    """``figures[row][of] / figures[row][to]`` for each row that has both."""
    return {
        row: cells[of] / cells[to]
        for row, cells in figures.items()
        if of in cells and to in cells
    }


def geomean_ratio(
    figures: Mapping[str, Mapping[str, float]], of: str, to: str
) -> float | None:
    """The geometric mean of `ratios`; None when no row has both."""
    found = ratios(figures, of, to)
    return geomean(found.values()) if found else None


def number(value: float | None, digits: int = 2) -> str:
    """A figure for a table cell."""
    return ABSENT if value is None else f"{value:,.{digits}f}"


@dataclass(frozen=True)
class Table:
    """Cells of text under headings; the first column is left-aligned."""

    title: str
    head: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    note: str = ""

    def add(self, *cells: str) -> None:
        """Append a row; ValueError when it does not fit the headings."""
        if len(cells) != len(self.head):
            raise ValueError(f"{len(cells)} cells under {len(self.head)} headings")
        self.rows.append(cells)

    def text(self) -> str:
        """Aligned columns for a terminal."""
        lines = [self.head, *self.rows]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]

        def line(cells: tuple[str, ...]) -> str:
            first = cells[0].ljust(widths[0])
            rest = zip(cells[1:], widths[1:], strict=True)
            return "  ".join([first, *(cell.rjust(width) for cell, width in rest)])

        rule = "  ".join("-" * width for width in widths)
        body = [line(self.head), rule, *map(line, self.rows)]
        return "\n".join([self.title, "", *body, *([self.note] if self.note else [])])

    def markdown(self) -> str:
        """The same as a section of a document."""

        def line(cells: Iterable[str]) -> str:
            return f"| {' | '.join(cells)} |"

        rule = ["---", *(["---:"] * (len(self.head) - 1))]
        body = [line(self.head), line(rule), *map(line, self.rows)]
        parts = [f"## {self.title}", "", *body]
        return "\n".join([*parts, "", self.note] if self.note else parts)
