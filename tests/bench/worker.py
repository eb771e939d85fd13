"""One engine in a process of its own: requests as lines of JSON, answers likewise.

    {"op": "compile", "path": P}  -> {"cpu": s, "wall": s, "code": n, "functions": n}
    {"op": "load", "path": P}     -> {}
    {"op": "run", "argument": N}  -> {"cpu": s, "wall": s, "result": u32}

Seconds are of CPU and wall time, `code` is bytes of machine code. Anything that fails
is {"error": text}. ``v8_worker.cjs`` does the same in node.
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

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """The answer to a request."""
        if request["op"] == "compile":
            return self.compile(request["path"])
        if request["op"] == "load":
            self.run = None
            gc.collect()
            self.run = self.host.load(Path(request["path"]))
            return {}
        assert self.run is not None
        made, spent = timed(self.run, request["argument"])
        return {**spent, "result": made & 0xFFFFFFFF}

    def compile(self, path: str) -> dict[str, Any]:
        """Compile a file whose bytes are in memory."""
        data = Path(path).read_bytes()
        gc.collect()
        module, spent = timed(self.host.compile, data)
        if path not in self.sizes:
            found = self.host.measure(module)
            self.sizes[path] = (found.code_size, found.functions)
        code, functions = self.sizes[path]
        return {**spent, "code": code, "functions": functions}


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
