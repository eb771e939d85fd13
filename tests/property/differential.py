"""Runs cases on several engines in worker processes and reports what differs.

    python -m tests.property.differential --seeds 0:2000 [--mode explicit]

A worker answers one JSON line per request, so a crash or a hang costs one case and
names it. Failing cases are made small and kept in ``tests/regress`` as text with their
calls in comments; `load` and `dump` know that format. Not here: the generator, the
comparison.
"""

from __future__ import annotations

import argparse
import json
import queue
import re
import select
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO, Any

from lbtool import engines
from tests.property import modes, outcome
from tests.property.generate import Call, Case, calls_for, generate
from tests.property.minimise import minimise
from tests.property.pool import Ref
from tests.reference.binary import decode
from tests.reference.opcodes import OPS
from tests.reference.text import module_text

ROOT = Path(__file__).resolve().parents[2]
REGRESS = ROOT / "tests" / "regress"
TIME_LIMIT = 60.0


# ---- cases as data


def case_as_json(case: Case) -> dict[str, Any]:
    calls = [
        [c.name, [{"ref": a.number} if isinstance(a, Ref) else a for a in c.args]]
        for c in case.calls
    ]
    return {
        "label": case.label,
        "wasm": case.wasm.hex(),
        "calls": calls,
        "exact": case.exact,
    }


def case_from_json(data: dict[str, Any]) -> Case:
    calls = [
        Call(name, tuple(Ref(a["ref"]) if isinstance(a, dict) else a for a in args))
        for name, args in data["calls"]
    ]
    return Case(data["label"], bytes.fromhex(data["wasm"]), calls, data["exact"])


def dump(case: Case, mode: str, problem: str) -> str:
    """The case as text: comments first, then the module."""
    lines = [f";; {case.label}, found in mode {mode}", f";; {problem}"]
    lines += [";; exact"] if case.exact else []
    for call in case.calls:
        args = [f"ref{a.number}" if isinstance(a, Ref) else str(a) for a in call.args]
        args = ["null" if a == "None" else a for a in args]
        lines.append(" ".join([";; call", call.name, *args]))
    return "\n".join(lines) + "\n" + module_text(decode(case.wasm))


def load(path: Path) -> Case:
    """A case from a file: ``.wat`` with calls in comments, or any module.

    Without calls in it, every exported function is called with values of the pool.
    """
    import random  # noqa: PLC0415

    import wasmtime  # noqa: PLC0415

    data = path.read_bytes()
    exact, calls = False, []
    if path.suffix == ".wat":
        text = data.decode()
        exact = ";; exact" in text
        for name, rest in re.findall(r"^;; call (\S+)(.*)$", text, re.MULTILINE):
            calls.append(Call(name, tuple(map(_argument, rest.split()))))
        data = bytes(wasmtime.wat2wasm(text))
    case = Case(path.stem, data, calls, exact)
    if not calls:
        case.calls = calls_for(decode(data), random.Random(1), rounds=8)
    return case


def _argument(text: str) -> Any:
    if text == "null":
        return None
    return Ref(int(text[3:])) if text.startswith("ref") else int(text, 0)


# ---- the worker


@cache
def _cranelift() -> outcome.EngineRunner:
    return outcome.EngineRunner(engines.get("cranelift"))


_runner = cache(modes.runner)


def examine(
    case: Case, chosen: Sequence[str], executed: dict[int, int]
) -> dict[str, Any]:
    """Run a case everywhere: wasmtime is the oracle, the reference must agree."""
    oracle = _cranelift().run(case)
    found: dict[str, str] = {}
    reference = outcome.on_reference(case, executed=executed)
    problem = outcome.difference(case, oracle, reference)
    if problem:
        found["reference"] = problem
    for mode in chosen:
        try:
            mine = outcome.attempt(_runner(mode), case)
        except Exception as error:  # noqa: BLE001 - reported with its seed
            found[mode] = f"{type(error).__name__}: {error}"[:500]
            continue
        problem = outcome.difference(case, oracle, mine)
        if problem:
            found[mode] = f"wasmtime, lbtool: {problem}"
    helpers = ("refuel", "nulls")
    steps = [s for s, c in zip(oracle.steps, case.calls, strict=False)
             if not c.name.startswith(helpers)]  # fmt: skip
    kinds = Counter(" ".join(s[:2]) if s[0] == "trap" else s[0] for s in steps)
    return {"found": found, "kinds": dict(kinds)}


def answer(request: dict[str, Any]) -> dict[str, Any]:
    case = (
        generate(request["seed"])
        if "seed" in request
        else case_from_json(request["case"])
    )
    executed: dict[int, int] = {}
    if request.get("settled") and outcome.depends_on_nan(case):
        return {"found": {}, "kinds": {}, "executed": {}}
    reply = examine(case, request["modes"], executed)
    return {**reply, "executed": executed}


def work() -> None:
    """Answer requests from standard input until it closes."""
    replies = sys.stdout
    sys.stdout = sys.stderr
    for line in sys.stdin:
        try:
            reply = answer(json.loads(line))
        except Exception as error:  # noqa: BLE001 - the parent decides
            reply = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(reply), file=replies, flush=True)


# ---- the parent


