"""Lines of assembly and the instructions they come from, both ways."""

from __future__ import annotations

from lbtool.service.analysis import Analysis
from lbtool.service.assembly import MOST, around, assembly
from lbtool.service.linked import linked_from, linked_to
from lbtool.service.options import Options

TEXT = """\
(module
  (import "m" "f" (func))
  (func (param i32) (result i32)
    (i32.add (local.get 0) (i32.const 7)))
  (func $div (param i32 i32) (result i32)
    local.get 0
    local.get 1
    i32.div_s)
  (func (result i32) (i64.const 1)))
"""


def test_each_line_leads_to_its_instruction_and_back() -> None:
    analysis = Analysis.open(TEXT, Options())
    shown = around(analysis, 0)
    made = assembly(analysis, shown)
    of = {each.line: (each.start, each.end) for each in made.lines}
    assert of
    for number in range(made.text.count("\n") + 2):
        found = linked_from(analysis, shown, number)
        if number not in of:
            assert found is None
            continue
        assert found is not None
        assert (found.start, found.end) == of[number]
        assert number in found.lines
        assert [of[each] for each in found.lines] == [of[number]] * len(found.lines)
        assert linked_to(analysis, shown, found.start) == found


def test_division_has_several_lines() -> None:
    analysis = Analysis.open(TEXT, Options())
    shown = around(analysis, 0)
    found = linked_to(analysis, shown, TEXT.index("div_s"))
    assert found is not None
    assert TEXT[found.start : found.end] == "i32.div_s"
    lines = assembly(analysis, shown).text.split("\n")
    assert any("idiv" in lines[number] for number in found.lines)


def test_before_an_instruction_is_on_it() -> None:
    analysis = Analysis.open(TEXT, Options())
    shown = around(analysis, 0)
    on = linked_to(analysis, shown, TEXT.index("i32.add"))
    assert on is not None
    assert linked_to(analysis, shown, TEXT.index("(i32.add") - 3) == on


def test_elsewhere_is_nothing() -> None:
    analysis = Analysis.open(TEXT, Options())
    shown = around(analysis, 0)
    for place in (0, TEXT.index('"m"'), TEXT.index("param"), len(TEXT)):
        assert linked_to(analysis, shown, place) is None
    assert linked_from(analysis, shown, -1) is None
    assert linked_from(analysis, shown, 10_000) is None


def test_functions_without_code_have_no_lines_of_it() -> None:
    analysis = Analysis.open(TEXT, Options())
    shown = around(analysis, 0)
    assert linked_to(analysis, shown, TEXT.index("i64.const")) is None


def test_large_texts_show_what_is_around_a_function() -> None:
    count = 3 * MOST
    analysis = Analysis.open(f"(module {'(func nop)' * count})", Options())
    middle = around(analysis, count // 2)
    assert count // 2 in middle
    assert MOST // 4 < len(middle) < MOST
    made = assembly(analysis, middle)
    assert made.text.startswith(f"func {middle.start}\n")
    last = made.text.split("\n")[-1]
    assert f"functions {middle.start} to {middle.stop - 1} of {count}" in last
    place = analysis.function(count // 2).start + len("(func ")
    found = linked_to(analysis, middle, place)
    assert found is not None
    assert linked_from(analysis, middle, found.lines[0]) == found
    assert linked_to(analysis, around(analysis, 0), place) is None
    assert around(analysis, count + 7).stop == count
    assert around(Analysis.open("(module)", Options()), 0) == range(0)
