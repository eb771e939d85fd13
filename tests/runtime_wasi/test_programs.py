"""Every program does with us what it does in wasmtime, and what its case says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.runtime_wasi.cases import CASES, Case
from tests.runtime_wasi.engines import in_lbtool, in_wasmtime

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_as_in_wasmtime(case: Case, tmp_path: Path) -> None:
    theirs = in_wasmtime(case, tmp_path / "wasmtime")
    ours = in_lbtool(case, tmp_path / "lbtool")
    assert ours.end == case.end
    assert theirs.end == (case.in_wasmtime or case.end)
    assert ours.stdout == theirs.stdout
    assert ours.stderr == theirs.stderr == case.stderr
    assert ours.files == theirs.files
    if case.stdout is not None:
        assert ours.stdout == case.stdout
