"""Commands in the documents give what the documents show.

Blocks marked ``console`` hold ``$ command`` lines with their output behind them; a line
``...`` stands for any lines. Blocks marked ``python`` run as they are. LBTOOL_BLESS=1
writes assembly in README.md anew.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.data import ROOT

BLOCK = re.compile(r"^```(console|python)\n(.*?)^```", re.MULTILINE | re.DOTALL)
DOCUMENTS = ("README.md", "docs/testing.md")
CASES = [
    pytest.param(kind, text, id=f"{document}:{number}")
    for document in DOCUMENTS
    for number, (kind, text) in enumerate(
        BLOCK.findall((ROOT / document).read_text()), 1
    )
]


def run(*command: str) -> str:
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ
        | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout


def commands(text: str) -> list[tuple[str, str]]:
    """Pairs of a command and the output that is shown for it."""
    parts = re.split(r"^\$ (.*)\n", text, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def bless(command: str, expected: str) -> None:
    """Write what a command of README.md shows today in place of what it showed."""
    path = ROOT / "README.md"
    shown = f"$ {command}\n"
    text = path.read_text()
    assert shown + expected in text
    made = shown + run("bash", "-c", command)
    path.write_text(text.replace(shown + expected, made))


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_block(kind: str, text: str) -> None:
    if kind == "python":
        assert "Error" not in run(sys.executable, "-c", text)
        return
    for command, expected in commands(text):
        if os.environ.get("LBTOOL_BLESS") and "lbtool asm" in command:
            bless(command, expected)
            continue
        pattern = re.escape(expected).replace(r"\.\.\.\n", r"(?:.*\n)*?")
        output = run("bash", "-c", command)
        assert re.fullmatch(pattern, output), f"$ {command}\n{output}"


def test_there_are_examples() -> None:
    assert len(CASES) >= 3
