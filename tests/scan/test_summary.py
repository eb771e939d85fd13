"""The summary against its definition, on real modules, and its corner cases by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from lbtool.wasm import decode
from tests.data import SPEC_TESTSUITE, require
from tests.scan import reference
from tests.scan.scanning import corpus_modules, scan_all, scan_one
from tests.wasm.suites import cases

if TYPE_CHECKING:
    from pathlib import Path

SPEC_FUNCTIONS = 5000


def disagreements(name: str, data: bytes) -> tuple[int, list[str]]:
    module = decode(data)
    wrong, n = [], 0
    for found in scan_all(module):
        n += 1
        for field, want in reference.summary(module, found.funcidx).items():
            have = found.summary[field]
            if isinstance(want, list):
                have = list(have)
            if have != want:
                wrong.append(f"{name} {found.funcidx} {field}: {have} != {want}")
    return n, wrong


def test_corpus(corpus: Path) -> None:
    for name, data in corpus_modules(corpus):
        assert disagreements(name, data)[1] == []


def test_suite() -> None:
    total = 0
    for case in cases(require(SPEC_TESTSUITE, SPEC_FUNCTIONS), "2.0"):
        data = case.binary() if case.kind == "module" else None
        if data is not None:
            n, wrong = disagreements(case.label, data)
            assert wrong == []
            total += n
    assert total >= SPEC_FUNCTIONS


def facts(body: str, *, fields: str = "", head: str = "") -> dict[str, Any]:
    return scan_one(f"(module {fields} (func {head} {body}))").summary


def test_weights_grow_with_loops_up_to_a_thousand() -> None:
    body = "(drop (local.get 0))"
    for _ in range(5):
        body = f"(drop (local.get 0)) (loop {body})"
    found = facts(body, head="(param i32)")
    assert found["local_weight"] == (1 + 10 + 100 + 1000 + 1000 + 1000,)


def test_a_write_weighs_two() -> None:
    body = "(local.set 0 (i32.const 1)) (drop (local.tee 0 (i32.const 1)))"
    assert facts(body, head="(param i32)")["local_weight"] == (4,)


def test_writes_are_first_and_last() -> None:
    body = "(local.set 0 (i32.const 1)) nop (local.set 0 (i32.const 2))"
    found = facts(body, head="(local i32)")
    assert found["local_first_write"] == (1,)
    assert found["local_last_write"] == (4,)


def test_a_use_in_loops_lasts_to_the_end_of_the_outermost() -> None:
    # 0 loop, 1 loop, 2 local.get, 3 drop, 4 end, 5 nop, 6 end, 7 end
    body = "(loop (loop (drop (local.get 0))) nop)"
    assert facts(body, head="(param i32)")["local_last_use"] == (6,)


def test_a_use_after_a_loop_counts_itself() -> None:
    body = "(loop (drop (local.get 0))) (drop (local.get 0))"
    assert facts(body, head="(param i32)")["local_last_use"] == (4,)


@pytest.mark.parametrize(
    ("body", "zero"),
    [
        ("(local.set 0 (i32.const 1)) (drop (local.get 0))", 0),
        ("(drop (local.tee 0 (i32.const 1))) (drop (local.get 0))", 0),
        ("(drop (local.get 0)) (local.set 0 (i32.const 1))", 1),
        ("(block (local.set 0 (i32.const 1))) (drop (local.get 0))", 1),
        ("(block (local.set 0 (i32.const 1)) (drop (local.get 0)))", 0),
        ("(local.set 0 (i32.const 1)) (loop (drop (local.get 0)) (br 0))", 0),
        ("(loop (local.set 0 (i32.const 1)) (drop (local.get 0)) (br 0))", 0),
        (
            (
                "(if (i32.const 1) (then (local.set 0 (i32.const 1)))"
                " (else (drop (local.get 0))))"
            ),
            1,
        ),
        (
            (
                "(if (i32.const 1) (then (local.set 0 (i32.const 1)))"
                " (else (local.set 0 (i32.const 1)))) (drop (local.get 0))"
            ),
            1,
        ),
        ("(return) (drop (local.get 0))", 0),
        ("nop", 0),
    ],
)
def test_needs_zero(body: str, zero: int) -> None:
    assert facts(body, head="(local i32)")["local_needs_zero"] == bytes([zero])


def test_parameters_never_need_zero() -> None:
    found = facts("(drop (local.get 0))", head="(param i32)")
    assert found["local_needs_zero"] == b"\0"


def test_branches_count_per_label_and_arm() -> None:
    body = "(block (block (br_table 0 1 0 2 (i32.const 0)) (br 0)))"
    # Arms 0, 0 name the inner block, 1 the outer, 2 the function; the br is dead.
    assert facts(body)["label_branches"] == (1, 2)


def test_dead_code_takes_numbers_and_counts_nothing() -> None:
    body = """(return) (block (br 0)) (loop (call $f) (br 0))
              (drop (local.get 0))"""
    found = facts(body, head="(local i32)", fields='(import "m" "f" (func $f))')
    assert found["label_branches"] == (0, 0)
    assert found["loop_calls"] == (0,)
    assert found["n_calls"] == 0
    assert found["local_weight"] == (0,)
    assert found["local_last_use"] == (-1,)


def test_calls_in_loops_include_nested_ones() -> None:
    body = "(call $f) (loop (call $f) (loop (call $f)) (loop)) (loop (call $f))"
    found = facts(body, fields='(import "m" "f" (func $f))')
    assert found["loop_calls"] == (2, 1, 0, 1)
    assert found["n_calls"] == 4


def test_library_calls_count_as_calls() -> None:
    body = """(drop (memory.grow (i32.const 1))) (drop (memory.size))
        (memory.fill (i32.const 0) (i32.const 0) (i32.const 0))
        (memory.copy (i32.const 0) (i32.const 0) (i32.const 0))
        (drop (table.get 0 (i32.const 0))) (drop (table.size 0))
        (drop (table.grow 0 (ref.null func) (i32.const 0)))"""
    assert facts(body, fields="(memory 1) (table 1 funcref)")["n_calls"] == 4


def test_depth_ignores_dead_code() -> None:
    dead = "(i32.const 1) " * 5 + "drop " * 5
    assert facts(f"(drop (i32.const 1)) (return) {dead}")["max_depth"] == 1


def test_memory0_is_registered_by_accesses() -> None:
    assert facts("nop", fields="(memory 1)")["memory0_slot"] == -1
    fields = "(memory 1) (global $g (mut i32) (i32.const 0))"
    body = "(global.set $g (i32.load (i32.const 0)))"
    assert facts(body, fields=fields)["memory0_slot"] == 0
    body = "(drop (global.get $g)) (i32.store (i32.const 0) (i32.const 0))"
    assert facts(body, fields=fields)["memory0_slot"] == 1
    body = "(drop (global.get $g)) (drop (memory.size))"
    assert facts(body, fields=fields)["memory0_slot"] == 1
