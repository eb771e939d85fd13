"""Absent data: a counted line, or a failure where data is required."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tests import data
from tests.data import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PROBE = """
def test_one(corpus):
    assert corpus

def test_two(spec_testsuite):
    assert spec_testsuite

def test_three():
    from tests.data import CORPUS, require
    require(CORPUS, 5)
"""


def run(folder: Path, *, required: bool) -> subprocess.CompletedProcess[str]:
    """A test run that has no data, over a file of its own."""
    tests = folder / "tests"
    tests.mkdir()
    for source in ("conftest.py", "data.py"):
        (tests / source).write_text((ROOT / "tests" / source).read_text())
    (tests / "test_probe.py").write_text(PROBE)
    (folder / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    env = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("LBTOOL_", "PYTEST_"))
    }
    if required:
        env["LBTOOL_REQUIRE_DATA"] = "1"
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "tests"],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


def test_absence_is_one_line_per_set_with_its_counts(tmp_path: Path) -> None:
    done = run(tmp_path, required=False)
    assert done.returncode == 0, done.stdout
    lines = [line for line in done.stdout.splitlines() if line.startswith("not run: ")]
    suite, corpus = sorted(lines)
    total = data.CORPUS.assertions + 5
    assert corpus.startswith(f"not run: 2 tests, {total} assertions: data absent:")
    assert suite.startswith("not run: 1 tests, 151055 assertions: data absent:")
    assert "git clone" in suite
    assert "3 skipped" in done.stdout


def test_absence_is_a_failure_where_data_is_required(tmp_path: Path) -> None:
    done = run(tmp_path, required=True)
    assert done.returncode == 1
    assert "assertions of the corpus did not run" in done.stdout


def test_variables_win_over_the_default(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "MANIFEST.md").touch()
    monkeypatch.setenv("LBTOOL_CORPUS", str(tmp_path))
    assert data.require(data.CORPUS) == tmp_path
