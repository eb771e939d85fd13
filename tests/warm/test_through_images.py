"""A module out of its image behaves as the module did: other tests, run that way."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.data import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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
    images = int(count.read_text())
    assert images >= least
    record_property("summary", f"through images, {name}: {images} instances")
