"""``lbtool asm``: text and JSON agree, functions are found, errors are typed.

That every instruction and every byte is explained is checked in ``tests/golden``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.helpers import EXAMPLES, lbtool, output, write_module
from tests.data import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIB = EXAMPLES / "fib.wat"
DOT = EXAMPLES / "dot.wat"
MIXED = """(module
  (import "env" "f" (func $imported (param i64) (result f64)))
  (memory 1) (global $g (mut i32) (i32.const 0)) (table $tab 2 funcref)
  (type $t (func (param i32)))
  (func $many (export "a name") (export "2") (param $x i32) (param f64) (result f64)
    (local $y i64)
    (block $a (block $b (block $c (block $d (block $e
      (br_table $a $b $c $d $e $a (local.get $x)))))
      (global.set $g (i32.load8_u offset=3 (local.get $x)))))
    (local.set $y (i64.extend_i32_s (local.get $x)))
    (call_indirect $tab (type $t) (local.get $x) (i32.const 1))
    (if (f64.lt (local.get 1) (f64.const 2.5)) (then unreachable (drop (i32.const 1))))
    (f64.add (call $imported (local.get $y)) (f64.const 0.1))))"""


def asm(*arguments: object) -> dict[str, Any]:
    words = [str(each) for each in arguments]
    made: dict[str, Any] = json.loads(output(lbtool("asm", *words, "--format", "json")))
    assert made["schema"] == 1
    return made


def code(function: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Machine instructions, the prologue's first."""
    for part in function["prologue"]:
        yield from part["code"]
    for each in function["instructions"]:
        for part in each["parts"]:
            yield from part["code"]


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    return write_module(tmp_path, MIXED)


def test_json_and_text_show_the_same(mixed: Path) -> None:
    (function,) = asm(mixed)["functions"]
    text = output(lbtool("asm", mixed))
    totals = function["totals"]
    assert f"{totals['bytes']} bytes, {totals['instructions']} instructions" in text
    shown = list(code(function))
    assert len(shown) == totals["instructions"]
    for one in shown:
        assert f"{one['offset']:x}  {one['bytes']}" in text
        assert one["text"] in text
    for each in function["instructions"]:
        assert each["wasm"] in text
        assert each["reason"] is None or f"- {each['reason']}" in text
        assert all(note in text for note in each["notes"])
    for datum in function["data"]:
        assert f"{datum['offset']:x}  {datum['bytes']}" in text


def test_json_holds_all_bytes_of_the_function(mixed: Path) -> None:
    (function,) = asm(mixed)["functions"]
    pieces = [*code(function), *function["data"]]
    pieces.sort(key=lambda each: int(each["offset"]))
    assert len("".join(each["bytes"] for each in pieces)) // 2 == len_of(function)


def len_of(function: dict[str, Any]) -> int:
    size: int = function["totals"]["bytes"]
    return size


def test_what_code_refers_to_has_names(mixed: Path) -> None:
    (function,) = asm(mixed)["functions"]
    text = " | ".join(one["text"] for one in code(function))
    for name in (
        "[r15+stack_limit]",
        "jb trap.stack",
        "[r15+global:$g]",
        "[r15+table:$tab]",
        "[r15+type:$t]",
        "[r15+func:$imported.code]",
        "[rip+targets@6]",
        "[rip+const:0]",
        "jae @16",
    ):
        assert name in text, name
    labels = {
        each["label"]: each["text"] for each in function["data"] if "label" in each
    }
    assert labels["const:0"] == "f64 2.5"
    assert labels["targets@6"].startswith("-> @")
    starts = {
        f"@{each['ordinal']}": part["start"]
        for each in function["instructions"]
        for part in each["parts"][:1]
    }
    for one in code(function):
        word, _, label = one["text"].partition(" ")
        if word.startswith("j") and label in starts:
            assert one["target"] == starts[label]


def test_att_syntax_has_the_same_names(mixed: Path) -> None:
    text = output(lbtool("asm", mixed, "--syntax", "att"))
    for name in ("stack_limit(%r15), %rsp", "global:$g(%r15)", "targets@6(%rip), %r11"):
        assert name in text, name


def test_text_modules_have_lines_binaries_have_offsets(tmp_path: Path) -> None:
    (function,) = asm(FIB)["functions"]
    first = function["instructions"][0]
    line = FIB.read_text().splitlines()[first["line"] - 1]
    assert line[first["column"] - 1 :].startswith(first["wasm"])
    path = write_module(tmp_path, FIB.read_text())
    (function,) = asm(path)["functions"]
    assert path.read_bytes()[function["instructions"][0]["offset"]] == 0x41
    assert "line" not in function["instructions"][0]


