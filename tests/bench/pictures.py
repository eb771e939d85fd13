"""Which charts docs/benchmarks.md has, from the figures of one run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench import compile_bench, linear_bench, plots
from tests.bench.engines import TITLES
from tests.bench.stats import Figures, geomean_ratio

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.bench.compile_bench import CompileFigures
    from tests.bench.linear_bench import Points
    from tests.bench.run_bench import RunFigures

BESIDE = ("lbtool", "liftoff", "cranelift", "winch")  # in the chart of programs
BOTH = ("lbtool", "liftoff", "winch", "cranelift")  # that compile and run
AT_LEAST = 3  # programs with gcc's time, for a mean that says something


def compile_chart(figures: CompileFigures) -> str:
    """Throughput of everybody."""
    means = {engine: figures.mean(engine) for engine in compile_bench.ENGINES}
    values = [(TITLES[x], mean) for x, mean in means.items() if mean is not None]
    values.sort(key=lambda each: -each[1])
    title = "Compiling: MB of code section per CPU second, one thread"
    return plots.bars(title, values, "MB/s")


def linear_chart(found: Mapping[str, Points]) -> str:
    """Time over size."""
    series = [
        (name, [(size / 1e3, spent * 1e3) for size, spent in points])
        for name, points in found.items()
    ]
    labels = "kB of code section", "CPU ms"
    joined = list(linear_bench.SHAPES.values())
    return plots.scatter("Compile time over size", series, labels, joined=joined)


def run_chart(milliseconds: Figures) -> str | None:
    """Every program, as ratios to native code, or to Cranelift without it."""
    rows = []
    for name, cells in milliseconds.items():
        base = cells.get("native")
        if base:
            found = [cells[x] / base if x in cells else None for x in BESIDE]
            rows.append((name, found))
    if not rows:
        return None
    rows.sort(key=lambda row: -(row[1][0] or 0))
    titles = [TITLES[x] for x in BESIDE]
    title = "Run time of each program, gcc -O2 = 1"
    return plots.rows(title, titles, rows, "times as long as gcc's code")


def both_chart(figures: CompileFigures, milliseconds: Figures) -> str | None:
    """Compile throughput against run time."""
    points = []
    for engine in BOTH:
        rate = figures.mean(engine)
        slower = geomean_ratio(milliseconds, engine, "native")
        if rate is not None and slower is not None:
            points.append((TITLES[engine], [(rate, slower)]))
    if len(points) < AT_LEAST:
        return None
    labels = (
        "compile throughput, MB/s (right is better)",
        "run time, gcc -O2 = 1 (down is better)",
    )
    title = "Compile throughput and run time (geometric means)"
    return plots.scatter(title, points, labels, named=True)


def charts(
    compiled: CompileFigures | None,
    linear: Mapping[str, Points],
    ran: RunFigures | None,
) -> dict[str, str]:
    """File name to SVG of what the figures suffice for, in the document's order."""
    made: dict[str, str | None] = {}
    milliseconds = ran.milliseconds if ran else {}
    if compiled and milliseconds:
        made["both"] = both_chart(compiled, milliseconds)
    if compiled:
        made["compile"] = compile_chart(compiled)
    if linear:
        made["linear"] = linear_chart(linear)
    if milliseconds:
        made["run"] = run_chart(milliseconds)
    return {f"{name}.svg": svg for name, svg in made.items() if svg is not None}
