"""Run time of programs: CPU time of calls of ``run``, engines interleaved.

Every engine makes the same calls in the same order, and the results are compared call
by call; times of a program on whose results engines differ do not count. The first call
warms up and is dropped.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING

from tests.bench.engines import TITLES, Engine, EngineError, started
from tests.bench.stats import (
    Figures,
    Table,
    geomean_ratio,
    medians,
    number,
    ratios,
    spreads,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.bench.programs import Program

ENGINES = (
    "lbtool",
    "strict",
    "explicit",
    "winch",
    "liftoff",
    "cranelift",
    "turbofan",
    "wasm3",
    "native",
)
SLOW = "wasm3"  # runs once after its warm-up
SLOWER = 1.15  # against a peer: worth a line of its own


@dataclass
class RunFigures:
    """Milliseconds of each call by program and engine; where results differ."""

    samples: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    disagreements: list[str] = field(default_factory=list)

    @property
    def milliseconds(self) -> Figures:
        """Medians."""
        return medians(self.samples)


def measure(
    programs: Sequence[Program],
    repeats: int,
    problems: list[str],
    engines: Sequence[str] = ENGINES,
) -> RunFigures:
    """Run every program on every engine, `repeats` times in turn."""
    with started(engines) as running:
        return run_on(running, programs, repeats, problems)


def run_on(
    running: Mapping[str, Engine],
    programs: Sequence[Program],
    repeats: int,
    problems: list[str],
) -> RunFigures:
    """The same with engines that are running already."""
    figures = RunFigures()
    for program in programs:
        samples, results = _one(program, running, repeats, problems)
        differ = [
            zip(results, call, strict=True)
            for call in zip_longest(*results.values())
            if len({each for each in call if each is not None}) > 1
        ]
        if differ:
            what = ", ".join(f"{TITLES.get(x, x)} {y}" for x, y in differ[0])
            figures.disagreements.append(f"{program.name}: {what}")
        else:
            figures.samples[program.name] = samples
    return figures


def _one(
    program: Program,
    running: Mapping[str, Engine],
    repeats: int,
    problems: list[str],
) -> tuple[dict[str, list[float]], dict[str, list[int]]]:
    loaded = _loaded(program, running, problems)
    samples: dict[str, list[float]] = {name: [] for name in loaded}
    results: dict[str, list[int]] = {name: [] for name in loaded}
    for turn in range(repeats + 1):
        for name, engine in list(loaded.items()):
            if name == SLOW and turn > 1:
                continue
            try:
                answer = engine.ask(op="run", argument=program.argument)
            except EngineError as error:
                problems.append(f"{TITLES.get(name, name)}, {program.name}: {error}")
                del loaded[name], samples[name], results[name]
                continue
            samples[name].append(answer["cpu"] * 1e3)
            results[name].append(answer["result"])
    return {name: found[1:] for name, found in samples.items()}, results


def _loaded(
    program: Program, running: Mapping[str, Engine], problems: list[str]
) -> dict[str, Engine]:
    loaded = {}
    for name, engine in running.items():
        path = program.source if name == "native" else program.path
        if path is None:
            continue
        try:
            engine.ask(op="load", path=str(path))
        except EngineError as error:
            problems.append(f"{TITLES.get(name, name)}, {program.name}: {error}")
        else:
            loaded[name] = engine
    return loaded


def tables(figures: RunFigures) -> list[Table]:
    """Times, ratios, and the programs on which we are slower than a peer."""
    return [_times(figures), _ratios(figures), _slower(figures)]


def _times(figures: RunFigures) -> Table:
    agree = (
        "All engines gave the same results."
        if not figures.disagreements
        else "RESULTS DIFFER, no times: " + "; ".join(figures.disagreements)
    )
    table = Table(
        "Run time, CPU ms",
        ("program", *(TITLES[x] for x in ENGINES)),
        note=f"{agree} {spreads(figures.samples)}",
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


def _behind(milliseconds: Figures, peer: str = "liftoff") -> str:
    """One more sentence: which programs are slower than the one-pass compiler of V8."""
    found = ratios(milliseconds, "lbtool", peer)
    slower = sorted((x, name) for name, x in found.items() if x > 1)
    if not slower:
        return f" None is slower than {TITLES[peer]}'s code." if found else ""
    names = ", ".join(f"{name} ({x:.3f})" for x, name in reversed(slower))
    return f" At all slower than {TITLES[peer]}'s code: {names}."


def _slower(figures: RunFigures) -> Table:
    table = Table(
        f"Where lbtool takes more than {SLOWER} times as long",
        ("program", "to Winch", "to Liftoff", "to Cranelift", "to gcc -O2"),
        note="Sorted by the ratio to Cranelift." + _behind(figures.milliseconds),
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
