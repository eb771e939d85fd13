"""What it costs to cross: between Python and wasm, into WASI, and out by a trap.

Nanoseconds of CPU time per crossing, engines interleaved. Python's loop around a call
is part of it, as everybody has one; in node the loop is JavaScript's. The work itself
is in ``crossings``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lbtool.wasm import read
from tests.bench.crossings import DEEP
from tests.bench.engines import TITLES, EngineError, started
from tests.bench.programs import HERE, cache
from tests.bench.stats import Table, medians, number, spreads

if TYPE_CHECKING:
    from pathlib import Path

ENGINES = ("lbtool", "cranelift", "winch", "turbofan")


@dataclass(frozen=True)
class Crossing:
    """What is crossed so many times in one sample."""

    title: str
    count: int


CROSSINGS = {
    "call": Crossing("Python calls wasm, (i32, i32) → i32", 20_000),
    "host": Crossing("wasm calls Python, (i32, i64) → i32", 20_000),
    "wasi": Crossing("wasm calls WASI, clock_time_get", 20_000),
    "divide": Crossing("a trap: division by zero", 1_000),
    "load": Crossing("a trap: access out of bounds", 1_000),
    "deep": Crossing(f"a trap under {DEEP} calls", 300),
}


@dataclass
class BoundaryFigures:
    """Nanoseconds of each sample by crossing and engine."""

    samples: dict[str, dict[str, list[float]]] = field(default_factory=dict)


def module_file() -> Path:
    """``boundary.wat`` as a binary module."""
    path = cache() / "kernels" / "boundary.wasm"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(read((HERE / "boundary.wat").read_bytes()))
    return path


def measure(repeats: int, problems: list[str]) -> BoundaryFigures:
    """Every crossing on every engine, `repeats` times in turn after one to warm up."""
    figures, path = BoundaryFigures(), str(module_file())
    with started(ENGINES) as running:
        for name, crossing in CROSSINGS.items():
            cells: dict[str, list[float]] = {}
            for turn in range(repeats + 1):
                for engine, process in running.items():
                    request = {"path": path, "what": name, "count": crossing.count}
                    try:
                        answer = process.ask(op="boundary", **request)
                    except EngineError as error:
                        if not turn:
                            problems.append(f"{TITLES[engine]}, {name}: {error}")
                        continue
                    if turn:
                        spent = answer["cpu"] * 1e9 / crossing.count
                        cells.setdefault(engine, []).append(spent)
            figures.samples[name] = cells
    return figures


def table(figures: BoundaryFigures) -> Table:
    """Nanoseconds, and how many of wasmtime's ours are."""
    titles = [TITLES[x] for x in ENGINES[:-1]]
    made = Table(
        "Crossings, CPU ns each",
        ("", *titles, "node", "lbtool to Cranelift"),
        note="The loop around the calls is part of it. The wasmtime package calls "
        "through ctypes. In node JavaScript takes Python's place, compiled by V8's "
        "best compiler. " + spreads(figures.samples),
    )
    for name, row in medians(figures.samples).items():
        ours, theirs = row.get("lbtool"), row.get("cranelift")
        ratio = number(ours / theirs) if ours and theirs else number(None)
        cells = (number(row.get(x), 0) for x in ENGINES)
        made.add(CROSSINGS[name].title, *cells, ratio)
    return made
