"""A process that forks one child per script: ``python -m lbtool.wast.worker``.

It imports everything once and creates no engine, store or thread itself, so a fork is
cheap (no import costs) and safe (a child of a process in which wasmtime has started its
threads hangs). A child that crashes or takes too long costs the rest of its own script.

In: one `Batch` as JSON. Out: one JSON object per finished script, a line each:
``{"index", "seconds", "commands": [[line, kind, column]...], "outcomes":
[[status, detail, agrees]...], "error", "end"}``, where `end` says why there are fewer
outcomes than commands ("crash: ...", "timeout"), or is null.
"""

from __future__ import annotations

import faulthandler
import json
import os
import selectors
import signal
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

from lbtool import engines
from lbtool.orphans import die_with_parent
from lbtool.wast.legacy import modernise
from lbtool.wast.profiles import PROFILES
from lbtool.wast.runner import ScriptRunner, column_of
from lbtool.wast.script import ScriptError, parse_script

if TYPE_CHECKING:
    from collections.abc import Iterator

POLL_SECONDS = 0.05
STDERR_TAIL = 600


@dataclass(slots=True)
class Child:
    """A running script; `stream` is the read end of its report."""

    index: int
    pid: int
    stream: int
    stderr: BinaryIO
    started: float
    report: bytearray = field(default_factory=bytearray)
    timed_out: bool = False


def main() -> None:
    """Runs the batch on standard input."""
    batch = json.load(sys.stdin)
    engines.preload(batch["engine"])
    waiting = list(enumerate(batch["files"]))[::-1]
    running: dict[int, Child] = {}
    selector = selectors.DefaultSelector()
    while waiting or running:
        while waiting and len(running) < batch["jobs"]:
            child = start(*waiting.pop(), batch)
            running[child.stream] = child
            selector.register(child.stream, selectors.EVENT_READ)
        for key, _events in selector.select(POLL_SECONDS):
            child = running[key.fd]
            data = os.read(key.fd, 1 << 16)
            child.report += data
            if not data:
                selector.unregister(key.fd)
                del running[key.fd]
                finish(child)
        stop_late(running, batch["timeout"])


def stop_late(running: dict[int, Child], timeout: float) -> None:
    """Kills the children that have had their time."""
    now = time.monotonic()
    for child in running.values():
        if now - child.started > timeout and not child.timed_out:
            child.timed_out = True
            os.kill(child.pid, signal.SIGKILL)


def start(index: int, path: str, batch: dict[str, Any]) -> Child:
    """Forks the process that runs the script at `path`."""
    stream, report = os.pipe()
    stderr: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 closed in `finish`
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        if not die_with_parent(parent):  # a script that computes for ever
            os._exit(1)
        os.close(stream)
        os.dup2(stderr.fileno(), 2)
        os.dup2(os.open(os.devnull, os.O_RDWR), 1)
        run_child(report, path, batch)
    os.close(report)
    return Child(index, pid, stream, stderr, time.monotonic())


def run_child(report: int, path: str, batch: dict[str, Any]) -> NoReturn:
    """Runs one script; never returns. Each outcome leaves the process at once."""
    code = 1
    try:
        faulthandler.enable()
        for item in records(path, batch):
            os.write(report, json.dumps(item).encode() + b"\n")
        code = 0
    except BaseException:  # noqa: BLE001 the process ends here; `finish` reads stderr
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        # Not even destructors run: a broken heap must not turn a pass into a crash.
        os.close(report)
        os._exit(code)


def records(path: str, batch: dict[str, Any]) -> Iterator[dict[str, Any] | list[Any]]:
    """What a child reports: its commands, then its outcomes."""
    profile = PROFILES[batch["profile"]]
    try:
        source = Path(path).read_bytes()
        commands = parse_script(modernise(source) if profile.legacy else source)
    except (OSError, ScriptError) as error:
        yield {"error": str(error)}
        return
    yield {"commands": [(c.line, c.kind, column_of(c)) for c in commands]}
    settings = batch.get("settings", {})
    backend = engines.get(batch["engine"], profile=profile.wasm, **settings)
    for outcome in ScriptRunner(backend).run(commands):
        yield [outcome.status, outcome.detail, outcome.agrees]


def finish(child: Child) -> None:
    """Collects a child that has closed its report, and prints the result."""
    os.close(child.stream)
    _pid, status = os.waitpid(child.pid, 0)
    seconds = time.monotonic() - child.started
    lines = [json.loads(line) for line in child.report.split(b"\n")[:-1]]
    head: dict[str, Any] = lines[0] if lines else {}
    child.stderr.seek(0)
    said = child.stderr.read().decode(errors="replace")[-STDERR_TAIL:]
    child.stderr.close()
    record = {
        "index": child.index,
        "seconds": seconds,
        "commands": head.get("commands", []),
        "outcomes": lines[1:],
        "error": head.get("error"),
        "end": ending(status, said, timed_out=child.timed_out),
    }
    sys.stdout.write(json.dumps(record) + "\n")
    sys.stdout.flush()


def ending(status: int, said: str, *, timed_out: bool) -> str | None:
    """Why a child stopped early, from its wait status and what it wrote last."""
    if timed_out:
        return "timeout"
    code = os.waitstatus_to_exitcode(status)
    if code == 0:
        return None
    why = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    return f"crash: {why}: {said.strip()}"


if __name__ == "__main__":
    main()
