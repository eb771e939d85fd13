"""Tables of `compile_bench`: throughput, ratios, threads, code size, memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.compile_bench import ENGINES, LARGE, MEMORY
from tests.bench.engines import THREADED, TITLES
from tests.bench.stats import Figures, Table, geomean, geomean_ratio, number, spreads

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.bench.compile_bench import CompileFigures

OURS = ("lbtool", "strict")
SIZED = ("lbtool", "strict", "winch", "cranelift")


def tables(figures: CompileFigures) -> list[Table]:
    """Throughput, its ratios, four threads, code size, memory, and the modules."""
    made = [
        _throughput(figures),
        _ratios(figures.large()),
        _threads(figures),
        _sizes(figures),
        _modules(figures),
    ]
    return [*made, _memory(figures)] if figures.peaks else made


def _throughput(figures: CompileFigures) -> Table:
    table = Table(
        "Compile throughput, MB of code section per CPU second, one thread",
        ("module", "code kB", *(TITLES[x] for x in ENGINES)),
        note=f"Means over code sections above {LARGE // 1000} kB. wasm3 makes no "
        "machine code. " + spreads(figures.samples),
    )
    rates = figures.throughput()
    for each in figures.subjects:
        row = rates[each.name]
        size = number(each.code_bytes / 1e3, 0)
        table.add(each.name, size, *(number(row.get(x)) for x in ENGINES))
    table.add("geometric mean", "", *(number(figures.mean(x)) for x in ENGINES))
    return table


def _ratios(large: Figures) -> Table:
    peers = ("liftoff", "liftoff20", "winch", "cranelift", "wasm3", "validate")
    table = Table(
        "Compile throughput, ratios (geometric means; above 1: the row is faster)",
        ("", *(f"to {TITLES[x]}" for x in peers)),
        note="Each mean is over the modules that both compiled.",
    )
    for engine in (*OURS, "liftoff", "winch"):
        cells = (number(geomean_ratio(large, engine, peer)) for peer in peers)
        table.add(TITLES[engine], *cells)
    return table


def _threads(figures: CompileFigures) -> Table:
    head = [f"{TITLES[x]}{y}" for x in THREADED for y in ("", ", of one thread")]
    table = Table(
        "Four threads, MB of code section per second of wall time",
        ("module", *head),
        note="Beside each: how many times as much as by one thread of the same engine.",
    )
    large = figures.large()
    for name, row in large.items():
        cells = [number(row.get(x)) for x in THREADED]
        gains = [number(_gain(row, x)) for x in THREADED]
        table.add(name, *(y for pair in zip(cells, gains, strict=True) for y in pair))
    cells = [number(figures.mean(x)) for x in THREADED]
    gains = [number(geomean_ratio(large, x, x.removesuffix("4"))) for x in THREADED]
    both = (y for pair in zip(cells, gains, strict=True) for y in pair)
    table.add("geometric mean", *both)
    return table


def _gain(row: Mapping[str, float], engine: str) -> float | None:
    one = row.get(engine.removesuffix("4"))
    return row[engine] / one if one and engine in row else None


def _sizes(figures: CompileFigures) -> Table:
    table = Table(
        "Machine code bytes per byte of code section",
        ("module", *(TITLES[x] for x in SIZED)),
        note="Of wasmtime the text section, trampolines included.",
    )
    sizes = figures.sizes()
    for name, row in sizes.items():
        table.add(name, *(number(row.get(x)) for x in SIZED))
    means = (_mean([r[x] for r in sizes.values() if x in r]) for x in SIZED)
    table.add("geometric mean", *map(number, means))
    return table


def _mean(values: list[float]) -> float | None:
    return geomean(values) if values else None


def _modules(figures: CompileFigures) -> Table:
    table = Table(
        "Modules compiled completely by lbtool",
        (
            "module",
            "functions",
            "code section kB",
            "machine code kB",
            "CPU ms",
            "functions per second",
        ),
        note="One thread; reading, validating and compiling every function.",
    )
    seconds = figures.seconds
    for each in figures.subjects:
        spent = seconds[each.name].get("lbtool")
        made = figures.code[each.name].get("lbtool")
        table.add(
            each.name,
            number(each.functions, 0),
            number(each.code_bytes / 1e3, 0),
            number(None if made is None else made / 1e3, 0),
            number(None if spent is None else spent * 1e3, 1),
            number(None if spent is None else each.functions / spent, 0),
        )
    return table


def _memory(figures: CompileFigures) -> Table:
    titles = {**TITLES, "lbtool4": "lbtool, 4 threads"}
    table = Table(
        "Peak memory of compiling, MB",
        ("module", "file", *(titles[x] for x in MEMORY)),
        note="Resident memory beyond what a fresh process had that has read the module "
        "and compiled a small one; the machine code is part of it.",
    )
    for each in figures.subjects:
        row = figures.peaks[each.name]
        size = number(each.program.path.stat().st_size / 1e6, 1)
        cells = (row.get(x) for x in MEMORY)
        megabytes = (None if cell is None else cell / 1e6 for cell in cells)
        table.add(each.name, size, *(number(x, 1) for x in megabytes))
    return table
