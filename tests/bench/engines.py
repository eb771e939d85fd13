"""The engines of the benchmark as processes that answer requests (``worker.py``)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from tests.bench import wasm3_host
from tests.bench.programs import HERE, NODE, from_npm
from tests.data import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

TITLES = {
    "lbtool": "lbtool",
    "strict": "lbtool --strict",
    "explicit": "lbtool, explicit bounds",
    "lbtool4": "lbtool",
    "winch": "Winch",
    "winch4": "Winch",
    "cranelift": "Cranelift",
    "liftoff": "Liftoff",
    "liftoff4": "Liftoff",
    "liftoff20": "Liftoff of node 20",
    "turbofan": "TurboFan",
    "wasm3": "wasm3",
    "native": "gcc -O2",
    "validate": "wasmtime validates",
    "v8_validate": "V8 validates",
}
THREADED = ("lbtool4", "winch4", "liftoff4")  # four threads: wall time counts
V8 = {
    "liftoff": ("--liftoff-only", "--single-threaded"),
    "liftoff4": ("--liftoff-only",),
    "liftoff20": ("--liftoff-only", "--single-threaded"),
    "turbofan": ("--no-liftoff", "--no-wasm-tier-up", "--single-threaded"),
    "v8_validate": ("--liftoff-only", "--single-threaded"),
}
# Every V8 has one of the two names of the cache's switch.
V8_COMMON = (
    "--no-wasm-lazy-compilation",
    "--expose-gc",
    "--no-warnings",
)
V8_CACHES = ("wasm-native-module-cache", "wasm-native-module-cache-enabled")


class EngineError(Exception):
    """An engine refused a request, or ended."""


@cache
def node() -> str | None:
    """``LBTOOL_BENCH_NODE``, or node 24 from npm, or the one on the path."""
    given = os.environ.get("LBTOOL_BENCH_NODE")
    if given:
        return given
    try:
        return str(from_npm(*NODE))
    except (OSError, subprocess.SubprocessError):
        return shutil.which("node")


@cache
def node_of_the_machine() -> str | None:
    """The one on the path, when its major version is another than that of `node`."""
    found, first = shutil.which("node"), node()
    if found is None or first is None:
        return None
    return found if version_of(found)[0] != version_of(first)[0] else None


@cache
def version_of(program: str) -> tuple[str, str]:
    """Major version of a node, and versions of it and its V8 for tables."""
    script = "console.log(process.version + ', V8 ' + process.versions.v8)"
    text = f"node {_output_of(program, '-e', script).strip()}"
    return text.partition(".")[0], text


def node_version() -> str:
    """Versions of all nodes that are used."""
    found = filter(None, (node(), node_of_the_machine()))
    return ", ".join(version_of(each)[1] for each in found) or "no node"


def _output_of(*command: str) -> str:
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, timeout=60
    )
    return done.stdout


@cache
def _v8_flags(program: str) -> tuple[str, ...]:
    known = _output_of(program, "--v8-options").split()
    return (*V8_COMMON, *(f"--no-{x}" for x in V8_CACHES if f"--{x}" in known))


def v8_command(name: str, script: str = "v8_worker.cjs") -> list[str] | None:
    """What starts a V8 of the table with a script; None when it is not here."""
    program = node_of_the_machine() if name == "liftoff20" else node()
    if program is None:
        return None
    last = ["validate"] if name == "v8_validate" else []
    return [program, *V8[name], *_v8_flags(program), str(HERE / script), *last]


def command_of(name: str) -> list[str] | None:
    """What starts engine `name`; None when it is not on this machine."""
    if name in V8:
        return v8_command(name)
    if name == "native" and shutil.which("gcc") is None:
        return None
    if name == "wasm3" and not wasm3_host.available():
        return None
    return [sys.executable, "-m", "tests.bench.worker", name]


@contextmanager
def one_core(name: str) -> Iterator[None]:
    """Start processes on the last core: neighbours of cores differ, and change.

    Only one engine computes at a time. Those with several threads have all cores.
    """
    before = os.sched_getaffinity(0)
    if name not in THREADED:
        os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


class Engine:
    """A running engine."""

    def __init__(
        self, name: str, command: list[str], environ: Mapping[str, str] | None = None
    ) -> None:
        self.name = name
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def ask(self, **request: object) -> dict[str, Any]:
        """The answer to a request; `EngineError` when it is an error or none."""
        source, sink = self.process.stdout, self.process.stdin
        assert source is not None
        assert sink is not None
        try:
            sink.write(json.dumps(request) + "\n")
            sink.flush()
        except BrokenPipeError:
            raise EngineError("the process has ended") from None
        line = source.readline()
        if not line:
            raise EngineError(f"the process ended with {self.process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise EngineError(answer["error"])
        return answer

    def close(self) -> None:
        """End the process."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.stdout.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def started(names: Iterable[str]) -> Iterator[dict[str, Engine]]:
    """Those of the engines that this machine has, running."""
    with ExitStack() as stack:
        running = {}
        for name in names:
            command = command_of(name)
            if command is not None:
                with one_core(name):
                    engine = running[name] = Engine(name, command)
                stack.callback(engine.close)
        yield running