class Worker:
    """A process that answers; restarted after a crash or when it takes too long."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[str] | None = None

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The reply, or {"error": ...} when the process died or hung."""
        if self.process is None or self.process.poll() is not None:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.property.differential", "--worker"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
            )  # fmt: skip
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None
        assert stdout is not None
        try:
            stdin.write(json.dumps(request) + "\n")
            stdin.flush()
        except BrokenPipeError:
            return {"error": f"crash, status {self.close()}"}
        if not _readable(stdout):
            self.close()
            return {"error": f"hang, more than {TIME_LIMIT:.0f} s"}
        line = stdout.readline()
        if not line:
            return {"error": f"crash, status {self.close()}"}
        reply: dict[str, Any] = json.loads(line)
        return reply

    def close(self) -> int:
        process, self.process = self.process, None
        if process is None:
            return 0
        try:
            process.wait(0.3)
        except subprocess.TimeoutExpired:
            process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
        return process.wait()


def _readable(stream: IO[str]) -> bool:
    return bool(select.select([stream], [], [], TIME_LIMIT)[0])


@dataclass(slots=True)
class Report:
    """Sum over cases; `failures` are (label, mode, problem)."""

    cases: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    executed: Counter[int] = field(default_factory=Counter)
    failures: list[tuple[str, str, str]] = field(default_factory=list)

    def trapped(self) -> float:
        """Part of the calls that trapped."""
        total = sum(self.kinds.values())
        return (total - self.kinds["ok"]) / max(1, total)

    def add(self, label: str, chosen: Sequence[str], reply: dict[str, Any]) -> None:
        self.cases += 1
        if "error" in reply:
            self.failures.append((label, " ".join(chosen), reply["error"]))
            return
        self.kinds.update(reply["kinds"])
        self.executed.update({int(k): v for k, v in reply["executed"].items()})
        self.failures += [(label, mode, text) for mode, text in reply["found"].items()]

    def histogram(self) -> str:
        """Executed instructions per opcode, least first, several to a line."""
        counts = sorted((self.executed[code], op.name) for code, op in OPS.items())
        cells = [f"{name} {count}" for count, name in counts]
        rows = [
            "  ".join(f"{c:<28}" for c in cells[i : i + 4])
            for i in range(0, len(cells), 4)
        ]
        kinds = ", ".join(f"{k} {n}" for k, n in self.kinds.most_common())
        head = (
            f"{self.cases} modules, {sum(self.executed.values())} instructions; {kinds}"
        )
        return "\n".join([head, *rows])


ModesOf = Callable[[int], Sequence[str]]


def run_seeds(seeds: Iterable[int], modes_of: ModesOf, jobs: int = 1) -> Report:
    """Examine generated modules in `jobs` worker processes."""
    report = Report()
    todo: queue.SimpleQueue[int] = queue.SimpleQueue()
    for seed in seeds:
        todo.put(seed)
    lock = threading.Lock()

    def serve() -> None:
        worker = Worker()
        while True:
            try:
                seed = todo.get_nowait()
            except queue.Empty:
                break
            chosen = modes_of(seed)
            reply = worker.ask({"seed": seed, "modes": chosen})
            with lock:
                report.add(f"seed-{seed}", chosen, reply)
        worker.close()

    threads = [threading.Thread(target=serve) for _ in range(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return report


def usual_modes(seed: int) -> list[str]:
    """Default for every module, and one more mode in turn."""
    others = ["explicit", "strict", f"masks-{seed}", f"knobs-{seed}"]
    return ["default", others[seed % 4]]


def shrink(case: Case, mode: str, tries: int = 4000) -> Case:
    """The smallest case that still fails in `mode`, crashes and hangs included."""
    worker = Worker()

    def fails(candidate: Case) -> bool:
        request = {"case": case_as_json(candidate), "modes": [mode], "settled": True}
        reply = worker.ask(request)
        if "error" in reply:
            return True
        # Where the reference disagrees as well, it is about the depth of recursion.
        return mode in reply["found"] and "reference" not in reply["found"]

    try:
        return minimise(case, fails, tries) if fails(case) else case
    finally:
        worker.close()


def keep(label: str, mode: str, problem: str) -> Path:
    """Make the case of a failing seed small and write it to ``tests/regress``."""
    case = shrink(generate(int(label.removeprefix("seed-"))), mode)
    REGRESS.mkdir(exist_ok=True)
    path = REGRESS / f"{label}-{mode}.wat"
    path.write_text(dump(case, mode, problem))
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worker", action="store_true")
    parser.add_argument("--seeds", default="0:200")
    parser.add_argument("--mode", action="append")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument(
        "--keep", action="store_true", help="minimise and keep failures"
    )
    options = parser.parse_args()
    if options.worker:
        work()
        return
    first, last = map(int, options.seeds.split(":"))
    chosen = options.mode
    report = run_seeds(
        range(first, last), lambda s: chosen or usual_modes(s), options.jobs
    )
    lines = [report.histogram()]
    for label, mode, problem in sorted(report.failures):
        lines.append(f"{label} [{mode}] {problem}")
        if options.keep:
            lines.append(f"  kept as {keep(label, mode.split()[0], problem)}")
    trapped = f"{report.trapped():.0%} of the calls trapped"
    lines.append(f"{len(report.failures)} failures, {trapped}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
