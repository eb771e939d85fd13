"""Diagnostics with exact places; lenses; the assembly document."""

from __future__ import annotations

import re

import pytest

from lbtool.service.analysis import Analysis
from lbtool.service.assembly import around, assembly
from lbtool.service.lenses import exported, lenses, parameters, size_title
from lbtool.service.options import Options
from tests.service.at_once import diagnostics

FIB = """(module
  (func $fib (export "fib") (param i32) (result i32)
    (if (result i32) (i32.lt_u (local.get 0) (i32.const 2))
      (then (local.get 0))
      (else (i32.add
        (call $fib (i32.sub (local.get 0) (i32.const 1)))
        (call $fib (i32.sub (local.get 0) (i32.const 2)))))))
  (export "again" (func $fib)))
"""


def opened(text: str) -> Analysis:
    return Analysis.open(text, Options())


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("(module (func (result i32) (i64.const 1)))", "E0210", ")"),
        (
            "(module (func (drop (i64.add (i64.const 1) (i32.const 1)))))",
            "E0210",
            "i64.add",
        ),
        ("(module (func (call $no)))", "E0202", "$no"),
        ("(module (func (br 3)))", "E0207", "br 3"),
        ("(module (global i32 (i64.const 1)))", "E0210", "(global i32 (i64.const 1))"),
        ("(module (memory 2 1))", "E0217", "(memory 2 1)"),
        ('(module (func) (export "a" (func 7)))', "E0202", '(export "a" (func 7))'),
        ("(module (func (i32.foo)))", "E0142", "i32.foo"),
        (
            "(module (func (v128.const i64x2 0 0) drop))",
            "E0300",
            "v128.const i64x2 0 0",
        ),
    ],
)
def test_places(text: str, code: str, words: str) -> None:
    (found,) = diagnostics(opened(text))
    assert (found.code, text[found.start : found.end]) == (code, words)


def test_several_functions_are_wrong_at_once() -> None:
    text = "(module (func (i32.add)) (func) (func (local.get 0)) (memory 2 1))"
    found = diagnostics(opened(text))
    places = {text[each.start : each.end] for each in found}
    assert places >= {"i32.add", "local.get 0", "(memory 2 1)"}


def test_unsupported_is_information() -> None:
    (found,) = diagnostics(opened("(module (func (v128.const i64x2 0 0) drop))"))
    assert found.severity == "information"


def test_a_valid_module_has_none() -> None:
    assert diagnostics(opened(FIB)) == []


def test_lenses() -> None:
    analysis = opened(FIB)
    found = list(lenses(analysis, range(10)))
    assert [(each.kind, each.export) for each in found] == [
        ("size", ""),
        ("run", "fib"),
        ("run", "again"),
    ]
    assert list(lenses(analysis, range(1, 10))) == []
    assert parameters(analysis.function(0)) == ("i32",)
    for name in ("fib", "again"):
        function = exported(analysis, name)
        assert function is not None
        assert function.funcidx == 0
    assert exported(analysis, "nothing") is None
    for each in found[:2]:
        assert FIB[each.start : each.end] == "(func"
    assert FIB[found[2].start :].startswith('(export "again"')
    made = analysis.function(0).listing()
    assert made is not None
    title = size_title(analysis.function(0))
    assert title.startswith(f"{len(made.code)} bytes · {made.n_instructions} instr")
    assert re.search(r" · compiled in [1-9]\d* µs$", title)


def test_lenses_of_stale_and_unsupported_functions() -> None:
    analysis = opened(FIB)
    size_title(analysis.function(0))
    at = FIB.index("i32.add")
    broken = analysis.edit(at, at + 7, "i64.add")
    assert size_title(broken.function(0)).startswith("stale: ")
    simd = opened("(module (func (v128.const i64x2 0 0) drop) (func (i32.add)))")
    assert size_title(simd.function(0)) == "not compiled yet"
    assert size_title(simd.function(1)) == "no code: not valid"


def test_assembly_lines_know_their_source() -> None:
    analysis = opened(FIB)
    made = assembly(analysis, around(analysis, 0))
    lines = made.text.split("\n")
    adds = [each for each in made.lines if FIB[each.start : each.end] == "i32.add"]
    assert adds
    assert any(" add " in lines[each.line] for each in adds)
    assert not any(each.stale for each in made.lines)
    function = analysis.function(0)
    spans = {function.span(k) for k in range(len(function.field.code or ()))}
    assert {(each.start, each.end) for each in made.lines} == spans


def test_assembly_after_an_edit() -> None:
    analysis = opened(FIB)
    before = assembly(analysis, around(analysis, 0))
    commented = analysis.edit(0, 0, ";; a comment\n")
    moved = assembly(commented, around(commented, 0))
    assert moved.text == before.text
    assert moved.lines[0].start == before.lines[0].start + len(";; a comment\n")
    at = FIB.index("i32.add")
    wrong = analysis.edit(at, at + 7, "i64.add")
    broken = assembly(wrong, around(wrong, 0))
    assert broken.text.startswith("; stale")
    assert all(each.stale for each in broken.lines)
