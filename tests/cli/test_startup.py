"""What starting the command costs: which modules it may import."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("wasmtime", "pygls", "diskcache", "rich", "iced_x86", "asyncio")
SCRIPT = """
import sys
from lbtool.cli.main import main
sys.argv = ["lbtool", *{arguments!r}]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
finally:
    print(*sorted(sys.modules), file=sys.stderr)
"""


def imported(*arguments: str) -> set[str]:
    script = SCRIPT.format(arguments=list(arguments))
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout
    return {name.partition(".")[0] for name in done.stderr.split()}


@pytest.mark.parametrize("arguments", [("--help",), ("--version",)])
def test_help_imports_nothing_heavy(arguments: tuple[str, ...]) -> None:
    names = imported(*arguments)
    assert "click" in names
    assert not names & set(HEAVY)
