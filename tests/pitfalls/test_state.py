"""Pitfalls about state: stack depth, lazy references, deferred loads, fixed registers."""

# ruff: noqa: E501 - lines of WebAssembly text
from __future__ import annotations

import pytest

from tests.pitfalls.agreement import MODES, agree, module
from tests.property.modes import settings

MASKS = ("default", *(f"masks-{i}" for i in range(10, 30)))


@pytest.mark.parametrize("n", [1, 5, 7, 12, 30, 100])
def test_06_stack_depth(n: int) -> None:
    """Calls with stack arguments and results, nested, above operand stacks of any depth."""
    kinds = [["i32", "i64", "f64"][i % 3] for i in range(n)]
    signature = f"(param {' '.join(kinds)}) (result {' '.join(kinds)})"
    gets = " ".join(f"(local.get {i})" for i in range(n))
    consts = " ".join(f"({t}.const {i})" for i, t in enumerate(kinds))
    change = " ".join(
        f"({t}.add (local.get {i}) ({t}.const 1))" for i, t in enumerate(kinds)
    )
    drops = "(drop)" * n
    text = module(
        f"(func $f {signature} {change})",
        f"(func $down (param i32 {' '.join(kinds)}) (result {' '.join(kinds)})"
        " (if (i32.eqz (local.get 0))"
        f" (then {' '.join(f'(local.get {i + 1})' for i in range(n))} (return)))"
        f" (call $down (i32.sub (local.get 0) (i32.const 1))"
        f" (call $f {' '.join(f'(local.get {i + 1})' for i in range(n))})))",
        f'(func (export "nested") {signature} {consts}'
        f" (call $f (call $f (call $f {gets}))) (block {drops}) (return))"
        if n == 0
        else f'(func (export "nested") {signature} (call $f (call $f (call $f {gets}))))',
        f'(func (export "above") {signature} {consts} (call $f {gets}) {drops})',
        f'(func (export "twice") {signature} (call $f {gets}) (call $f {consts}) {drops})',
        f'(func (export "down") (param i32) (result {" ".join(kinds)})'
        f" (call $down (local.get 0) {consts}))",
    )
    arguments = [
        0x3FF0000000000000 if t == "f64" else 5 + i for i, t in enumerate(kinds)
    ]
    calls: list[tuple[str, int]] = [("down", 0), ("down", 1), ("down", 20)]
    agree(text, *[(f, *arguments) for f in ("nested", "above", "twice")], *calls)


LAZY = {
    "set": "(local.get 0) (local.set 0 (i32.const 9)) (local.get 0) (i32.sub)",
    "tee": "(local.get 0) (local.tee 0 (i32.const 9)) (i32.sub)",
    "twice": "(local.get 0) (local.get 0) (local.set 0 (i32.const 1)) (i32.mul)",
    "swap": "(local.get 0) (local.get 1) (local.set 0) (local.set 1)"
    " (i32.sub (local.get 0) (local.get 1))",
    "self": "(local.set 0 (local.get 0)) (local.tee 0 (local.tee 0 (local.get 0)))",
    "inc": "(local.get 0) (local.set 0 (i32.add (local.get 0) (i32.const 1)))"
    " (i32.sub (local.get 0))",
    "block": "(local.get 0) (block (local.set 0 (i32.const 3))) (i32.sub (local.get 0))",
    "if": "(local.get 0) (if (local.get 1) (then (local.set 0 (i32.const 3))))"
    " (i32.sub (local.get 0))",
    "loop": "(local.get 0) (loop (local.set 0 (i32.add (local.get 0) (i32.const 1)))"
    " (br_if 0 (i32.lt_s (local.get 0) (i32.const 5)))) (i32.sub (local.get 0))",
    "call": "(local.get 0) (local.set 0 (call $f (local.get 0))) (i32.sub (local.get 0))",
    "args": "(call $g (local.get 0) (local.tee 0 (i32.const 4)) (local.get 0))",
    "flags": "(i32.lt_s (local.get 0) (local.get 1)) (local.set 0 (i32.const 77))"
    " (i32.add (local.get 0))",
    "compare": "(local.set 0 (i32.eqz (local.get 0))) (local.get 0) (local.set 0 (i32.const 5))",
    "alias": "(local.set 1 (local.get 0)) (local.set 0 (i32.const 2)) (local.get 1)",
    "chain": "(local.get 0) (local.set 1 (local.get 0)) (local.set 0 (local.get 1))"
    " (local.set 1 (i32.const 8)) (i32.sub (local.get 0))",
}


