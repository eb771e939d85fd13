"""Runs scripts in processes of their own, several at once, and collects reports.

The work is done by `worker`; here it is started, fed and read. A crash or a timeout
turns the rest of that script's commands into failures, never fewer commands.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lbtool.errors import LbtoolError
from lbtool.wast.results import CRASH, TIMEOUT, FileReport, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

DEFAULT_TIMEOUT = 60.0


class WorkerError(LbtoolError):
    """The worker process itself failed (not one of its scripts)."""


def run_files(
    paths: Sequence[Path],
    *,
    engine: str,
    profile: str,
    jobs: int | None = None,
    timeout: float = DEFAULT_TIMEOUT,
    names: Sequence[str] | None = None,
    settings: Mapping[str, Any] | None = None,
    progress: Callable[[FileReport], None] | None = None,
) -> list[FileReport]:
    """Runs scripts and returns their reports in the order of `paths`.

    engine    a back end of ``lbtool.engines``
    profile   a name of ``profiles.PROFILES``
    jobs      scripts at a time; the number of CPUs by default
    timeout   seconds for one script
    names     how to call the files in reports; their paths by default
    settings  more arguments for ``engines.get``
    progress  called with each report as it arrives
    """
    names = [str(path) for path in paths] if names is None else names
    batch = {
        "engine": engine,
        "profile": profile,
        "settings": dict(settings or {}),
        "jobs": jobs or len(os.sched_getaffinity(0)),
        "timeout": timeout,
        "files": [str(path) for path in paths],
    }
    reports: dict[int, FileReport] = {}
    command = [sys.executable, "-m", "lbtool.wast.worker"]
    with subprocess.Popen(  # noqa: S603 our own interpreter
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=_environment(),
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        json.dump(batch, process.stdin)
        process.stdin.close()
        for line in process.stdout:
            record = json.loads(line)
            index = record["index"]
            reports[index] = _report(record, names[index], engine, profile)
            if progress:
                progress(reports[index])
        said = process.stderr.read()
    if process.returncode != 0 or len(reports) != len(paths):
        raise WorkerError(
            f"the script worker ended with {process.returncode}: {said.strip()}"
        )
    return [reports[index] for index in range(len(paths))]


def _environment() -> dict[str, str]:
    """The worker finds the same package as this process, wherever it was started."""
    package = str(Path(__file__).resolve().parents[2])
    path = os.environ.get("PYTHONPATH")
    return {
        **os.environ,
        "PYTHONPATH": f"{package}{os.pathsep}{path}" if path else package,
    }


def _report(record: dict[str, Any], name: str, engine: str, profile: str) -> FileReport:
    end = record["end"]
    status = TIMEOUT if end == "timeout" else CRASH
    done = record["outcomes"]
    outcomes = [
        Outcome(line, kind, column, *done[index])
        if index < len(done)
        else Outcome(line, kind, column, status, end or "no result")
        for index, (line, kind, column) in enumerate(record["commands"])
    ]
    error = record["error"]
    if error is None and (end is not None or not record["commands"]):
        error = end if not outcomes or len(done) == len(outcomes) else None
    return FileReport(name, engine, profile, record["seconds"], tuple(outcomes), error)
