"""A module out of its image behaves as the module did: other tests, run that way."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from lbtool.wast import report
from lbtool.wast.pool import run_files
from tests.data import ROOT, SPEC_TESTSUITE, require
from tests.spec.suites import Suite

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WHOLE = "LBTOOL_SPEC_IMAGES" in os.environ
SHARE = 10
# Files of tests, and how many images they make at least.
RUNS = {
    "calls, traps": (
        ("tests/runtime/test_calls.py", "tests/runtime/test_traps.py"),
        60,
    ),
    "objects": (
        ("tests/runtime/test_objects.py", "tests/runtime/test_linking.py"),
        1000,
    ),
    "wasi": (
        ("tests/runtime_wasi/test_guests.py", "tests/runtime_wasi/test_link.py"),
        30,
    ),
}


@pytest.mark.parametrize("name", RUNS)
def test_through_images(
    name: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    files, least = RUNS[name]
    count = tmp_path / "count"
    options = ("-q", "-p", "no:cacheprovider", "-p", "tests.warm.images_plugin")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *files],
        cwd=ROOT,
        env=os.environ | {"LBTOOL_IMAGE_COUNT": str(count), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5000:]
    images = count.stat().st_size
    assert images >= least
    record_property("summary", f"through images, {name}: {images} instances")


def test_the_spec_suite_through_images(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    """Every module of the 2.0 suite by way of its image; a share of the scripts."""
    root = require(SPEC_TESTSUITE, 0)
    suite = Suite("2.0")
    scripts = suite.scripts(root)
    names = sorted(scripts)[:: 1 if WHOLE else SHARE]
    count = tmp_path / "count"
    monkeypatch.setenv("LBTOOL_IMAGE_COUNT", str(count))
    monkeypatch.setenv("PYTHONPATH", f"{ROOT / 'tests/warm/hooks'}:{ROOT}")
    reports = run_files(
        [root / scripts[name]["file"] for name in names],
        engine="lbtool",
        profile=suite.name,
        jobs=2,
        names=names,
    )
    passed = sum(each.passed("engine") for each in reports)
    total = sum(each.total("engine") for each in reports)
    images = count.stat().st_size
    record_property(
        "summary",
        f"spec {suite} through {images} images, {len(names)} of {len(scripts)} "
        f"scripts: engine {passed}/{total}",
    )
    assert not report.failures(reports)
    assert passed == total > 0
    assert images >= len(names) // 2
