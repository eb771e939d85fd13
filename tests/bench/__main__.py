"""``make bench``: lbtool beside its peers, in one run. ``--help`` lists the options.

``python -m tests.bench start`` is about the start of processes (`start_bench`),
``lsp`` about the latency of the language server (`lsp_bench`).

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
from dataclasses import asdict
from fnmatch import fnmatch
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench import compile_bench, fib_bench, lsp_bench, run_bench, start_bench
from tests.bench.document import write_document
from tests.bench.engines import node_version
from tests.bench.programs import corpus_programs, npm_programs

if TYPE_CHECKING:
    from tests.bench.stats import Table

PARTS = ("fib", "compile", "run")
LARGE_CORPUS = ("programs/lua", "programs/zlib")
REPEATS = {"compile": 3, "run": 5}
QUICK_REPEATS = {"compile": 1, "run": 1}


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
    parser.add_argument("--quick", action="store_true", help="one repetition, no npm")
    parser.add_argument("--only", choices=PARTS, action="append", help="these parts")
    parser.add_argument("--program", metavar="GLOB", help="run these programs only")
    parser.add_argument("--repeat", type=int, help="repetitions of each measurement")
    parser.add_argument("--json", type=Path, metavar="FILE", help="figures as JSON")
    parser.add_argument(
        "--write-docs", action="store_true", help="rewrite docs/benchmarks.md"
    )
    return parser.parse_args()


def progress(text: str) -> None:
    """A line for whoever waits."""
    print(text, file=sys.stderr, flush=True)


def run_parts(
    given: argparse.Namespace, problems: list[str]
) -> tuple[list[Table], dict[str, Any]]:
    """Measure what is wanted: tables, and figures for JSON."""
    parts = given.only or PARTS
    repeats = dict(QUICK_REPEATS if given.quick else REPEATS)
    if given.repeat:
        repeats = dict.fromkeys(repeats, given.repeat)
    corpus = corpus_programs()
    if not corpus:
        problems.append(
            "the corpus is absent (LBTOOL_CORPUS): its programs did not run"
        )
    tables: list[Table] = []
    figures: dict[str, Any] = {}
    if "fib" in parts:
        progress("fib: stepping ...")
        fib = fib_bench.measure(problems)
        tables.append(fib_bench.table(fib))
        figures["fib"] = {name: asdict(each) for name, each in fib.items()}
    if "compile" in parts:
        progress("compile throughput ...")
        subjects = [each for each in corpus if each.name in LARGE_CORPUS]
        subjects += [] if given.quick else npm_programs(problems)
        if subjects:
            compiled = compile_bench.measure(
                subjects, repeats["compile"], problems, quick=given.quick
            )
            tables += compile_bench.tables(compiled)
            figures["compile"] = compile_bench.as_json(compiled)
    if "run" in parts and corpus:
        progress("run time ...")
        chosen = [each for each in corpus if fnmatch(each.name, given.program or "*")]
        ran = run_bench.measure(chosen, repeats["run"], problems)
        tables += run_bench.tables(ran)
        figures["run"] = asdict(ran)
    return tables, figures


def main() -> int:
    """Measure, print, write; 1 when engines disagree about a result."""
    if sys.argv[1:2] == ["start"]:
        return start_bench.main(sys.argv[2:], machine())
    if sys.argv[1:2] == ["lsp"]:
        return lsp_bench.main(sys.argv[2:], machine())
    given = options()
    problems: list[str] = []
    began = time.monotonic()
    tables, figures = run_parts(given, problems)
    where = machine()
    print(f"{where}\n")
    for table in tables:
        print(table.text() + "\n")
    for problem in problems:
        print(f"not measured: {problem}")
    progress(f"{time.monotonic() - began:.0f} s")
    if given.json:
        everything = {"machine": where, "problems": problems, **figures}
        given.json.write_text(json.dumps(everything, indent=1) + "\n")
    if given.write_docs:
        write_document(where, tables, problems, figures.get("fib", {}))
    return 1 if figures.get("run", {}).get("disagreements") else 0


if __name__ == "__main__":
    sys.exit(main())
