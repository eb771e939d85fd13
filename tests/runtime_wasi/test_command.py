"""``lbtool run`` gives WASI programs what the shell gave it, on every engine."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.runtime_wasi.cases import PROGRAMS, TEXT, directories, files_below

if TYPE_CHECKING:
    from pathlib import Path

RUNS = {
    "args": (["one", "--two", ""], b""),
    "cat": ([], TEXT * 4),
    "exit": (["250"], b""),
    "files": ([], b""),
    "hello": ([], b""),
    "trap": ([], b""),
}
STATUS = {"exit": 250, "trap": 134}


def run(
    backend: str, program: str, base: Path
) -> tuple[int, bytes, bytes, dict[str, bytes | None]]:
    args, stdin = RUNS[program]
    work, given = directories(base)
    command = [sys.executable, "-m", "lbtool.cli", "run", "--backend", backend]
    command += ["--env", "NAME=value", "--env", "EMPTY="]
    command += ["--dir", f"{work}::/work", "--dir", f"{given}::given"]
    command += [str(PROGRAMS / f"{program}.wat"), *args]
    done = subprocess.run(
        command, input=stdin, capture_output=True, check=False, timeout=120
    )
    return done.returncode, done.stdout, done.stderr, files_below(base)


@pytest.mark.parametrize("program", RUNS)
def test_as_on_cranelift(program: str, tmp_path: Path) -> None:
    ours = run("lbtool", program, tmp_path / "ours")
    theirs = run("cranelift", program, tmp_path / "theirs")
    assert ours[0] == theirs[0] == STATUS.get(program, 0)
    assert ours[1] == theirs[1]
    assert ours[3] == theirs[3]
    if program == "args":
        assert ours[1].endswith(b"one\0--two\0\0NAME=value\0EMPTY=\0")
    elif program == "cat":
        assert ours[1] == TEXT * 4
    elif program == "hello":
        assert (ours[1], ours[2]) == (b"hello world\n", b"a warning\n")
