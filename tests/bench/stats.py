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
Figures = dict[str, dict[str, float]]


def geomean(values: Iterable[float]) -> float:
    """The geometric mean of positive numbers; ValueError without any."""
    logs = [math.log(value) for value in values]
    if not logs:
        raise ValueError("the geometric mean of nothing")
    return math.exp(math.fsum(logs) / len(logs))


def median(values: Sequence[float]) -> float:
    """The middle value, or the mean of the two in the middle."""
    return statistics.median(values)


def spread(values: Sequence[float]) -> float:
    """The middle half of the values, as a part of their median; 0 for one value."""
    if len(values) < 2:
        return 0.0
    low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    return (high - low) / median(values)


def medians(samples: Mapping[str, Mapping[str, Sequence[float]]]) -> Figures:
    """The median of each cell."""
    return {
        row: {name: median(found) for name, found in cells.items()}
        for row, cells in samples.items()
    }


def spreads(samples: Mapping[str, Mapping[str, Sequence[float]]]) -> str:
    """A sentence about the `spread` of all cells, for below a table."""
    found = [
        (spread(values), row, name)
        for row, cells in samples.items()
        for name, values in cells.items()
        if len(values) > 1
    ]
    if not found:
        return ""
    middle = median([each[0] for each in found])
    worst, row, name = max(found)
    return (
        "Spread (the middle half of the samples of a cell, as a part of their median): "
        f"{middle:.1%} in the middle, at most {worst:.0%} ({name}, {row})."
    )


def exponent(points: Iterable[tuple[float, float]]) -> float:
    """The slope of the line through (log x, log y): 1 when y is proportional to x."""
    logs = [(math.log(x), math.log(y)) for x, y in points]
    return statistics.linear_regression(*zip(*logs, strict=True)).slope


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
