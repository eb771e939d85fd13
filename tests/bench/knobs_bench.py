"""``make bench-knobs``: what each optimisation gives, measured by switching it off.

Every switch of ``lbtool.compiler.knobs`` is an engine of its own; all take turns. A
result that changes without an optimisation is an error of the compiler and ends in 1.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

from lbtool.compiler import Target
from lbtool.compiler.knobs import KNOBS, counters
from tests.bench import run_bench
from tests.bench.engines import EngineError, started
from tests.bench.hosts import OFF
from tests.bench.programs import (
    LARGE_CORPUS,
    QUICK_NPM,
    corpus_programs,
    kernel_programs,
    npm_programs,
)
from tests.bench.stats import Table, geomean_ratio, median, number, ratios

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.bench.programs import Program
    from tests.bench.run_bench import RunFigures
    from tests.bench.stats import Figures

BASE = "lbtool"
ENGINES = (BASE, *(f"{OFF}{knob.name}" for knob in KNOBS))


@dataclass(frozen=True)
class CompileCosts:
    """By module and engine: CPU seconds, and bytes of machine code."""

    seconds: Figures
    code: Figures


def compile_costs(
    programs: Sequence[Program], repeats: int, problems: list[str]
) -> CompileCosts:
    """Compile every module with and without each optimisation."""
    costs = CompileCosts({}, {})
    with started(ENGINES) as running:
        for program in programs:
            spent: dict[str, list[float]] = {}
            code = costs.code[program.name] = {}
            for _ in range(repeats + 1):
                for name, engine in running.items():
                    try:
                        answer = engine.ask(op="compile", path=str(program.path))
                    except EngineError as error:
                        problems.append(f"{name}, {program.name}: {error}")
                        continue
                    spent.setdefault(name, []).append(answer["cpu"])
                    code[name] = answer["code"]
            costs.seconds[program.name] = {
                name: median(found[1:]) for name, found in spent.items()
            }
    return costs


def counted(programs: Sequence[Program]) -> dict[str, int]:
    """How often each optimisation applied in all modules."""
    found = dict.fromkeys((knob.name for knob in KNOBS), 0)
    for program in programs:
        for name, count in counters(program.path.read_bytes(), Target()).items():
            found[name] += count
    return found


def table(run: Figures, costs: CompileCosts, counts: Mapping[str, int]) -> Table:
    """A line for each optimisation."""
    made = Table(
        "What each optimisation gives",
        (
            "without",
            "run time",
            "worst program",
            "code",
            "compile time",
            "count",
            "what",
        ),
        note="Ratios to everything switched on, geometric means: 1.05 under run time "
        "says that programs take 5 % longer without it; below 1 under compile time "
        "says that it costs time. Counts are over the compiled modules.",
    )
    for knob in KNOBS:
        name = f"{OFF}{knob.name}"
        slower = ratios(run, name, BASE)
        worst = max(slower, key=lambda each: slower[each], default="")
        made.add(
            knob.name,
            number(geomean_ratio(run, name, BASE), 3),
            f"{slower[worst]:.2f} {worst}" if worst else number(None),
            number(geomean_ratio(costs.code, name, BASE), 3),
            number(geomean_ratio(costs.seconds, name, BASE), 3),
            number(counts[knob.name], 0),
            knob.what,
        )
    return made


def options(arguments: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench knobs", description=__doc__
    )
    parser.add_argument("--program", metavar="GLOB", help="run these programs only")
    parser.add_argument("--repeat", type=int, default=3, help="of each measurement")
    parser.add_argument("--markdown", action="store_true", help="for a document")
    parser.add_argument("--json", type=Path, metavar="FILE", help="figures as JSON")
    return parser.parse_args(arguments)


def main(arguments: list[str], machine: str) -> int:
    """Measure and print; 1 when a result changes."""
    given = options(arguments)
    problems: list[str] = []
    programs = [*corpus_programs(), *kernel_programs()]
    programs = [each for each in programs if fnmatch(each.name, given.program or "*")]
    modules = [each for each in corpus_programs() if each.name in LARGE_CORPUS]
    modules += npm_programs(problems, QUICK_NPM)
    ran: RunFigures = run_bench.measure(programs, given.repeat, problems, ENGINES)
    costs = compile_costs(modules, given.repeat, problems)
    made = table(ran.milliseconds, costs, counted(modules))
    print(f"{machine}\n\n{made.markdown() if given.markdown else made.text()}\n")
    for problem in problems:
        print(f"not measured: {problem}")
    for each in ran.disagreements:
        print(f"RESULTS DIFFER: {each}")
    if given.json:
        everything = {
            "machine": machine,
            "run": ran.samples,
            "compile": costs.seconds,
            "code": costs.code,
        }
        given.json.write_text(json.dumps(everything, indent=1) + "\n")
    return 1 if ran.disagreements else 0