@pytest.mark.parametrize("hot", [False, True], ids=["cold", "hot"])
@pytest.mark.parametrize("name", LAZY)
def test_09_lazy_local_reference(name: str, hot: bool) -> None:
    """A reference to a local keeps the value that the local had."""
    body = LAZY[name]
    if hot:
        body = (
            f"(local i32) (local.set 2 (i32.const 3)) (loop (result i32) {body}"
            " (local.set 2 (i32.sub (local.get 2) (i32.const 1)))"
            " (if (param i32) (result i32) (local.get 2) (then (drop) (br 1))))"
        )
    text = module(
        "(func $f (param i32) (result i32) (i32.add (local.get 0) (i32.const 10)))",
        "(func $g (param i32 i32 i32) (result i32) (i32.sub (local.get 0)"
        " (i32.mul (local.get 1) (local.get 2))))",
        f'(func (export "f") (param i32 i32) (result i32) {body})',
    )
    agree(text, *[("f", a, b) for a in (0, 1, 7, 0xFFFFFFFF) for b in (0, 1, 9)])


BETWEEN = {
    "store": "(i32.store (i32.const 16) (i32.const 99))",
    "partial store": "(i32.store8 (i32.const 17) (i32.const 99))",
    "float store": "(f64.store (i32.const 12) (f64.const 3.5))",
    "call": "(call $write)",
    "indirect": "(call_indirect (i32.const 0))",
    "host": "(drop (call $host (i32.const 1)))",
    "grow": "(drop (memory.grow (i32.const 1)))",
    "fill": "(memory.fill (i32.const 10) (i32.const 5) (i32.const 20))",
    "copy": "(memory.copy (i32.const 14) (i32.const 100) (i32.const 8))",
    "init": "(memory.init 1 (i32.const 16) (i32.const 0) (i32.const 4))",
    "block": "(block (i32.store (i32.const 16) (i32.const 98)))",
    "if": "(if (local.get 0) (then (i32.store (i32.const 16) (i32.const 97))))",
    "loop": "(loop (i32.store (i32.const 16) (i32.const 96)) (br_if 0 (i32.const 0)))",
    "branch": "(block (br_if 0 (local.get 0)) (i32.store (i32.const 16) (i32.const 95)))",
    "global.set": "(global.set 0 (i32.const 4))",
    "table.set": "(table.set (i32.const 1) (ref.null func))",
    "local.set": "(local.set 0 (i32.const 0))",
    "set": "(local.set 0 (i32.const 24))",
}


@pytest.mark.parametrize("between", BETWEEN)
def test_10_deferred_load_crossing(between: str) -> None:
    """A load happens where it stands, whatever may come before its value is used."""
    data = r'"\01\02\03\04\05\06\07\08\09\0a\0b\0c\0d\0e\0f\10\11\12\13\14\15\16\17\18"'
    functions = [
        f'(func (export "{i}") (param i32) (result {t}) ({op} (i32.and (local.get 0)'
        f" (i32.const 0x18))) {BETWEEN[between]} {use})"
        for i, (op, t, use) in enumerate([
            ("i32.load", "i32", "(i32.add (i32.const 1))"),
            ("i64.load", "i64", "(i64.xor (i64.load (i32.const 16)))"),
            ("f64.load", "f64", "(f64.add (f64.const 1))"),
            ("i32.load8_s", "i32", "(i32.sub (i32.load (i32.const 16)))"),
        ])
    ]  # fmt: skip
    functions += [
        # The load traps; nothing of what comes after may be seen.
        f'(func (export "t{i}") (param i32) (result i32)'
        f" (i32.load (i32.or (local.get 0) (i32.const 0x7fff0000))) {BETWEEN[between]})"
        for i in range(2)
    ]
    text = module(
        '(import "env" "host" (func $host (param i32) (result i32)))',
        '(memory (export "m") 1 2) (global (export "g0") (mut i32) (i32.const 0))',
        f"(table 2 funcref) (elem (i32.const 0) func $write $write)"
        f" (data (i32.const 8) {data}) (data {data})",
        "(func $write (i32.store (i32.const 16) (i32.const 94)))",
        *functions,
    )
    calls = [(n, a) for n in ("t0", "0", "1", "2", "3", "t1") for a in (16, 8, 0, 1)]
    agree(text, *calls)


