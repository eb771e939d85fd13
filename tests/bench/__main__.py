"""``make bench``: lbtool beside its peers, in one run. ``--help`` lists the options.

``python -m tests.bench start`` is about the start of processes (`start_bench`),
``lsp`` about the latency of the language server (`lsp_bench`), ``diff`` compares two
revisions (`diff_bench`), ``knobs`` says what each optimisation gives (`knobs_bench`).

Only ratios inside one run count: a machine that is busy or slow slows everyone.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatch
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench import (
    boundary_bench,
    compile_bench,
    compile_tables,
    diff_bench,
    fib_bench,
    knobs_bench,
    linear_bench,
    lsp_bench,
    run_bench,
    stages_bench,
    start_bench,
)
from tests.bench.document import write_document
from tests.bench.engines import node_version
from tests.bench.pictures import charts
from tests.bench.programs import (
    LARGE_CORPUS,
    QUICK_NPM,
    corpus_programs,
    kernel_programs,
    npm_programs,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bench.stats import Table

PARTS = ("fib", "compile", "run", "boundary")
REPEATS = {"compile": 5, "run": 5, "boundary": 7}
QUICK_REPEATS = {"compile": 2, "run": 1, "boundary": 3}


@dataclass
class Run:
    """What was measured: tables, figures for JSON, charts; and what was not."""

    problems: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)
    charts: dict[str, str] = field(default_factory=dict)


def machine() -> str:
    """Processor, cores, and the versions that decide about the figures."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((x.partition(":")[2] for x in lines if x.startswith("model name")), "")
    gcc = ""
    if shutil.which("gcc"):
        command = ["gcc", "-dumpfullversion"]
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, timeout=60
        )
        gcc = f"gcc {done.stdout.strip()}"
    python = f"Python {sys.version.split()[0]}"
    peers = (f"wasmtime {version('wasmtime')}", node_version(), gcc)
    cores = f"{os.cpu_count()} cores"
    return ", ".join(filter(None, (model.strip(), cores, python, *peers)))


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="two minutes: few repetitions, few modules"
    )
    parser.add_argument("--only", choices=PARTS, action="append", help="these parts")
    parser.add_argument("--program", metavar="GLOB", help="run these programs only")
    parser.add_argument("--module", metavar="GLOB", help="compile these modules only")
    parser.add_argument("--repeat", type=int, help="repetitions of each measurement")
    parser.add_argument("--json", type=Path, metavar="FILE", help="figures as JSON")
    parser.add_argument(
        "--write-docs", action="store_true", help="rewrite docs/benchmarks.md"
    )
    return parser.parse_args()


def progress(text: str) -> None:
    """A line for whoever waits."""
    print(text, file=sys.stderr, flush=True)


def compile_part(
    given: argparse.Namespace, repeats: int, run: Run
) -> tuple[compile_bench.CompileFigures, dict[str, linear_bench.Points]]:
    """Throughput, stages, and time over size."""
    progress("compile throughput ...")
    subjects = [each for each in corpus_programs() if each.name in LARGE_CORPUS]
    subjects += npm_programs(run.problems, QUICK_NPM if given.quick else None)
    subjects = [each for each in subjects if fnmatch(each.name, given.module or "*")]
    compiled = compile_bench.measure(subjects, repeats, run.problems, quick=given.quick)
    run.tables += compile_tables.tables(compiled)
    progress("stages of compiling ...")
    stages = stages_bench.measure(subjects, 1 if given.quick else 3)
    run.tables += stages_bench.tables(stages)
    progress("compile time over size ...")
    seconds = compiled.seconds
    linear = linear_bench.measure(
        {x.name: (x.code_bytes, seconds[x.name]["lbtool"]) for x in compiled.subjects},
        repeats,
        linear_bench.QUICK_SIZES if given.quick else linear_bench.SIZES,
    )
    run.tables.append(linear_bench.table(linear))
    run.figures["compile"] = compile_bench.as_json(compiled)
    run.figures["stages"] = {name: asdict(each) for name, each in stages.items()}
    run.figures["linear"] = linear
    return compiled, linear


def run_parts(given: argparse.Namespace) -> Run:
    """Measure what is wanted."""
    run, parts = Run(), given.only or PARTS
    repeats = dict(QUICK_REPEATS if given.quick else REPEATS)
    if given.repeat:
        repeats = dict.fromkeys(repeats, given.repeat)
    corpus = corpus_programs()
    if not corpus:
        run.problems.append(
            "the corpus is absent (LBTOOL_CORPUS): its programs did not run"
        )
    compiled: compile_bench.CompileFigures | None = None
    linear: dict[str, linear_bench.Points] = {}
    ran: run_bench.RunFigures | None = None
    if "fib" in parts:
        progress("fib: stepping ...")
        fib = fib_bench.measure(run.problems)
        run.tables.append(fib_bench.table(fib))
        run.figures["fib"] = {name: asdict(each) for name, each in fib.items()}
    if "compile" in parts:
        compiled, linear = compile_part(given, repeats["compile"], run)
    if "run" in parts:
        progress("run time ...")
        programs = [*corpus, *kernel_programs()]
        chosen = [each for each in programs if fnmatch(each.name, given.program or "*")]
        slow = {run_bench.SLOW} if given.quick else set()
        engines = [each for each in run_bench.ENGINES if each not in slow]
        ran = run_bench.measure(chosen, repeats["run"], run.problems, engines)
        run.tables += run_bench.tables(ran)
        run.figures["run"] = asdict(ran)
    if "boundary" in parts:
        progress("crossings ...")
        crossed = boundary_bench.measure(repeats["boundary"], run.problems)
        run.tables.append(boundary_bench.table(crossed))
        run.figures["boundary"] = asdict(crossed)
    run.charts = charts(compiled, linear, ran)
    return run


def main() -> int:
    """Measure, print, write; 1 when engines disagree about a result."""
    others: dict[str, Callable[[list[str], str], int]] = {
        "start": start_bench.main,
        "lsp": lsp_bench.main,
        "diff": diff_bench.main,
        "knobs": knobs_bench.main,
    }
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name in others:
        return others[name](sys.argv[2:], machine())
    given = options()
    began = time.monotonic()
    run = run_parts(given)
    where, spent = machine(), time.monotonic() - began
    print(f"{where}\n")
    for table in run.tables:
        print(table.text() + "\n")
    for problem in run.problems:
        print(f"not measured: {problem}")
    progress(f"{spent:.0f} s")
    if given.json:
        head = {"machine": where, "seconds": spent, "problems": run.problems}
        given.json.write_text(json.dumps({**head, **run.figures}, indent=1) + "\n")
    if given.write_docs:
        fib = run.figures.get("fib", {})
        listing = fib["lbtool"]["listing"] if "lbtool" in fib else []
        write_document(where, run.tables, run.problems, listing, run.charts)
    return 1 if run.figures.get("run", {}).get("disagreements") else 0


if __name__ == "__main__":
    sys.exit(main())
