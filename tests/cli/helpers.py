"""Running the command as users do, and little modules to run it on."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import wasmtime

from tests.data import ROOT

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = ROOT / "examples"
TIMEOUT = 120


def lbtool(
    *arguments: str | Path,
    stdin: bytes = b"",
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """One command in a process of its own; output is bytes."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if name not in ("NO_COLOR", "FORCE_COLOR", "LBTOOL_BACKTRACE")
    }
    return subprocess.run(
        [sys.executable, "-m", "lbtool.cli", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        timeout=TIMEOUT,
        check=False,
        env=clean | {"PYTHONPATH": str(ROOT)} | (env or {}),
        cwd=cwd,
    )


def output(done: subprocess.CompletedProcess[bytes]) -> str:
    """Stdout of a command that must have succeeded."""
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def write_module(folder: Path, text: str, name: str = "m") -> Path:
    """`text` as a binary module in `folder`."""
    path = folder / f"{name}.wasm"
    path.write_bytes(bytes(wasmtime.wat2wasm(text)))
    return path
