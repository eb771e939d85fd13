"""Other revisions of lbtool, built beside this one: an engine with their compiled core.

A revision is unpacked from git without its tests into the benchmark's cache, and built
there once by this environment. The worker is this checkout's: only ``lbtool`` differs.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from tests.bench.engines import Engine, one_core
from tests.bench.programs import cache
from tests.data import ROOT

BUILD_SECONDS = 1800


def commit_of(revision: str) -> str:
    """The commit that a revision names; `CalledProcessError` when it is none."""
    command = ["git", "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"]
    done = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True)
    return done.stdout.strip()


def built(commit: str) -> Path:
    """The folder of a commit with its core compiled; built when it is not there."""
    folder = cache() / f"revision-{commit[:12]}"
    if folder.exists():
        return folder
    archive = ["git", "archive", "--format=tar", commit]
    packed = subprocess.run(archive, check=True, cwd=ROOT, capture_output=True).stdout
    with tempfile.TemporaryDirectory(dir=cache()) as scratch:
        made = Path(scratch) / "made"
        with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
            wanted = (x for x in tar if x.name.partition("/")[0] != "tests")
            tar.extractall(made, wanted, filter="data")
        jobs = str(os.cpu_count())
        command = [sys.executable, "setup.py", "--quiet", "build_ext", "--inplace"]
        subprocess.run(
            [*command, "--parallel", jobs],
            check=True,
            cwd=made,
            env=os.environ | {"LBTOOL_JOBS": jobs},
            stdout=subprocess.DEVNULL,
            timeout=BUILD_SECONDS,
        )
        shutil.rmtree(made / "build", ignore_errors=True)
        made.rename(folder)
    return folder


def environ_of(folder: Path) -> dict[str, str]:
    """In which ``lbtool`` comes from `folder` and ``tests`` from here."""
    return os.environ | {"PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}


def engine(folder: Path) -> Engine:
    """A worker whose lbtool is that of `folder`; OSError when it is another one."""
    environ = environ_of(folder)
    python = [sys.executable, "-P"]
    command = [*python, "-c", "import lbtool; print(lbtool.__file__)"]
    done = subprocess.run(
        command, check=True, cwd=ROOT, env=environ, capture_output=True, text=True
    )
    if not Path(done.stdout.strip()).is_relative_to(folder):
        raise OSError(f"lbtool is not that of {folder}: {done.stdout.strip()}")
    with one_core("lbtool"):
        worker = [*python, "-m", "tests.bench.worker", "lbtool"]
        return Engine(folder.name, worker, environ)
