"""Habits of every command: exit codes, streams, hints, colour, pipes, completion."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from lbtool.cli.main import COMMANDS
from lbtool.errors import CODES
from tests.cli.helpers import lbtool, output
from tests.data import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def test_help_lists_every_command_and_each_has_help() -> None:
    listed = output(lbtool("--help"))
    for name in COMMANDS:
        assert f"\n  {name} " in listed
        assert "Usage: lbtool" in output(lbtool(name, "--help"))


def test_version() -> None:
    assert output(lbtool("--version")).startswith("lbtool 0.")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("no-such-command",),
        ("run",),
        ("run", "--no-such-option", "f.wasm"),
        ("run", "no-such-file.wasm"),
        ("run", "--timeout", "0", "f.wasm"),
        ("run", "--backend", "cranelift", "--bounds", "explicit", "f.wasm"),
        ("explain", "E9999"),
        ("completion", "csh"),
    ],
)
def test_usage_errors_are_2_and_leave_stdout_empty(arguments: tuple[str, ...]) -> None:
    done = lbtool(*arguments)
    assert done.returncode == 2, done.stderr
    assert not done.stdout
    text = done.stderr.decode()
    assert "Usage:" in text if not arguments else text.startswith("error: ")
    assert "internal error" not in text
    assert "Traceback" not in text


def test_explain_knows_every_code() -> None:
    listed = output(lbtool("explain"))
    assert [line.split()[0] for line in listed.splitlines()] == list(CODES)
    text = output(lbtool("explain", "e0210"))
    assert text.startswith("E0210: type mismatch\n\n")


def test_forced_colour_reaches_a_pipe_and_none_is_none() -> None:
    coloured = lbtool("explain", "E0210", env={"FORCE_COLOR": "1"}).stdout
    assert coloured.startswith(b"\x1b[1mE0210")
    plain = lbtool("explain", "E0210", env={"FORCE_COLOR": "1", "NO_COLOR": "1"})
    assert b"\x1b" not in plain.stdout


def test_broken_pipe_is_quiet() -> None:
    script = (
        f"'{sys.executable}' -m lbtool.cli explain | head -1; echo ${{PIPESTATUS[0]}}"
    )
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.splitlines()[-1] in ("141", "0")
    assert not done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str) -> None:
    assert "_LBTOOL_COMPLETE" in output(lbtool("completion", shell))
    words = {"COMP_WORDS": "lbtool expl", "COMP_CWORD": "1"}
    done = lbtool(env=words | {"_LBTOOL_COMPLETE": "bash_complete"})
    assert done.stdout == b"plain,explain\n"


def test_a_malformed_module_is_1_with_a_place(tmp_path: Path) -> None:
    path = tmp_path / "bad.wat"
    path.write_text("(module\n  (func (i32.const)))\n")
    done = lbtool("run", path)
    assert done.returncode == 1
    assert not done.stdout
    text = done.stderr.decode()
    assert text.startswith("error[E01")
    assert f"--> {path}:2:" in text
    assert "2 |   (func (i32.const)))" in text
    assert "hint: `lbtool explain E01" in text


def test_json_output_has_a_schema_number() -> None:
    fib = ROOT / "examples" / "fib.wat"
    arguments = ("--backend", "cranelift", "--format", "json", "--invoke", "fib", "10")
    made = json.loads(output(lbtool("run", fib, *arguments)))
    assert made == {
        "schema": 1,
        "engine": "cranelift",
        "results": [{"type": "i32", "value": "89"}],
    }
