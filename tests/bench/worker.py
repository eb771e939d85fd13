"""One engine in a process of its own: requests as lines of JSON, answers likewise.

    {"op": "compile", "path": P}  -> {"cpu": s, "wall": s, "peak": n, "code": n, ...}
    {"op": "load", "path": P}     -> {}
    {"op": "run", "argument": N}  -> {"cpu": s, "wall": s, "result": u32}
    {"op": "code", "path": P}     -> {"code": [hex of each function]}
    {"op": "data", "path": P, "which": [K]} -> {"data": [ranges of each function]}
    {"op": "boundary", "path": P, "what": NAME, "count": N} -> {"cpu": s, "wall": s}

Seconds are of CPU and wall time, `code` is bytes of machine code, `peak` how much more
memory (resident bytes) there was at once while compiling than before. Anything that
fails is {"error": text}. ``v8_worker.cjs`` does the same in node.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench import hosts

if TYPE_CHECKING:
    from collections.abc import Callable


class Worker:
    """State between requests: the loaded program, and sizes found so far."""

    def __init__(self, engine: str) -> None:
        self.host = hosts.make(engine)
        self.run: Callable[[int], int] | None = None
        self.sizes: dict[str, tuple[int, int]] = {}
        self.crossings: dict[str, Callable[[int], None]] = {}

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """The answer to a request."""
        match request["op"]:
            case "compile":
                return self.compile(request["path"])
            case "load":
                self.run = None
                gc.collect()
                self.run = self.host.load(Path(request["path"]))
                return {}
            case "code":
                assert isinstance(self.host, hosts.LbtoolHost)
                data = Path(request["path"]).read_bytes()
                functions = self.host.compile(data)[1]
                return {"code": [each.artifact.code.hex() for each in functions]}
            case "data":
                assert isinstance(self.host, hosts.LbtoolHost)
                content = Path(request["path"]).read_bytes()
                return {"data": self.host.data(content, request["which"])}
            case "boundary":
                if not self.crossings:
                    self.crossings = self.host.crossings(Path(request["path"]))
                return timed(self.crossings[request["what"]], request["count"])[1]
        assert self.run is not None
        made, spent = timed(self.run, request["argument"])
        return {**spent, "result": made & 0xFFFFFFFF}

    def compile(self, path: str) -> dict[str, Any]:
        """Compile a file whose bytes are in memory."""
        data = self.host.prepare(Path(path).read_bytes())
        gc.collect()
        before = resident(forget=True)
        module, spent = timed(self.host.compile, data)
        peak = resident(most=True) - before
        if path not in self.sizes:
            found = self.host.measure(module)
            self.sizes[path] = (found.code_size, found.functions)
        code, functions = self.sizes[path]
        return {**spent, "peak": peak, "code": code, "functions": functions}


def resident(*, most: bool = False, forget: bool = False) -> int:
    """Bytes of memory in use, or the `most` since the last one was told to `forget`."""
    if forget:
        Path("/proc/self/clear_refs").write_text("5")
    name = "VmHWM:" if most else "VmRSS:"
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) * 1024
    raise OSError(f"no {name} in /proc/self/status")


def timed(work: Callable[[Any], Any], argument: Any) -> tuple[Any, dict[str, float]]:
    """What `work` gives, with its CPU time (all threads) and wall time in seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    made = work(argument)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return made, {"cpu": cpu, "wall": wall}


def main() -> None:
    """Serve until stdin ends. What anyone prints goes to stderr."""
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    worker = Worker(sys.argv[1])
    for line in sys.stdin:
        try:
            answer = worker.answer(json.loads(line))
        except Exception as error:  # noqa: BLE001 - the other side reports it
            text = str(error).strip() or type(error).__name__
            answer = {"error": text.splitlines()[0]}
        out.write(json.dumps(answer) + "\n")
        out.flush()


if __name__ == "__main__":
    main()
