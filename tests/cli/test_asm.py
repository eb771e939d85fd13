"""``lbtool asm``: complete, equal to what runs, the same as text and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from lbtool.cli.listing import Listing, listing
from lbtool.compiler.compile import compile_function
from lbtool.compiler.explain import Reason
from lbtool.compiler.target import Target
from lbtool.errors import UnsupportedError
from lbtool.wasm import decode, read
from lbtool.wasm.instructions import instructions, local_decls
from tests.cli.helpers import EXAMPLES, lbtool, output, write_module
from tests.data import ROOT

if TYPE_CHECKING:
    from pathlib import Path

FIB = EXAMPLES / "fib.wat"
MIXED = """(module
  (import "env" "f" (func $imported (param i64) (result f64)))
  (memory 1) (global $g (mut i32) (i32.const 0)) (table 2 funcref)
  (type $t (func (param i32)))
  (func $many (export "a name") (param $x i32) (param f64) (result f64)
    (local $y i64)
    (block $a (block $b (block $c (block $d (block $e
      (br_table $a $b $c $d $e $a (local.get $x)))))
      (global.set $g (i32.load8_u offset=3 (local.get $x)))))
    (local.set $y (i64.extend_i32_s (local.get $x)))
    (call_indirect (type $t) (local.get $x) (i32.const 1))
    (if (f64.lt (local.get 1) (f64.const 2.5)) (then unreachable (drop (i32.const 1))))
    (f64.add (call $imported (local.get $y)) (f64.const 0.1))))"""


def listings(path: Path) -> list[Listing]:
    module = decode(read(path))
    defined = range(module.n_imported_funcs, len(module.func_types))
    return [listing(module, funcidx, Target()) for funcidx in defined]


def check_complete(made: Listing) -> int:
    """Number of wasm instructions of a listing in which nothing is missing."""
    module, each = made.module, made.explanation
    start, end = module.bodies[made.funcidx - module.n_imported_funcs]
    _, first = local_decls(module.data, start, end)
    expected = [(o, at) for o, at, _, _ in instructions(module.data, first, end)]
    assert [(x.explanation.ordinal, x.offset) for x in made.lines] == expected
    # Every byte of the code belongs to exactly one thing.
    parts = [each.prologue, *each.data]
    parts += [each.overflow] if each.overflow else []
    parts += [part for line in made.lines for part in line.ranges]
    covered = sorted(part for part in parts if part[0] != part[1])
    assert [at for at, _ in covered] == [0, *(stop for _, stop in covered[:-1])]
    assert covered[-1][1] == len(made.code)
    for line in made.lines:
        # Code or a reason, never neither.
        assert bool(line.explanation.ranges) is (line.explanation.reason is None)
    # No instruction is cut, and none is rubbish.
    shown = [
        *made.prologue,
        *made.overflow,
        *(one for x in made.lines for p in x.code for one in p),
    ]
    assert not [one for one in shown if one.instruction.text == "(bad)"]
    # Explaining changed nothing.
    again = compile_function(module, made.funcidx, Target())
    assert again.artifact.code == made.code
    return len(expected)


@pytest.mark.parametrize("name", ["fib.wat", "hello.wat", "sha256.wasm"])
def test_examples_are_explained_completely(name: str) -> None:
    assert sum(check_complete(made) for made in listings(EXAMPLES / name)) > 25


def test_every_construct_is_explained_completely(tmp_path: Path) -> None:
    (made,) = listings(write_module(tmp_path, MIXED))
    check_complete(made)
    reasons = {line.explanation.reason for line in made.lines}
    assert {None, Reason.UNREACHABLE, Reason.IMMEDIATE, Reason.STRUCTURE} <= reasons
    refers = [one.refers for x in made.lines for p in x.code for one in p if one.refers]
    assert "cell of global $g" in refers
    assert any("func $imported" in each for each in refers)
    assert any("type $t" in each for each in refers)


def test_corpus_is_explained_completely(corpus: Path) -> None:
    modules = refused = count = 0
    for folder in ("micro", "kernels", "programs"):
        for path in sorted((corpus / folder).glob("*.wasm")):
            try:
                count += sum(check_complete(made) for made in listings(path))
                modules += 1
            except UnsupportedError:
                refused += 1
    # Two kernels use SIMD.
    assert (modules, refused) == (25, 2)
    assert count > 50_000


def asm(*arguments: object) -> dict[str, Any]:
    words = [str(each) for each in arguments]
    made: dict[str, Any] = json.loads(output(lbtool("asm", *words, "--format", "json")))
    assert made["schema"] == 1
    return made


def test_json_and_text_show_the_same(tmp_path: Path) -> None:
    path = write_module(tmp_path, MIXED)
    (function,) = asm(path)["functions"]
    text = output(lbtool("asm", path))
    totals = function["totals"]
    assert f"{totals['wasm_bytes']} bytes of wasm, {totals['bytes']} bytes in" in text
    shown = [*function["prologue"], *function["overflow"]]
    for each in function["instructions"]:
        assert each["wasm"] in text
        shown += [one for part in each["code"] for one in part]
    assert len(shown) == totals["instructions"]
    for one in shown:
        assert f"{one['bytes']:<24}{one['text']}" in text
    assert text.count("out of line") >= 3


def test_text_modules_have_lines_binaries_have_offsets(tmp_path: Path) -> None:
    (function,) = asm(FIB)["functions"]
    first = function["instructions"][0]
    line = FIB.read_text().splitlines()[first["line"] - 1]
    assert line[first["column"] - 1 :].startswith(first["wasm"])
    path = write_module(tmp_path, FIB.read_text())
    (function,) = asm(path)["functions"]
    assert path.read_bytes()[function["instructions"][0]["offset"]] == 0x41


@pytest.mark.parametrize("name", ["many", "$many", "a name", "1"])
def test_functions_are_found_by_name_export_and_index(
    tmp_path: Path, name: str
) -> None:
    (function,) = asm(write_module(tmp_path, MIXED), "--func", name)["functions"]
    assert (function["index"], function["name"]) == (1, "many")


@pytest.mark.parametrize("name", ["0", "2", "imported", "nobody", "-1"])
def test_functions_that_are_not_there(tmp_path: Path, name: str) -> None:
    path = write_module(tmp_path, MIXED)
    done = lbtool("asm", path, f"--func={name}")
    assert done.returncode == 2
    assert not done.stdout


def test_options_reach_the_compiler(tmp_path: Path) -> None:
    path = write_module(tmp_path, MIXED)
    guard, explicit = (asm(path, "--bounds", each) for each in ("guard", "explicit"))
    totals = [made["functions"][0]["totals"]["bytes"] for made in (guard, explicit)]
    assert totals[0] < totals[1]
    assert "(%r15), %rsp" in output(lbtool("asm", path, "--syntax", "att"))
    assert "~ pick 0" in output(lbtool("asm", path, "--microwasm"))


def test_unsupported_is_1_with_a_place() -> None:
    done = lbtool("asm", EXAMPLES / "dot.wat")
    assert done.returncode == 1
    assert b"error[E0300]" in done.stderr
    assert b"dot.wat:" in done.stderr


def fib_calls(n: int) -> tuple[int, int]:
    """Calls that the README's fib makes in all, and how many of them reach the loop."""
    calls = loops = 0
    waiting = [n]
    while waiting:
        each = waiting.pop()
        calls += 1
        loops += each >= 2
        while each >= 2:
            waiting.append(each - 1)
            each -= 2
    return calls, loops


