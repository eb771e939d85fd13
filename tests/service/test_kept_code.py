"""How much a text of many functions holds on to: what was asked for lately."""

from __future__ import annotations

import tracemalloc

from lbtool.service import kept_code
from lbtool.service.analysis import Analysis
from lbtool.service.kept_code import KeptCode
from lbtool.service.kept_findings import KeptFindings
from lbtool.service.options import Options


def module(functions: int) -> str:
    made = (f" (func $f{i} (result i32) i32.const {i})\n" for i in range(functions))
    return f"(module\n{''.join(made)})"


def bytes_of_checking(functions: int) -> int:
    """Memory that findings leave behind."""
    analysis = Analysis.open(module(functions), Options())
    assert analysis.around is not None
    tracemalloc.start()
    try:
        findings = KeptFindings(analysis)
        for _ in findings.steps():
            pass
        assert not findings.all()
        return tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()


def test_checking_twice_as_many_functions_takes_twice_as_much() -> None:
    assert bytes_of_checking(1600) < 2.5 * bytes_of_checking(800)


def test_code_of_renamed_functions_is_forgotten() -> None:
    analysis = Analysis.open(module(3), Options())
    analysis.kept = KeptCode(most=20)
    for number in range(100):
        at = analysis.document.text.index("$f1") + 3
        analysis = analysis.edit(at, at, str(number % 10))
        assert analysis.function(1).listing() is not None
    assert analysis.kept.size <= 20
    assert len(analysis.kept) <= 10


def test_what_is_forgotten_is_made_again() -> None:
    analysis = Analysis.open(module(8), Options())
    analysis.kept = KeptCode(most=6)
    first = analysis.function(0).listing()
    assert first is not None
    for each in analysis.functions():
        assert each.listing() is not None
    assert analysis.function(0).code.listing is None
    again = analysis.function(0).listing()
    assert again is not None
    assert again.code == first.code


def test_a_function_that_is_used_is_kept() -> None:
    analysis = Analysis.open(module(8), Options())
    analysis.kept = KeptCode(most=6)
    first = analysis.function(0).listing()
    for each in analysis.functions():
        each.listing()
        assert analysis.function(0).listing() is first


def test_one_function_is_kept_however_large_it_is() -> None:
    text = f"(module (func $f {'nop ' * kept_code.MOST}))"
    analysis = Analysis.open(text, Options())
    first = analysis.function(0).listing()
    assert first is not None
    assert analysis.function(0).listing() is first


def test_code_of_another_function_is_not_that_of_this_one() -> None:
    """By index: a function that comes before shifts those without names."""
    text = "(module (func (result i32) i32.const 1) (func (result i32) i32.const 2))"
    analysis = Analysis.open(text, Options())
    for each in analysis.functions():
        each.listing()
    at = text.index("(func")
    analysis = analysis.edit(at, at, "(func (result i32) i32.con")
    broken = analysis.function(0)
    assert broken.state == "broken"
    assert broken.listing() is None
