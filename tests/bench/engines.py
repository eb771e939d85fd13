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

from tests.bench.programs import HERE, NODE, from_npm
from tests.data import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TITLES = {
    "lbtool": "lbtool",
    "strict": "lbtool --strict",
    "explicit": "lbtool, explicit bounds",
    "threads4": "lbtool, 4 threads",
    "winch": "Winch",
    "cranelift": "Cranelift",
    "liftoff": "Liftoff",
    "turbofan": "TurboFan",
    "native": "gcc -O2",
}
V8 = {
    "liftoff": ("--liftoff-only",),
    "turbofan": ("--no-liftoff", "--no-wasm-tier-up"),
}
# Every V8 has one of the two names of the cache's switch.
V8_COMMON = (
    "--no-wasm-lazy-compilation",
    "--single-threaded",
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
def node_version() -> str:
    """Versions of node and of its V8, for the head of the tables."""
    program = node()
    if program is None:
        return "no node"
    script = "console.log(process.version + ', V8 ' + process.versions.v8)"
    command = [program, "-e", script]
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, timeout=60
    )
    return f"node {done.stdout.strip()}"


@cache
def _v8_flags() -> tuple[str, ...]:
    program = node()
    assert program is not None
    command = [program, "--v8-options"]
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, timeout=60
    )
    known = done.stdout.split()
    return (*V8_COMMON, *(f"--no-{x}" for x in V8_CACHES if f"--{x}" in known))


def command_of(name: str) -> list[str] | None:
    """What starts engine `name`; None when it is not on this machine."""
    if name in V8:
        program = node()
        if program is None:
            return None
        return [program, *V8[name], *_v8_flags(), str(HERE / "v8_worker.cjs")]
    if name == "native" and shutil.which("gcc") is None:
        return None
    return [sys.executable, "-m", "tests.bench.worker", name]


@contextmanager
def one_core(name: str) -> Iterator[None]:
    """Start processes on the last core: neighbours of cores differ, and change.

    Only one engine computes at a time. Those with several threads have all cores.
    """
    before = os.sched_getaffinity(0)
    if name != "threads4":
        os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


class Engine:
    """A running engine."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name = name
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
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