def test_the_readme_fib() -> None:
    """What README.md says of its fib, per call, the stack check included.

    The goal is at most 26 instructions, of which a call executes at most 24, with 9
    memory accesses, pushes, calls and returns counted.
    """
    (function,) = asm(FIB)["functions"]
    calls, loops = fib_calls(20)
    words = [each["wasm"].split()[0] for each in function["instructions"]]
    branch, loop = words.index("br_if"), words.index("loop")
    back = words.index("br_if", loop)
    executed = [(one, calls) for one in function["prologue"]]
    for each in function["instructions"]:
        times = calls
        if branch < each["ordinal"] <= loop:
            times = loops
        elif loop < each["ordinal"] <= back:
            # Every call but the first is made by one round of the loop.
            times = calls - 1
        executed += [(one, times) for part in each["code"] for one in part]
    count = sum(times for _, times in executed) / calls
    accesses = sum((one["reads"] + one["writes"]) * n for one, n in executed) / calls
    total = function["totals"]["instructions"]
    row = f"| {total} | {function['totals']['bytes']} | {count:.1f} | {accesses:.1f} |"
    assert row in (ROOT / "README.md").read_text(), row
    assert total <= 26
    assert count <= 24
    assert accesses <= 9
    assert function["totals"]["spills"] == 0
