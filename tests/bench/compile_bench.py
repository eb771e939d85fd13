"""Compile throughput: MB of code section per CPU second, engines interleaved.

A module's bytes are in memory; time runs from there to the machine code of every
function, validation included. With several threads wall time counts. The first compile
of each engine and module warms up and is dropped when there are others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lbtool.wasm import decode
from tests.bench.engines import TITLES, EngineError, started
from tests.bench.stats import Table, geomean, geomean_ratio, median, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bench.programs import Program

ENGINES = ("lbtool", "strict", "threads4", "winch", "cranelift", "liftoff")
OURS = ("lbtool", "strict", "threads4", "winch")
SIZED = ("lbtool", "strict", "winch", "cranelift")
LARGE = 50_000  # only modules with larger code sections count in the means
SLOW = "cranelift"
SLOW_LIMIT = 1_000_000  # larger ones are compiled once by the slow engine


@dataclass(frozen=True)
class Subject:
    """A module and what its size is measured in: bytes of its code section."""

    program: Program
    code_bytes: int
    functions: int

    @classmethod
    def of(cls, program: Program) -> Subject:
        """Read the module; bodies with their size prefixes are the section's bulk."""
        module = decode(program.path.read_bytes())
        first, last = module.bodies[0][0], module.bodies[-1][1]
        return cls(program, last - first, len(module.bodies))


@dataclass(frozen=True)
class CompileFigures:
    """Seconds and machine code bytes by module and engine."""

    subjects: list[Subject]
    seconds: dict[str, dict[str, float]]
    code: dict[str, dict[str, float]]

    def throughput(self) -> dict[str, dict[str, float]]:
        """MB of code section per second, by module and engine."""
        return {
            each.program.name: {
                engine: each.code_bytes / 1e6 / seconds
                for engine, seconds in self.seconds[each.program.name].items()
            }
            for each in self.subjects
        }

    def large(self) -> dict[str, dict[str, float]]:
        """The rows of `throughput` that count."""
        rates = self.throughput()
        names = [x.program.name for x in self.subjects if x.code_bytes > LARGE]
        return {name: rates[name] for name in names}


def measure(
    programs: Sequence[Program], repeats: int, problems: list[str], *, quick: bool
) -> CompileFigures:
    """Compile every program with every engine, `repeats` times in turn."""
    subjects = [Subject.of(each) for each in programs]
    seconds: dict[str, dict[str, float]] = {}
    code: dict[str, dict[str, float]] = {}
    with started(ENGINES) as running:
        for subject in subjects:
            name, path = subject.program.name, str(subject.program.path)
            samples: dict[str, list[float]] = {}
            code[name] = {}
            for turn in range(repeats + 1):
                for engine in list(running):
                    large = subject.code_bytes > SLOW_LIMIT
                    if engine == SLOW and large and (turn or quick):
                        continue
                    try:
                        answer = running[engine].ask(op="compile", path=path)
                    except EngineError as error:
                        if not turn:
                            problems.append(f"{TITLES[engine]}, {name}: {error}")
                        continue
                    spent = "wall" if engine == "threads4" else "cpu"
                    samples.setdefault(engine, []).append(answer[spent])
                    if "code" in answer:
                        code[name][engine] = answer["code"]
            seconds[name] = {
                engine: median(found[1:] or found) for engine, found in samples.items()
            }
    return CompileFigures(subjects, seconds, code)


def tables(figures: CompileFigures) -> list[Table]:
    """Throughput, its ratios, code size, and the modules from npm."""
    return [
        _throughput(figures),
        _ratios(figures.large()),
        _sizes(figures),
        _modules(figures),
    ]


def _throughput(figures: CompileFigures) -> Table:
    table = Table(
        "Compile throughput, MB of code section per CPU second",
        ("module", "code kB", *(TITLES[x] for x in ENGINES)),
        note=f"Means over code sections above {LARGE // 1000} kB. With 4 threads: per "
        "second of wall time.",
    )
    rates = figures.throughput()
    for each in figures.subjects:
        row = rates[each.program.name]
        size = number(each.code_bytes / 1e3, 0)
        cells = (number(row.get(x)) for x in ENGINES)
        table.add(each.program.name, size, *cells)
    large = figures.large().values()
    means = (_mean([row[x] for row in large if x in row]) for x in ENGINES)
    table.add("geometric mean", "", *map(number, means))
    return table


def _mean(values: list[float]) -> float | None:
    return geomean(values) if values else None


def _ratios(large: dict[str, dict[str, float]]) -> Table:
    peers = ("liftoff", "winch", "cranelift", "lbtool")
    table = Table(
        "Compile throughput, ratios (geometric means; above 1: the row is faster)",
        ("", *(f"to {TITLES[x]}" for x in peers)),
        note="Each mean is over the modules that both compiled.",
    )
    for engine in OURS:
        cells = (number(geomean_ratio(large, engine, peer)) for peer in peers)
        table.add(TITLES[engine], *cells)
    return table


def _sizes(figures: CompileFigures) -> Table:
    table = Table(
        "Machine code bytes per byte of code section",
        ("module", *(TITLES[x] for x in SIZED)),
        note="Of wasmtime the text section, trampolines included.",
    )
    sizes = {
        each.program.name: {
            engine: bytes_ / each.code_bytes
            for engine, bytes_ in figures.code[each.program.name].items()
        }
        for each in figures.subjects
        if each.code_bytes > LARGE
    }
    for name, row in sizes.items():
        table.add(name, *(number(row.get(x)) for x in SIZED))
    means = (_mean([r[x] for r in sizes.values() if x in r]) for x in SIZED)
    table.add("geometric mean", *map(number, means))
    return table


def _modules(figures: CompileFigures) -> Table:
    table = Table(
        "Modules compiled completely by lbtool",
        ("module", "functions", "code section kB", "machine code kB", "CPU ms"),
        note="One thread; reading, validating and compiling every function.",
    )
    for each in figures.subjects:
        name = each.program.name
        seconds = figures.seconds[name].get("lbtool")
        made = figures.code[name].get("lbtool")
        table.add(
            name,
            number(each.functions, 0),
            number(each.code_bytes / 1e3, 0),
            number(None if made is None else made / 1e3, 0),
            number(None if seconds is None else seconds * 1e3, 0),
        )
    return table


def as_json(figures: CompileFigures) -> dict[str, object]:
    """Everything measured, by module."""
    return {
        each.program.name: {
            "code_section": each.code_bytes,
            "functions": each.functions,
            "seconds": figures.seconds[each.program.name],
            "machine_code": figures.code[each.program.name],
        }
        for each in figures.subjects
    }
