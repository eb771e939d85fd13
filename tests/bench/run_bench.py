"""Run time of the corpus: CPU time of calls of ``run``, engines interleaved.

Every engine makes the same calls in the same order, so results can be compared call by
call. The first call warms up and is dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.bench.engines import TITLES, Engine, EngineError, started
from tests.bench.stats import Table, geomean_ratio, median, number, ratios

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.bench.programs import Program

ENGINES = (
    "lbtool",
    "strict",
    "explicit",
    "winch",
    "cranelift",
    "liftoff",
    "turbofan",
    "native",
)
SLOWER = 1.15  # against a peer: worth a line of its own


@dataclass(frozen=True)
class RunFigures:
    """Milliseconds by program and engine; `results` by program: all agree, or not."""

    milliseconds: dict[str, dict[str, float]]
    disagreements: list[str]


def measure(
    programs: Sequence[Program], repeats: int, problems: list[str]
) -> RunFigures:
    """Run every program on every engine, `repeats` times in turn."""
    milliseconds = {}
    disagreements = []
    with started(ENGINES) as running:
        for program in programs:
            spent, results = _one(program, running, repeats, problems)
            milliseconds[program.name] = spent
            if len({tuple(each) for each in results.values()}) > 1:
                what = ", ".join(f"{TITLES[x]} {r[0]}" for x, r in results.items())
                disagreements.append(f"{program.name}: {what}")
    return RunFigures(milliseconds, disagreements)


def _one(
    program: Program,
    running: Mapping[str, Engine],
    repeats: int,
    problems: list[str],
) -> tuple[dict[str, float], dict[str, list[int]]]:
    loaded = {}
    for name, engine in running.items():
        path = program.source if name == "native" else program.path
        if path is None:
            continue
        try:
            engine.ask(op="load", path=str(path))
        except EngineError as error:
            problems.append(f"{TITLES[name]}, {program.name}: {error}")
        else:
            loaded[name] = engine
    samples: dict[str, list[float]] = {name: [] for name in loaded}
    results: dict[str, list[int]] = {name: [] for name in loaded}
    for _ in range(repeats + 1):
        for name, engine in list(loaded.items()):
            try:
                answer = engine.ask(op="run", argument=program.argument)
            except EngineError as error:
                problems.append(f"{TITLES[name]}, {program.name}: {error}")
                del loaded[name], samples[name], results[name]
                continue
            samples[name].append(answer["cpu"] * 1e3)
            results[name].append(answer["result"])
    spent = {name: median(found[1:]) for name, found in samples.items()}
    return spent, results


def tables(figures: RunFigures) -> list[Table]:
    """Times, ratios, and the programs on which we are slower than a peer."""
    return [_times(figures), _ratios(figures), _slower(figures)]


def _times(figures: RunFigures) -> Table:
    agree = (
        "All engines gave the same results."
        if not figures.disagreements
        else "RESULTS DIFFER: " + "; ".join(figures.disagreements)
    )
    table = Table(
        "Run time, CPU ms",
        ("program", *(TITLES[x] for x in ENGINES)),
        note=agree,
    )
    for name, row in figures.milliseconds.items():
        table.add(name, *(number(row.get(x), 1) for x in ENGINES))
    return table


def _ratios(figures: RunFigures) -> Table:
    peers = ("native", "cranelift", "turbofan", "liftoff", "winch", "lbtool")
    table = Table(
        "Run time, ratios (geometric means; below 1: the row is faster)",
        ("", *(f"to {TITLES[x]}" for x in peers)),
        note="Each mean is over the programs that both ran; to gcc: those with a C "
        "source.",
    )
    rows = figures.milliseconds
    for engine in ENGINES:
        table.add(
            TITLES[engine],
            *(number(geomean_ratio(rows, engine, peer)) for peer in peers),
        )
    return table


def _slower(figures: RunFigures) -> Table:
    table = Table(
        f"Where lbtool takes more than {SLOWER} times as long",
        ("program", "to Winch", "to Liftoff", "to Cranelift", "to gcc -O2"),
        note="Sorted by the ratio to Cranelift.",
    )
    peers = ("winch", "liftoff", "cranelift", "native")
    by_peer = [ratios(figures.milliseconds, "lbtool", peer) for peer in peers]
    rows = []
    for name in figures.milliseconds:
        cells = [found.get(name) for found in by_peer]
        if any(cell is not None and cell > SLOWER for cell in cells[:3]):
            rows.append((cells[2] or 0.0, name, cells))
    for _, name, found in sorted(rows, reverse=True, key=lambda row: row[0]):
        table.add(name, *(number(cell) for cell in found))
    return table
