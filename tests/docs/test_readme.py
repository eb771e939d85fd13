"""Commands in the documents give what the documents show.

Blocks marked ``console`` hold ``$ command`` lines with their output behind them; a line
``...`` stands for any lines. Blocks marked ``python`` run as they are.
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


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_block(kind: str, text: str) -> None:
    if kind == "python":
        assert "Error" not in run(sys.executable, "-c", text)
        return
    for command, expected in commands(text):
        pattern = re.escape(expected).replace(r"\.\.\.\n", r"(?:.*\n)*?")
        output = run("bash", "-c", command)
        assert re.fullmatch(pattern, output), f"$ {command}\n{output}"


def test_there_are_examples() -> None:
    assert len(CASES) >= 3
