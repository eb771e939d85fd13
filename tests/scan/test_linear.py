"""Compiler bombs: twice the input is at most 2.2 times the scan's work.

Work is counted in inner steps (``Scanner.work``), so nothing here depends on a clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from lbtool.compiler.canonical import summary
from lbtool.compiler.check import scan_body
from lbtool.compiler.env import ModuleEnv
from lbtool.compiler.function import Function
from lbtool.compiler.scan import Scanner
from lbtool.wasm import Profile, decode
from tests.reference.binary import Body, RawModule, encode
from tests.reference.opcodes import EMPTY, I32

if TYPE_CHECKING:
    from collections.abc import Callable

GROWTH = 2.2
# Nine buffers double independently: at worst each makes the scan start over often
# enough to cost as much again as the whole.
RESTARTS = 10
END, DROP, NOP = (0x0B,), (0x1A,), (0x01,)
BLOCK, LOOP = (0x02, EMPTY), (0x03, EMPTY)
Code = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Cost:
    """Steps of a scan with fitting buffers, and of the first one, restarts included."""

    work: int
    first: int
    summary: dict[str, Any]


def measured(data: bytes) -> Cost:
    """Scan the first body of a module twice."""
    module = decode(data)
    env, scanner, function = ModuleEnv(module, Profile()), Scanner(), Function()
    steps = []
    for _ in range(2):
        before = scanner.work
        scan_body(scanner, env, module.func_types[0], module.bodies[0], function)
        assert scanner.n_errors == 0
        steps.append(scanner.work - before)
    return Cost(steps[1], steps[0], summary(function))


def scanned(code: Code, n_locals: int = 0, wide: int = 0) -> Cost:
    """Scan one function; type 1 takes and gives `wide` i32."""
    wide_type = ((I32,) * wide, (I32,) * wide)
    module = RawModule(types=[((), ()), wide_type], funcs=[0, 1])
    module.bodies = [Body([I32] * n_locals, [*code, END])]
    module.bodies.append(Body([], [(0x00,), END]))
    return measured(encode(module))


def gets(n: int) -> Cost:
    return scanned([(0x20, 0)] * n + [DROP] * n, 1)


def constants(n: int) -> Cost:
    return scanned([(0x41, 1), DROP] * n)


def locals_and_blocks(n: int) -> Cost:
    """n locals, each written in a block of its own, all of them in a loop."""
    code: Code = [LOOP]
    for x in range(n):
        code += [BLOCK, (0x41, 1), (0x21, x), (0x20, x), DROP, END]
    return scanned([*code, END], n)


def nested_blocks(n: int) -> Cost:
    code: Code = [BLOCK] * n
    code += [(0x41, 1), (0x0D, n // 2)]
    return scanned(code + [END] * n)


def nested_loops(n: int) -> Cost:
    """Calls and local uses at every depth."""
    code: Code = []
    for _ in range(n):
        code += [LOOP, (0x10, 0), (0x20, 0), DROP]
    return scanned(code + [END] * n, 1)


def br_table_arms(n: int) -> Cost:
    labels = tuple(i % 3 for i in range(n))
    return scanned([BLOCK, BLOCK, (0x41, 0), (0x0E, labels, 0), END, END])


def br_table_labels(n: int) -> Cost:
    """Every arm another label."""
    code: Code = [BLOCK] * n
    code += [(0x41, 0), (0x0E, tuple(range(n)), 0)]
    return scanned(code + [END] * n)


def many_slots(n: int) -> Cost:
    """Calls of n functions from one body."""
    module = RawModule(types=[((), ())], funcs=[0] * n)
    code: Code = [(0x10, i) for i in range(n)]
    module.bodies = [Body([], [*code, END])] + [Body([], [END]) for _ in range(n - 1)]
    return measured(encode(module))


def wide_blocks(n: int) -> Cost:
    """Blocks with a thousand parameters, one after the other."""
    code: Code = [(0x41, 0)] * 1000 + [(0x02, 1), NOP, END] * n + [DROP] * 1000
    return scanned(code, wide=1000)


def writes_in_sequence(n: int) -> Cost:
    """Writes at the outermost level before many blocks: no block looks at them."""
    code: Code = []
    for x in range(n):
        code += [(0x41, 1), (0x21, x)]
    return scanned(code + [BLOCK, END] * n, n)


BOMBS: dict[str, tuple[Callable[[int], Cost], int]] = {
    "gets": (gets, 35_000),
    "constants": (constants, 100_000),
    "locals and blocks": (locals_and_blocks, 25_000),
    "nested blocks": (nested_blocks, 10_000),
    "nested loops": (nested_loops, 5_000),
    "br_table arms": (br_table_arms, 100_000),
    "br_table labels": (br_table_labels, 5_000),
    "slots": (many_slots, 10_000),
    "wide blocks": (wide_blocks, 200),
    "writes before blocks": (writes_in_sequence, 25_000),
}


@pytest.mark.parametrize("name", BOMBS)
def test_work_is_linear(name: str) -> None:
    bomb, n = BOMBS[name]
    once, twice = bomb(n), bomb(2 * n)
    assert once.work >= n
    assert twice.work / once.work <= GROWTH
    assert twice.first / twice.work <= RESTARTS


def test_counters_are_wide_enough() -> None:
    found = gets(70_000)
    assert found.summary["max_depth"] == 70_000
    assert found.summary["local_weight"] == (70_000,)
    assert found.summary["n_instr"] == 140_001


def test_nested_blocks_keep_their_labels() -> None:
    n = 10_000
    branches = nested_blocks(n).summary["label_branches"]
    assert len(branches) == n
    # br_if n // 2 from inside names the block that has n // 2 blocks within it.
    assert [k for k, count in enumerate(branches) if count] == [n - 1 - n // 2]