def test_10_dropped_loads_and_order_of_traps() -> None:
    """A dropped load still traps, and of two traps the first counts."""
    text = module(
        '(memory 1) (global (export "g") (mut i32) (i32.const 0))',
        '(func (export "drop") (param i32) (drop (i32.load (local.get 0))))',
        '(func (export "load-div") (param i32 i32) (result i32)'
        " (i32.load (local.get 0)) (i32.div_u (i32.const 1) (local.get 1)) (i32.add))",
        '(func (export "div-load") (param i32 i32) (result i32)'
        " (i32.div_u (i32.const 1) (local.get 1)) (i32.load (local.get 0)) (i32.add))",
        '(func (export "load-unreachable") (param i32 i32) (drop (i32.load (local.get 0)))'
        " (unreachable))",
        '(func (export "load-set") (param i32 i32) (result i32)'
        " (i32.load (local.get 0)) (global.set 0 (local.get 1)))",
        '(func (export "trunc-load") (param i32 i32) (result i32)'
        " (i32.trunc_f32_s (f32.reinterpret_i32 (local.get 1))) (i32.load (local.get 0)) (i32.add))",
        '(func (export "if") (param i32 i32) (result i32) (i32.load (local.get 0))'
        " (if (param i32) (result i32) (local.get 1) (then (drop) (unreachable))))",
    )
    names = ("load-div", "div-load", "load-unreachable", "load-set", "trunc-load", "if")
    calls = [
        (n, a, b) for n in names for a in (0, 0xFFFFFFF0) for b in (0, 1, 0x7FC00000)
    ]
    kinds = agree(text, *calls, ("drop", 0), ("drop", 0x10000))
    assert kinds == [
        "ok",
        "trap conversion",
        "trap divide",
        "trap memory",
        "trap unreachable",
    ]


FIXED = {
    "select over divide": "(select (local.get 0) (local.get 1)"
    " (i32.lt_s (i32.div_s (local.get 2) (i32.const 3)) (i32.rem_u (local.get 3) (i32.const 5))))",
    "divide in arms": "(select (i32.div_u (local.get 0) (i32.const 7))"
    " (i32.rem_s (local.get 1) (i32.const 9)) (i32.lt_u (local.get 2) (local.get 3)))",
    "shift in compare": "(select (i32.shl (local.get 0) (local.get 1)) (local.get 2)"
    " (i32.gt_s (i32.shr_s (local.get 3) (local.get 0)) (i32.rotl (local.get 1) (local.get 2))))",
    "call in compare": "(i32.sub (i32.mul (local.get 0) (local.get 1)) (select (local.get 2)"
    " (local.get 3) (i32.eq (call $f (local.get 0)) (call $f (local.get 3)))))",
    "divide by shift": "(i32.div_u (i32.shl (local.get 0) (local.get 1))"
    " (i32.or (i32.shr_u (local.get 2) (local.get 3)) (i32.const 1)))",
    "bulk": "(i32.add (i32.div_u (local.get 0) (i32.const 3)) (block (result i32)"
    " (memory.fill (i32.and (local.get 1) (i32.const 255)) (local.get 2) (i32.const 33))"
    " (memory.copy (i32.const 64) (i32.const 1) (i32.and (local.get 3) (i32.const 31)))"
    " (i32.rotr (i32.load (i32.const 70)) (local.get 1))))",
    "long arithmetic": "(i32.wrap_i64 (i64.rem_u (i64.mul (i64.extend_i32_u (local.get 0))"
    " (i64.div_u (i64.const -1) (i64.or (i64.extend_i32_u (local.get 1)) (i64.const 1))))"
    " (i64.or (i64.shl (i64.const 1) (i64.extend_i32_u (local.get 2))) (i64.const 1))))",
    "deep": "(i32.add (local.get 0) (i32.add (i32.div_u (local.get 1) (i32.const 11))"
    " (i32.add (i32.shl (local.get 2) (local.get 3)) (i32.add (i32.rem_u (local.get 3)"
    " (i32.const 13)) (i32.add (i32.popcnt (local.get 0)) (call $f (i32.div_s (local.get 1)"
    " (i32.const -3))))))))",
    "grow": "(i32.sub (i32.shl (local.get 0) (local.get 1)) (i32.add (memory.grow (i32.const 0))"
    " (i32.div_u (local.get 2) (i32.const 6))))",
}


@pytest.mark.parametrize("name", FIXED)
def test_12_fixed_registers(name: str) -> None:
    """Divisions, shifts, calls and copies inside expressions, under twenty register masks."""
    text = module(
        "(memory 1)",
        "(func $f (param i32) (result i32) (i32.xor (local.get 0) (i32.const 0x55)))",
        f'(func (export "f") (param i32 i32 i32 i32) (result i32) {FIXED[name]})',
        f'(func (export "hot") (param i32 i32 i32 i32) (result i32 i32 i32) (local i32 i32 i32)'
        " (local.set 4 (i32.const 5)) (loop (result i32)"
        f" (local.set 5 (i32.add (local.get 5) {FIXED[name]}))"
        " (local.set 6 (i32.xor (local.get 6) (i32.add (local.get 5) (local.get 0))))"
        " (br_if 0 (local.tee 4 (i32.sub (local.get 4) (i32.const 1)))) (local.get 4))"
        " (local.get 5) (local.get 6))",
    )
    agree(text, modes=MASKS, rounds=12)


def test_12_masks_are_all_different() -> None:
    assert len({str(settings(mode)) for mode in MASKS}) == len(MASKS)
    assert "masks-1" in MODES
