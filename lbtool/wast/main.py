"""What the command ``lbtool wast`` does: run scripts, print a table or JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from lbtool import engines
from lbtool.wast import report, results
from lbtool.wast.pool import DEFAULT_TIMEOUT, run_files
from lbtool.wast.profiles import DEFAULT_PROFILE, PROFILES

if TYPE_CHECKING:
    from collections.abc import Sequence

OK, FAILED, USAGE = 0, 1, 2


def run(
    paths: Sequence[str | Path],
    *,
    engine: str = "lbtool",
    profile: str = DEFAULT_PROFILE,
    jobs: int | None = None,
    timeout: float = DEFAULT_TIMEOUT,
    format: str = "text",  # noqa: A002 the option's name
) -> int:
    """Runs scripts; results on stdout, problems on stderr.

    engine   "lbtool", "cranelift" or "winch"
    profile  "1.0-2018", "1.0" or "2.0"
    timeout  seconds per script
    format   "text" or "json"

    Returns 0 when every command passed or was refused as unsupported with a typed
    error, 1 when a command failed, 2 for unusable arguments or files.
    """
    problem = _usage(paths, engine, profile)
    if problem:
        sys.stderr.write(f"error: {problem}\n")
        return USAGE
    files = [Path(path) for path in paths]
    reports = run_files(
        files, engine=engine, profile=profile, jobs=jobs, timeout=timeout
    )
    if format == "json":
        sys.stdout.write(json.dumps(results.document(reports), indent=2) + "\n")
    else:
        sys.stdout.write(report.table(reports) + "\n")
    for line in report.failures(reports):
        sys.stderr.write(line + "\n")
    if any(not r.outcomes and r.error for r in reports):
        return USAGE
    return OK if all(r.ok for r in reports) else FAILED


def _usage(paths: Sequence[str | Path], engine: str, profile: str) -> str | None:
    if engine not in engines.BACKENDS:
        return f"unknown engine {engine!r} (of {', '.join(engines.BACKENDS)})"
    if profile not in PROFILES:
        return f"unknown profile {profile!r} (of {', '.join(PROFILES)})"
    for path in paths:
        if not Path(path).is_file():
            return f"{path} is not a file"
    return None