@pytest.mark.parametrize("name", ["many", "$many", "a name", "1", "2"])
def test_functions_are_found_by_name_export_and_index(mixed: Path, name: str) -> None:
    (function,) = asm(mixed, "--func", name)["functions"]
    assert (function["index"], function["name"]) == (1, "many")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("0", "imported"),
        ("imported", "imported"),
        ("3", "no function"),
        ("nobody", "no function"),
        ("mani", "did you mean many"),
        ("-1", "no function"),
    ],
)
def test_functions_that_are_not_there(mixed: Path, name: str, message: str) -> None:
    done = lbtool("asm", mixed, f"--func={name}")
    assert done.returncode == 2
    assert not done.stdout
    assert message in done.stderr.decode()


def test_an_ambiguous_name_lists_the_indices(tmp_path: Path) -> None:
    text = '(module (func $f) (func) (func (export "f")))'
    path = write_module(tmp_path, text)
    done = lbtool("asm", path, "--func", "f")
    assert done.returncode == 2
    assert b"2 functions are called 'f'" in done.stderr
    assert b"give an index: 0, 2" in done.stderr
    assert asm(path, "--func", "2")["functions"][0]["index"] == 2


def test_options_reach_the_compiler(mixed: Path) -> None:
    guard, explicit = (asm(mixed, "--bounds", each) for each in ("guard", "explicit"))
    assert len_of(guard["functions"][0]) < len_of(explicit["functions"][0])
    assert (guard["target"]["bounds"], guard["target"]["wasm"]) == ("guard", "2.0")
    assert asm(mixed, "--cpu", "baseline")["target"]["features"] == []
    done = lbtool("asm", mixed, "--wasm", "1.0")
    assert (done.returncode, done.stdout) == (0, lbtool("asm", mixed).stdout)


def test_microwasm_is_a_column(mixed: Path) -> None:
    plain, more = (output(lbtool("asm", mixed, *a)) for a in ((), ("--microwasm",)))
    (function,) = asm(mixed)["functions"]
    operations = [op for each in function["instructions"] for op in each["microwasm"]]
    assert "pick 0" in operations
    assert all(op in more for op in operations)
    assert "pick 0" not in plain
    assert "microwasm" in more.splitlines()[2]


def test_an_unsupported_function_does_not_hide_the_others() -> None:
    done = lbtool("asm", DOT)
    assert done.returncode == 1
    assert b"error[E0300]" in done.stderr
    assert b"dot.wat:31:" in done.stderr
    lines = done.stdout.decode().splitlines()
    assert lines[0].startswith("func 0 $fill")
    assert lines[-2:] == [
        "func 1 dot",
        "no code: unsupported: simd is not compiled yet",
    ]


def test_an_unsupported_function_in_json() -> None:
    done = lbtool("asm", DOT, "--format", "json")
    assert done.returncode == 1
    first, second = json.loads(done.stdout)["functions"]
    assert first["totals"]["instructions"] > 10
    assert (second["name"], second["errors"][0]["code"]) == ("dot", "E0300")


def test_an_invalid_function_does_not_hide_the_others(tmp_path: Path) -> None:
    path = write_module(tmp_path, "(module (func (result i32)) (func nop))")
    done = lbtool("asm", path)
    assert done.returncode == 1
    assert b"error[E0210]" in done.stderr
    assert b"func 1\n" in done.stdout


def test_colours_only_where_they_are_wanted(mixed: Path) -> None:
    plain = lbtool("asm", mixed).stdout
    assert b"\x1b" not in plain
    coloured = lbtool("asm", mixed, env={"FORCE_COLOR": "1"}).stdout.decode()
    assert "\x1b[" in coloured
    bare = "".join(part.partition("m")[2] for part in ("m" + coloured).split("\x1b["))
    assert bare == plain.decode()


def test_names_cannot_drive_the_terminal(tmp_path: Path) -> None:
    path = write_module(tmp_path, '(module (func (export "\\1b[2J\\u{202e}")))')
    for flags in ((), ("--format", "json")):
        shown = output(lbtool("asm", path, *flags))
        assert "\x1b" not in shown
        assert "\u202e" not in shown


def test_a_module_without_functions(tmp_path: Path) -> None:
    path = write_module(tmp_path, "(module)")
    assert not output(lbtool("asm", path))
    assert asm(path)["functions"] == []


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
    executed = [
        (one, calls)
        for part in function["prologue"]
        if "out_of_line" not in part
        for one in part["code"]
    ]
    for each in function["instructions"]:
        times = calls
        if branch < each["ordinal"] <= loop:
            times = loops
        elif loop < each["ordinal"] <= back:
            # Every call but the first is made by one round of the loop.
            times = calls - 1
        executed += [(one, times) for part in each["parts"] for one in part["code"]]
    count = sum(times for _, times in executed) / calls
    accesses = sum((one["reads"] + one["writes"]) * n for one, n in executed) / calls
    total = function["totals"]["instructions"]
    row = f"| {total} | {function['totals']['bytes']} | {count:.1f} | {accesses:.1f} |"
    assert row in (ROOT / "README.md").read_text(), row
    assert total <= 26
    assert count <= 24
    assert accesses <= 9
    assert function["totals"]["spills"] == 0
