"""Charts as SVG, drawn here: small, the same bytes for the same figures.

Colours follow the reader's light or dark mode; nothing but text, lines, circles and
rectangles. What is drawn is decided by ``pictures``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from tests.bench.stats import geomean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 760, 150, 24, 44, 46
STYLE = """<style>
text{font:12px system-ui,sans-serif;fill:#333}.t{font-size:15px;font-weight:600}
.g{stroke:#ddd}.a{stroke:#888}
.c0{fill:#0b62d6;stroke:#0b62d6}.c1{fill:#d2601a;stroke:#d2601a}
.c2{fill:#2b8a3e;stroke:#2b8a3e}.c3{fill:#8a3ea8;stroke:#8a3ea8}
.c4{fill:#8a8f98;stroke:#8a8f98}text[class^=c]{stroke:none}
@media(prefers-color-scheme:dark){text{fill:#ddd}.g{stroke:#333}.a{stroke:#888}
.c0{fill:#5aa2ff;stroke:#5aa2ff}.c1{fill:#ff9a5a;stroke:#ff9a5a}
.c2{fill:#6bd08a;stroke:#6bd08a}.c3{fill:#d59bf0;stroke:#d59bf0}}
polyline[class]{fill:none;stroke-width:1.5}
</style>"""


@dataclass(frozen=True)
class Axis:
    """From a range of figures to a range of pixels, by logarithms."""

    low: float
    high: float
    start: float
    stop: float

    @classmethod
    def over(cls, values: Iterable[float], start: float, stop: float) -> Axis:
        """With a little room at both ends."""
        found = list(values)
        return cls(min(found) / 1.15, max(found) * 1.15, start, stop)

    def at(self, value: float) -> float:
        """The pixel of a figure."""
        part = math.log(value / self.low) / math.log(self.high / self.low)
        return self.start + part * (self.stop - self.start)

    def ticks(self) -> list[float]:
        """1, 2, 5, 10 and so on; fewer in a long range, more in a short one."""
        steps: tuple[float, ...] = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8)
        if self.high / self.low > 5:
            steps = (1,) if self.high / self.low > 300 else (1, 2, 5)
        first = math.floor(math.log10(self.low))
        last = math.ceil(math.log10(self.high))
        found = (10.0**k * step for k in range(first, last + 1) for step in steps)
        return [each for each in found if self.low <= each <= self.high]


@dataclass
class Drawing:
    """Elements of a picture of `height` pixels under a title."""

    title: str
    height: int
    parts: list[str] = field(default_factory=list)

    def text(
        self, x: float, y: float, what: str, kind: str = "", side: str = ""
    ) -> None:
        """Words; `side` is ``end`` or ``middle`` where they do not start at x."""
        anchor = f' text-anchor="{side}"' if side else ""
        of = f' class="{kind}"' if kind else ""
        self.parts.append(
            f'<text x="{x:.0f}" y="{y:.0f}"{of}{anchor}>{escape(what)}</text>'
        )

    def line(self, points: Sequence[tuple[float, float]], kind: str) -> None:
        """A line through points."""
        where = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.parts.append(f'<polyline points="{where}" class="{kind}"/>')

    def rule(self, x1: float, y1: float, x2: float, y2: float, kind: str = "g") -> None:
        """A straight line of a grid (g) or an axis (a)."""
        where = f'x1="{x1:.0f}" y1="{y1:.0f}" x2="{x2:.0f}" y2="{y2:.0f}"'
        self.parts.append(f'<line {where} class="{kind}"/>')

    def dot(self, x: float, y: float, kind: str, size: float = 4) -> None:
        """A circle."""
        self.parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:g}" class="{kind}"/>'
        )

    def bar(self, x: float, y: float, width: float, high: float, kind: str) -> None:
        """A rectangle."""
        size = f'width="{max(width, 1):.1f}" height="{high:.0f}"'
        self.parts.append(f'<rect x="{x:.1f}" y="{y:.0f}" {size} class="{kind}"/>')

    def legend(self, names: Sequence[str]) -> None:
        """Names in the colours of their order, right of the title."""
        x = WIDTH - RIGHT
        for k in reversed(range(len(names))):
            self.text(x, 34, names[k], f"c{k}", "end")
            x -= 7 * len(names[k]) + 16

    def svg(self) -> str:
        """The file."""
        high = self.height
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high}"'
            f' width="{WIDTH}" height="{high}" role="img">'
        )
        title = (
            f'<title>{escape(self.title)}</title>{STYLE}<text x="8" y="18" class="t">'
        )
        lines = [head, f"{title}{escape(self.title)}</text>", *self.parts, "</svg>"]
        return "\n".join(lines) + "\n"


def tick(value: float) -> str:
    """A figure beside an axis."""
    return f"{value:,.10g}"


def bars(title: str, values: Sequence[tuple[str, float]], unit: str) -> str:
    """Horizontal bars from 0; the first is in the first colour."""
    row, drawing = 24, Drawing(title, TOP + 24 * len(values) + 14)
    room = WIDTH - LEFT - RIGHT - 80
    most = max(value for _, value in values)
    for k, (name, value) in enumerate(values):
        y = TOP + row * k
        drawing.text(LEFT - 8, y + 13, name, side="end")
        width = room * value / most
        drawing.bar(
            LEFT, y, width, row - 7, "c0" if name.startswith("lbtool") else "c4"
        )
        drawing.text(LEFT + width + 6, y + 13, f"{value:.3g} {unit}")
    return drawing.svg()


def rows(
    title: str,
    names: Sequence[str],
    values: Sequence[tuple[str, Sequence[float | None]]],
    note: str,
) -> str:
    """A line for each name with a dot for each series, on a logarithmic axis."""
    row, height = 17, TOP + 17 * len(values) + BOTTOM
    drawing = Drawing(title, height)
    drawing.legend(names)
    found = [x for _, cells in values for x in cells if x is not None]
    axis = Axis.over(found, LEFT, WIDTH - RIGHT)
    foot = height - BOTTOM + 6
    for value in axis.ticks():
        x = axis.at(value)
        drawing.rule(x, TOP, x, foot, "a" if value == 1 else "g")
        drawing.text(x, foot + 15, tick(value), side="middle")
    drawing.text(WIDTH - RIGHT, foot + 32, note, side="end")
    for k, (name, cells) in enumerate(values):
        y = TOP + row * k + 10
        drawing.text(LEFT - 8, y + 4, name, side="end")
        for series in reversed(range(len(cells))):
            cell = cells[series]
            if cell is not None:
                drawing.dot(axis.at(cell), y, f"c{series}", 5 if series == 0 else 3.5)
    return drawing.svg()


def scatter(
    title: str,
    series: Sequence[tuple[str, Sequence[tuple[float, float]]]],
    labels: tuple[str, str],
    *,
    joined: Sequence[str] = (),
    named: bool = False,
) -> str:
    """Points on two logarithmic axes; lines through series whose names are `joined`.

    With `named` the name of a series stands beside its first point, not in a legend.
    With `joined` there is a line of what is proportional to x, through the middle.
    """
    height = 440
    drawing = Drawing(title, height)
    points = [point for _, found in series for point in found]
    across = Axis.over((x for x, _ in points), 80, WIDTH - RIGHT)
    up = Axis.over((y for _, y in points), height - BOTTOM, TOP)
    for value in across.ticks():
        x = across.at(value)
        drawing.rule(x, TOP, x, height - BOTTOM)
        drawing.text(x, height - BOTTOM + 16, tick(value), side="middle")
    for value in up.ticks():
        y = up.at(value)
        drawing.rule(80, y, WIDTH - RIGHT, y)
        drawing.text(72, y + 4, tick(value), side="end")
    drawing.text(WIDTH - RIGHT, height - 10, labels[0], side="end")
    drawing.text(8, 36, labels[1])
    if not named:
        drawing.legend([name for name, _ in series])
    if joined:
        slope = geomean(y / x for x, y in points)
        first = max(across.low, up.low / slope)
        last = min(across.high, up.high / slope)
        ends = [(across.at(x), up.at(slope * x)) for x in (first, last)]
        drawing.rule(*ends[0], *ends[1], "a")
        drawing.text(ends[1][0] - 4, ends[1][1] + 26, "linear", side="end")
    for k, (name, found) in enumerate(series):
        kind = "c0" if named and name.startswith("lbtool") else f"c{4 if named else k}"
        where = [(across.at(x), up.at(y)) for x, y in found]
        if name in joined:
            drawing.line(where, kind)
        for x, y in where:
            drawing.dot(x, y, kind)
        if named:
            x, y = where[0]
            left = x > WIDTH * 0.7
            drawing.text(
                x - 9 if left else x + 9, y + 4, name, "", "end" if left else ""
            )
    return drawing.svg()
