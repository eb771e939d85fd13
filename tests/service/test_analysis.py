"""Snapshots of a document: what is shared, what breaks, what is kept."""

from __future__ import annotations

from lbtool.service.analysis import Analysis
from lbtool.service.options import Options

TWO = """(module
  (memory 1)
  (func $twice (export "twice") (param $n i32) (result i32)
    (i32.add (local.get $n) (local.get $n)))
  (func $load (param i32) (result i32)
    local.get 0
    i32.load offset=4))
"""


def opened(text: str = TWO) -> Analysis:
    return Analysis.open(text, Options())


def edited(analysis: Analysis, old: str, new: str) -> Analysis:
    at = analysis.document.text.index(old)
    return analysis.edit(at, at + len(old), new)


def code(analysis: Analysis, funcidx: int) -> bytes:
    made = analysis.function(funcidx).listing()
    assert made is not None
    return made.code


def test_an_edit_costs_the_function_it_is_in() -> None:
    before = opened()
    first = [each.listing() for each in before.functions()]
    after = edited(before, "i32.add", "i32.mul")
    assert after.around is before.around
    again = [each.listing() for each in after.functions()]
    assert again[0] is not first[0]
    assert again[1] is first[1]
    assert code(after, 0) == code(opened(after.document.text), 0)


def test_a_new_definition_makes_everything_anew() -> None:
    before = opened()
    after = edited(before, "(memory 1)", "(memory 1) (global $g i32 (i32.const 0))")
    assert after.around is not before.around
    assert code(after, 1) == code(before, 1)


def test_the_type_of_a_function_is_not_its_body() -> None:
    before = opened()
    after = edited(before, "(param $n i32)", "(param $n i32) (param i32)")
    assert after.around is not before.around
    assert after.function(0).state == "fresh"


def test_a_broken_function_keeps_its_last_good_code() -> None:
    before = opened()
    good = code(before, 0)
    after = edited(before, "i32.add (local.get $n)", "i64.add (local.get $n)")
    assert [each.state for each in after.functions()] == ["stale", "fresh"]
    assert code(after, 0) == good
    half = edited(before, "(i32.add (local.get $n) (local.get $n))", "(i32.add (local")
    assert half.function(0).state == "stale"
    assert half.function(1).state == "fresh"


def test_a_function_that_was_never_good_has_no_code() -> None:
    analysis = opened("(module (func (i32.add)) (func))")
    states = [each.state for each in analysis.functions()]
    assert states == ["broken", "fresh"]
    assert analysis.function(0).listing() is None


def test_broken_surroundings_leave_the_old_code_to_see() -> None:
    before = opened()
    good = code(before, 1)
    after = edited(before, "(memory 1)", "(memory one)")
    assert after.around is None
    assert after.function(1).state == "stale"
    assert code(after, 1) == good
    assert edited(after, "(memory one)", "(memory 2)").function(1).state == "fresh"


def test_unsupported_functions_are_valid_and_have_no_code() -> None:
    analysis = opened("(module (func (drop (v128.const i64x2 0 0))) (func))")
    states = [each.state for each in analysis.functions()]
    assert states == ["unsupported", "fresh"]


def test_imports_have_no_code() -> None:
    analysis = opened('(module (import "a" "b" (func $f)) (func (call $f)))')
    assert [each.state for each in analysis.functions()] == ["imported", "fresh"]
    assert analysis.function(0).listing() is None


def test_names_come_from_the_text() -> None:
    made = opened(TWO.replace("$n", "$value")).function(0).listing()
    assert made is not None
    assert [line.text for line in made.lines[:2]] == ["local.get $value"] * 2


def test_instructions_are_found_by_their_words() -> None:
    analysis = opened()
    text = analysis.document.text
    expected = {
        text.index("i32.add"): (2, "i32.add"),
        text.rindex("local.get $n") + 11: (1, "local.get $n"),
        text.index("offset=4"): (1, "i32.load offset=4"),
    }
    for at, (ordinal, words) in expected.items():
        function = analysis.function_at(at)
        assert function is not None
        start, end = function.span(ordinal)
        assert start <= at < end
        assert text[start:end] == words
