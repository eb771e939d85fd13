"""``make bench-diff BASE=rev``: machine code of two revisions, function by function.

Instructions, bytes, spills (accesses of the frame), memory accesses; compile time in
total, and with ``--run`` the run time of programs. Exit code 0 whatever the change.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass, fields
from fnmatch import fnmatch
from typing import TYPE_CHECKING

from lbtool.wasm import decode
from lbtool.x64.disassemble import disassemble
from tests.bench import revisions, run_bench
from tests.bench.compile_bench import LARGE, Subject
from tests.bench.engines import Engine, EngineError
from tests.bench.programs import (
    QUICK_NPM,
    Program,
    corpus_programs,
    kernel_programs,
    npm_programs,
)
from tests.bench.stats import Table, geomean_ratio, median, number, spread
from tests.data import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tests.bench.hosts import Range

LARGEST = 25  # changes that are listed
BASE, NEW = "base", "new"


@dataclass(frozen=True)
class Code:
    """What a function's machine code is like; all are counts."""

    size: int = 0
    instructions: int = 0
    spills: int = 0
    accesses: int = 0

    @classmethod
    def of(cls, code: bytes, data: Iterable[Range] = ()) -> Code:
        """Counted from the disassembly without the `data` in the code, if it is known.

        A spill reads or writes ``[rsp...]``.
        """
        found, at = [], 0
        for start, stop in (*sorted(data), (len(code), len(code))):
            found += disassemble(code[at:start])
            at = stop
        spills = sum(x.accesses for x in found if "[rsp" in x.text)
        return cls(len(code), len(found), spills, sum(x.accesses for x in found))

    def __add__(self, other: Code) -> Code:
        return Code(*(getattr(self, x) + getattr(other, x) for x in NAMES))


NAMES = tuple(each.name for each in fields(Code))
HEAD = ("bytes", "instructions", "spills", "memory accesses")


@dataclass(frozen=True)
class Revision:
    """What a revision makes of a module; `data` asks where in functions data is."""

    code: list[bytes]
    data: Callable[[list[int]], list[list[Range]] | None]

    @classmethod
    def of(cls, engine: Engine, path: str, problems: list[str]) -> Revision:
        """Asked from a worker; raises its `EngineError`."""

        def data(which: list[int]) -> list[list[Range]] | None:
            try:
                found = engine.ask(op="data", path=path, which=which)["data"]
            except EngineError as error:
                problems.append(f"data counts as code: {engine.name}, {path}: {error}")
                return None
            return [[(start, stop) for start, stop in each] for each in found]

        answer = engine.ask(op="code", path=path)
        return cls([bytes.fromhex(each) for each in answer["code"]], data)


@dataclass(frozen=True)
class Change:
    """A function whose code differs."""

    module: str
    function: str
    base: Code
    new: Code

    @property
    def weight(self) -> int:
        """For sorting: instructions more or less."""
        return abs(self.new.instructions - self.base.instructions)


@dataclass(frozen=True)
class Difference:
    """A module: bytes of all functions before and after, and those that differ."""

    module: str
    functions: int
    base_size: int
    new_size: int
    changes: list[Change]


def compare(
    module: str, names: Sequence[str], base: Revision, new: Revision
) -> Difference:
    """Two revisions' code of the same functions."""
    pairs = zip(base.code, new.code, strict=True)
    which = [k for k, (old, fresh) in enumerate(pairs) if old != fresh]
    before, after = base.data(which), new.data(which)
    if before is None or after is None:  # what is not known of both is not compared
        before = after = [[]] * len(which)
    changes = [
        Change(module, names[k], Code.of(base.code[k], p), Code.of(new.code[k], q))
        for k, p, q in zip(which, before, after, strict=True)
    ]
    sizes = (sum(map(len, base.code)), sum(map(len, new.code)))
    return Difference(module, len(names), *sizes, changes)


def names_of(program: Program) -> list[str]:
    """Index and name of every defined function."""
    module = decode(program.path.read_bytes())
    first = module.n_imported_funcs
    known = module.names.funcs
    return [
        " ".join(filter(None, (f"func[{k}]", known.get(k, ""))))
        for k in range(first, first + len(module.bodies))
    ]


def _delta(base: float, new: float) -> str:
    if not base:
        return number(new, 0) if new else "="
    return "=" if base == new else f"{new / base - 1:+.2%}"


def totals(found: Sequence[Difference]) -> Table:
    """A line for each module, and one for all."""
    table = Table(
        "Code of all functions",
        ("module", "functions", "changed", "bytes", "of all", *HEAD),
        note="Bytes: of the base, and how many more or less in all. The columns after "
        "that are about the functions that changed.",
    )
    everything = Difference(
        "all",
        sum(x.functions for x in found),
        sum(x.base_size for x in found),
        sum(x.new_size for x in found),
        [change for each in found for change in each.changes],
    )
    for each in (*found, everything):
        base = sum((x.base for x in each.changes), Code())
        new = sum((x.new for x in each.changes), Code())
        table.add(
            each.module,
            number(each.functions, 0),
            number(len(each.changes), 0),
            number(each.base_size, 0),
            _delta(each.base_size, each.new_size),
            *(_delta(getattr(base, x), getattr(new, x)) for x in NAMES),
        )
    return table


