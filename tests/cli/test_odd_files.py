"""Files that are not what their name says: every command says the same."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from lbtool import I32, Func, FuncType, Store

if TYPE_CHECKING:
    from pathlib import Path


def lbtool(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "lbtool.cli", *args],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "E0103"), (b"PK\3\4rest", "E0101"), (b"\xff\xfe\x00junk", "E0101")],
)
def test_binary_by_name_is_read_as_binary(
    tmp_path: Path, content: bytes, code: str
) -> None:
    path = tmp_path / "odd.wasm"
    path.write_bytes(content)
    for command in (["run", "--backend", "lbtool"], ["check"], ["wat"]):
        done = lbtool(*command, str(path))
        assert done.returncode == 1
        assert f"error[{code}]" in done.stdout + done.stderr


def test_an_unreadable_file_does_not_hide_the_others(tmp_path: Path) -> None:
    bad = tmp_path / "bad.wat"
    bad.write_text("(module (func (result i32)))")
    done = lbtool("check", str(bad), str(tmp_path / "nope.wat"))
    assert done.returncode == 2
    assert "type mismatch" in done.stdout
    assert "1 error in 1 of 1 files" in done.stderr
    assert "nope.wat" in done.stderr


def test_types_from_lists_are_types() -> None:
    listed = FuncType([I32], [I32])  # type: ignore[arg-type]
    assert listed == FuncType((I32,), (I32,))
    assert Func(Store(), listed, lambda x: x + 1)(1) == 2
