"""Everything that the compiler does is linear, not only what it counts as work.

`tests/pitfalls/test_limits.py` compares the work that scan and generation count
themselves. Here the un-compiled core runs under a trace, and every line that it
executes counts: a loop that forgot to count its steps is found as well.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from lbtool.compiler.check import scan_body
from lbtool.compiler.codes import OK, RESTART
from lbtool.compiler.env import ModuleEnv
from lbtool.compiler.function import Function
from lbtool.compiler.generator import Generator
from lbtool.compiler.scan import Scanner
from lbtool.compiler.target import Target
from lbtool.wasm import Profile, decode
from tests.data import ROOT
from tests.pitfalls.test_limits import BOMBS, GROWTH, one_function
from tests.reference.binary import encode

if TYPE_CHECKING:
    from types import FrameType

# One process measures all of them.
pytestmark = pytest.mark.xdist_group("compiler-linear")
SIZE = 250
FOLDERS = {str(ROOT / "lbtool" / name) for name in ("compiler", "x64")}


def lines_of(name: str, n: int) -> tuple[int, int]:
    """Lines that scan and generation of a bomb execute when their buffers fit."""
    functype, body = BOMBS[name][0](n)
    parsed = decode(encode(one_function(functype, body)))
    env, scanner, function = ModuleEnv(parsed, Profile()), Scanner(), Function()
    generator = Generator(Target())
    count = 0

    def each_line(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return each_line

    def each_call(frame: FrameType, _event: str, _argument: Any) -> Any:
        folder, _, _ = frame.f_code.co_filename.rpartition("/")
        return each_line if folder in FOLDERS else None

    def scan() -> int:
        return scan_body(scanner, env, 0, parsed.bodies[0], function)

    counts = []
    assert scan() == OK
    generator.open(function)
    while generator.run() == RESTART:
        generator.grow()
    for step in (scan, generator.run):
        count = 0
        sys.settrace(each_call)
        try:
            status = step()
        finally:
            sys.settrace(None)
        assert status == OK
        counts.append(count)
    return counts[0], counts[1]


def measured() -> dict[str, list[tuple[int, int]]]:
    return {name: [lines_of(name, n) for n in (SIZE, 2 * SIZE)] for name in BOMBS}


@cache
def plain() -> dict[str, list[tuple[int, int]]]:
    code = (
        "import json; from tests.compiler.test_linear import measured;"
        "print(json.dumps(measured()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, timeout=300, check=False, text=True,
        env={**os.environ, "LBTOOL_PURE": "1"}, capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, list[tuple[int, int]]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", BOMBS)
def test_executed_lines_grow_as_the_input(name: str) -> None:
    once, twice = plain()[name]
    for stage, a, b in zip(("scan", "generate"), once, twice, strict=True):
        assert a > 10 * SIZE, stage
        assert b / a <= GROWTH, (stage, a, b)