def largest(found: Sequence[Difference]) -> Table:
    """The functions whose number of instructions changed most."""
    table = Table("Largest changes", ("function", *HEAD))
    changes = [change for each in found for change in each.changes]
    for each in sorted(changes, key=lambda x: -x.weight)[:LARGEST]:
        pairs = ((getattr(each.base, x), getattr(each.new, x)) for x in NAMES)
        cells = (f"{base} → {new}" if base != new else str(base) for base, new in pairs)
        table.add(f"{each.module} {each.function}", *cells)
    return table


def compile_times(
    programs: Sequence[Program], running: Mapping[str, Engine], repeats: int
) -> Table:
    """CPU ms of compiling each module, without the small ones if there are others."""
    large = [each for each in programs if Subject.of(each).code_bytes > LARGE]
    table = Table(
        "Compile time, CPU ms",
        ("module", BASE, NEW, "new to base", "spread"),
        note=f"Medians, in turn, of modules with more than {LARGE // 1000} kB of code; "
        "spread is that of the base, the middle half.",
    )
    figures = {}
    for program in large or programs:
        spent: dict[str, list[float]] = {BASE: [], NEW: []}
        for _ in range(repeats + 1):
            for name, engine in running.items():
                answer = engine.ask(op="compile", path=str(program.path))
                spent[name].append(answer["cpu"] * 1e3)
        row = {name: median(found[1:]) for name, found in spent.items()}
        figures[program.name] = row
        table.add(
            program.name,
            number(row[BASE]),
            number(row[NEW]),
            number(row[NEW] / row[BASE], 3),
            f"{spread(spent[BASE][1:]):.1%}",
        )
    mean = number(geomean_ratio(figures, NEW, BASE), 3)
    table.add("geometric mean", "", "", mean, "")
    return table


def run_times(figures: run_bench.RunFigures) -> Table:
    """CPU ms of running each program."""
    table = Table("Run time, CPU ms", ("program", BASE, NEW, "new to base"))
    rows = figures.milliseconds
    for name, row in rows.items():
        if len(row) == 2:
            cells = number(row[BASE], 1), number(row[NEW], 1)
            table.add(name, *cells, number(row[NEW] / row[BASE], 3))
    mean = number(geomean_ratio(rows, NEW, BASE), 3)
    table.add("geometric mean", "", "", mean)
    return table


def options(arguments: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench diff", description=__doc__
    )
    parser.add_argument("base", help="the revision that this checkout is compared with")
    parser.add_argument("--module", metavar="GLOB", help="these modules and programs")
    parser.add_argument("--run", action="store_true", help="run the programs, too")
    parser.add_argument("--repeat", type=int, default=7, help="of each measurement")
    return parser.parse_args(arguments)


def measure(
    programs: Sequence[Program], running: Mapping[str, Engine], problems: list[str]
) -> list[Difference]:
    """The differences of all modules that both revisions compile."""
    found = []
    for program in programs:
        path = str(program.path)
        try:
            base, new = (Revision.of(running[x], path, problems) for x in (BASE, NEW))
        except EngineError as error:
            problems.append(f"{program.name}: {error}")
        else:
            found.append(compare(program.name, names_of(program), base, new))
    return found


def main(arguments: list[str], machine: str) -> int:
    """Build the base, compare, print."""
    given = options(arguments)
    problems: list[str] = []
    try:
        commit = revisions.commit_of(given.base)
    except subprocess.CalledProcessError:
        print(f"no such revision: {given.base}", file=sys.stderr)
        return 2
    print(f"building {commit[:12]} (once) ...", file=sys.stderr, flush=True)
    folder = revisions.built(commit)
    own = [*corpus_programs(), *kernel_programs()]
    programs = [*own, *npm_programs(problems, QUICK_NPM)]
    if given.module:
        programs = [each for each in programs if fnmatch(each.name, given.module)]
    with ExitStack() as stack:
        running = {BASE: revisions.engine(folder), NEW: revisions.engine(ROOT)}
        for engine in running.values():
            stack.callback(engine.close)
        found = measure(programs, running, problems)
        tables = [totals(found), largest(found)]
        compared = {each.module for each in found}
        programs = [each for each in programs if each.name in compared]
        tables.append(compile_times(programs, running, given.repeat))
        if given.run:
            runnable = [each for each in programs if each.argument]
            ran = run_bench.run_on(running, runnable, given.repeat, problems)
            tables.append(run_times(ran))
            problems += [f"RESULTS DIFFER: {each}" for each in ran.disagreements]
    print(f"{machine}\nbase {commit[:12]}\n")
    print("\n\n".join(table.text() for table in tables))
    for problem in problems:
        print(f"not measured: {problem}")
    return 0
