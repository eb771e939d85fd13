"""Compile throughput: MB of code section per CPU second, engines interleaved.

A module's bytes are in memory; time runs from there to the machine code of every
function, validation included. With several threads wall time counts. The first compile
of each engine and module warms up and is dropped when there are others.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lbtool.wasm import decode
from tests.bench.engines import THREADED, TITLES, Engine, EngineError, started
from tests.bench.kernels import file
from tests.bench.programs import cache
from tests.bench.stats import (
    Figures,
    geomean,
    medians,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tests.bench.programs import Program

ENGINES = (
    "lbtool",
    "strict",
    "liftoff",
    "liftoff20",
    "winch",
    "cranelift",
    "wasm3",
    "validate",
    "v8_validate",
)
MEMORY = ("lbtool", "lbtool4", "liftoff", "winch", "cranelift")
LARGE = 50_000  # only modules with larger code sections count in the means
SLOW = ("cranelift", "wasm3")
SLOW_LIMIT = 1_000_000  # larger ones are compiled once by the slow engines


@dataclass(frozen=True)
class Subject:
    """A module and what its size is measured in: bytes of its code section."""

    program: Program
    code_bytes: int
    functions: int

    @property
    def name(self) -> str:
        """Of the module."""
        return self.program.name

    @property
    def path(self) -> str:
        """Of its file."""
        return str(self.program.path)

    @classmethod
    def of(cls, program: Program) -> Subject:
        """Read the module; bodies with their size prefixes are the section's bulk."""
        module = decode(program.path.read_bytes())
        first, last = module.bodies[0][0], module.bodies[-1][1]
        return cls(program, last - first, len(module.bodies))


@dataclass
class CompileFigures:
    """By module and engine: samples in seconds, machine code and peak memory in bytes.

    The memory is what a fresh process needs at once beyond what it had.
    """

    subjects: list[Subject]
    samples: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    code: Figures = field(default_factory=dict)
    peaks: Figures = field(default_factory=dict)

    @property
    def seconds(self) -> Figures:
        """Medians."""
        return medians(self.samples)

    def throughput(self) -> Figures:
        """MB of code section per second, by module and engine."""
        seconds = self.seconds
        return {
            each.name: {
                engine: each.code_bytes / 1e6 / spent
                for engine, spent in seconds[each.name].items()
            }
            for each in self.subjects
        }

    def large(self) -> Figures:
        """The rows of `throughput` that count."""
        rates = self.throughput()
        return {x.name: rates[x.name] for x in self.subjects if x.code_bytes > LARGE}

    def sizes(self) -> Figures:
        """Machine code bytes per byte of code section, of the modules that count."""
        return {
            each.name: {
                engine: made / each.code_bytes
                for engine, made in self.code[each.name].items()
            }
            for each in self.subjects
            if each.code_bytes > LARGE
        }

    def mean(self, engine: str) -> float | None:
        """The geometric mean of an engine's throughput."""
        found = [row[engine] for row in self.large().values() if engine in row]
        return geomean(found) if found else None


def measure(
    programs: Sequence[Program], repeats: int, problems: list[str], *, quick: bool
) -> CompileFigures:
    """Compile every program with every engine, `repeats` times in turn."""
    subjects = sorted(map(Subject.of, programs), key=lambda each: each.code_bytes)
    figures = CompileFigures(subjects)
    with started((*ENGINES, *THREADED)) as running:
        for subject in subjects:
            _one(subject, running, repeats, figures, problems)
    if not quick:
        for subject in subjects:
            figures.peaks[subject.name] = _peaks(subject, problems)
    return figures


def _one(
    subject: Subject,
    running: Mapping[str, Engine],
    repeats: int,
    figures: CompileFigures,
    problems: list[str],
) -> None:
    samples: dict[str, list[float]] = {}
    code = figures.code[subject.name] = {}
    for turn in range(repeats + 1):
        for engine, process in running.items():
            if engine in SLOW and subject.code_bytes > SLOW_LIMIT and turn:
                continue
            try:
                answer = process.ask(op="compile", path=subject.path)
            except EngineError as error:
                if not turn:
                    problems.append(f"{TITLES[engine]}, {subject.name}: {error}")
                continue
            spent = "wall" if engine in THREADED else "cpu"
            samples.setdefault(engine, []).append(answer[spent])
            if answer.get("code"):
                code[engine] = answer["code"]
    figures.samples[subject.name] = {
        engine: found[1:] or found for engine, found in samples.items()
    }


def _peaks(subject: Subject, problems: list[str]) -> dict[str, float]:
    """Bytes; a fresh process of each engine, which has compiled something small."""
    found: dict[str, float] = {}
    for engine in MEMORY:
        if engine in SLOW and subject.code_bytes > SLOW_LIMIT:
            continue
        with started([engine]) as running:
            for process in running.values():
                try:
                    process.ask(op="compile", path=str(warm_up()))
                    answer = process.ask(op="compile", path=subject.path)
                except EngineError as error:
                    problems.append(
                        f"memory, {TITLES[engine]}, {subject.name}: {error}"
                    )
                else:
                    found[engine] = answer["peak"]
    return found


def warm_up() -> Path:
    """A small module."""
    return file("crc32", cache() / "kernels")


def as_json(figures: CompileFigures) -> dict[str, object]:
    """Everything measured, by module."""
    return {
        each.name: {
            "code_section": each.code_bytes,
            "functions": each.functions,
            "seconds": figures.samples[each.name],
            "machine_code": figures.code[each.name],
            "peak_memory": figures.peaks.get(each.name, {}),
        }
        for each in figures.subjects
    }
