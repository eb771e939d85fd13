"""Pitfalls about control: branch arguments, selectors, moves, dead code, first values."""

# ruff: noqa: E501, ISC004 - lines of WebAssembly text
from __future__ import annotations

import pytest

from tests.pitfalls.agreement import agree, module

CONST = {
    "i32": "i32.const 7",
    "i64": "i64.const -3",
    "f32": "f32.const 1.5",
    "f64": "f64.const -0",
}
CYCLE = ("i32", "f64", "i64", "f32", "i32")


def _types(n: int, first: int = 0) -> list[str]:
    return [CYCLE[(first + i) % len(CYCLE)] for i in range(n)]


def _result(types: list[str]) -> str:
    return f"(result {' '.join(types)})" if types else ""


@pytest.mark.parametrize("height", [0, 1, 4])
@pytest.mark.parametrize("n", range(6))
def test_03_branch_arguments(n: int, height: int) -> None:
    """br, br_if and br_table carry 0 to 5 values over stacks of other heights."""
    types = _types(n)
    result, values = _result(types), " ".join(f"({CONST[t]})" for t in types)
    below = " ".join(f"({CONST[t]})" for t in _types(height, 2))
    junk = f"{below} {values}"
    drops = "(drop)" * n
    typed = f'(func (export "{{}}") (param i32 i32) {result}'
    kept = "(drop)" * height
    functions = [
        typed.format("if")
        + f" (block {result} {junk} (br_if 0 (local.get 0)) {drops}{kept}"
        f" {values}))",
        typed.format("br")
        + f" (block {result} {below} (block {result} {below} {values}"
        f" (br_if 1 (local.get 1)) (br 0)) {'(br 1)'}))",
        typed.format("function")
        + f" {junk} (br_if 0 (local.get 0)) {drops}{kept} {values})",
        typed.format("table") + f" (block {result} {below} (block {result} {below}"
        f" (block {result} {junk} (br_table 0 1 2 3 1 2 (local.get 0)))"
        f" (br_if 1 (local.get 1)) (br 2)) (br 1)))",
        typed.format("loop")
        + f" (local i32) {values} (loop (param {' '.join(types)}) {result}"
        " (local.set 2 (i32.add (local.get 2) (i32.const 1)))"
        " (br_if 0 (i32.lt_u (local.get 2) (i32.and (local.get 0) (i32.const 7))))))",
        typed.format("heads")
        + f" (local i32) {values} (loop (param {' '.join(types)}) {result}"
        f" (block (param {' '.join(types)}) {result}"
        " (local.set 2 (i32.add (local.get 2) (i32.const 1)))"
        " (br_table 0 1 0 (i32.gt_u (i32.const 3) (local.get 2))))))",
    ]
    calls = [(name, a, b) for name in ("if", "br", "function", "table", "loop", "heads")
             for a in (0, 1, 2, 3, 4, 5, 6, 0xFFFFFFFF) for b in (0, 1)]  # fmt: skip
    agree(module(*functions), *calls)


@pytest.mark.parametrize("selector", range(12))
def test_04_selector_overwritten(selector: int) -> None:
    """The index of br_table lies in any register while the other values move."""
    params = " ".join(["i32"] * 12)
    others = [i for i in range(12) if i != selector]
    values = " ".join(f"(local.get {i})" for i in others[:5])
    backwards = " ".join(f"(local.get {i})" for i in others[4::-1])
    five = "(result i32 i32 i32 i32 i32)"
    functions = [
        f'(func (export "{name}") (param {params}) {five}'
        f" (block {five} (block {five} (block {five} {arguments}"
        f" (br_table 0 1 2 1 0 (local.get {selector}))) (return))"
        f" {'(drop)' * 5} {values} (return)) {'(drop)' * 2} (local.get {selector}) (i32.const 1))"
        for name, arguments in (("straight", values), ("reversed", backwards))
    ]
    base = [100 + i for i in range(12)]
    calls = []
    for index in (0, 1, 2, 3, 4, 5, 0x80000000):
        arguments = [*base[:selector], index, *base[selector + 1 :]]
        calls += [("straight", *arguments), ("reversed", *arguments)]
    agree(module(*functions), *calls)


def _permutations(n: int) -> dict[str, list[int]]:
    rotate = [(i + 1) % n for i in range(n)]
    three = list(range(n))
    three[0], three[n // 2], three[n - 1] = n // 2, n - 1, 0
    pairs = [i ^ 1 if i ^ 1 < n else i for i in range(n)]
    return {
        "rotate": rotate,
        "reverse": list(range(n))[::-1],
        "three": three,
        "pairs": pairs,
    }


@pytest.mark.parametrize("n", [2, 3, 4, 5, 6, 8, 9, 12, 16, 17, 25, 40])
@pytest.mark.parametrize("mixed", [False, True], ids=["i64", "mixed"])
def test_05_parallel_moves(n: int, mixed: bool) -> None:
    """Loops whose values change places at every turn, as locals and as loop parameters."""
    types = [["i64", "f64"][i % 2] for i in range(n)] if mixed else ["i64"] * n
    functions, names = [], []
    for name, wanted in _permutations(n).items():
        order = wanted
        if mixed and any(types[a] != types[b] for a, b in enumerate(order)):
            order = [(i + 2) % n for i in range(n)] if n % 2 == 0 else list(range(n))
        first = " ".join(
            f"(local.set {i + 1} ({t}.const {i * 3 + 1}))" for i, t in enumerate(types)
        )
        gets = " ".join(f"(local.get {i + 1})" for i in order)
        sets = " ".join(f"(local.set {i + 1})" for i in reversed(range(n)))
        turn = "(br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))"
        everything = " ".join(f"(local.get {i + 1})" for i in range(n))
        head = f"(param i32) (result {' '.join(types)}) (local {' '.join(types)})"
        functions.append(
            f'(func (export "l{name}") {head} {first} (loop {gets} {sets} {turn}) {everything})'
        )
        signature = f"(param {' '.join(types)}) (result {' '.join(types)})"
        functions.append(
            f'(func (export "p{name}") {head} {first} {everything}'
            f" (loop {signature} {sets} {gets} {turn}))"
        )
        names += [f"l{name}", f"p{name}"]
    agree(
        module(*functions), *[(name, turns) for name in names for turns in (1, 2, 3, 7)]
    )


CONDITIONS = {
    "constant": "(i32.const {0})",
    "local": "(local.get 0)",
    "slot": "(local.get 30)",
    "flags": "(i32.lt_u (local.get 0) (local.get 1))",
    "float flags": "(f64.le (local.get 12) (local.get 13))",
    "eqz": "(i32.eqz (local.get 0))",
    "call": "(call $same (local.get 0))",
    "load": "(i32.load (i32.const 4))",
}
CONTROL = {
    "br_if": "(block $x {set} (br_if $x {c}) {more})",
    "if": "{set} (if {c} (then {more}))",
    "if else": "{set} (if {c} (then {more}) (else {set}))",
    "select": "{set} (local.set 1 (select (local.get 2) (local.get 3) {c}))",
    "br_table": "(block $x (block $y {set} (br_table $x $y $x {c})) {more})",
    "return": "{set} (if {c} (then (br 1 {all}))) {more}",
    "loop": "{set} (loop $l {more} (br_if $l (i32.and (i32.lt_u"
    " (local.tee 31 (i32.add (local.get 31) (i32.const 1))) (i32.const 4)) {c})))",
}


@pytest.mark.parametrize("condition", CONDITIONS)
def test_08_state_before_conditional_branch(condition: str) -> None:
    """With every register holding something, each control instruction keeps all of it."""
    params = ["i32"] * 6 + ["i64"] * 4 + ["f32"] * 2 + ["f64"] * 3
    n = len(params)
    locals_ = ["i64"] * 6 + ["f64"] * 9 + ["i32"] * 2
    assert n + len(locals_) == 32
    every = [*params, *locals_]
    gets = " ".join(f"(local.get {i})" for i in range(32))
    change = " ".join(
        f"(local.set {i} (local.get {i + 1}))" for i in (1, 2, 6, 7, 12, 15, 16, 21)
    )
    more = " ".join(
        f"(local.set {i} ({every[i]}.add (local.get {i}) (local.get {i - 1})))"
        for i in (5, 9, 11, 14, 18, 25)
    )
    functions, names = [], []
    for name, control in CONTROL.items():
        for constant in (0, 1) if condition == "constant" else (0,):
            label = f"{name} {constant}"
            names.append(label)
            fill = " ".join(
                f"(local.set {n + i} ({t}.const {i + 1}))"
                for i, t in enumerate(locals_)
            )
            body = control.format(
                set=change,
                c=CONDITIONS[condition].format(constant),
                more=more,
                all=gets,
            )
            functions.append(
                f'(func (export "{label}") (param {" ".join(params)})'
                f" (result {' '.join(every)}) (local {' '.join(locals_)}) {fill}"
                " (local.set 30 (local.get 0)) (i32.store (i32.const 4) (local.get 0))"
                f" (block (result {' '.join(every)}) {body} {gets}))"
            )
    rest = [11, 12, 13, 14, 15, 21, 22, 23, 24, 0x3F800000, 0x40000000]
    floats = [0x3FF0000000000000, 0x4000000000000000, 0x4008000000000000]
    calls = [(name, flag, *rest, *floats) for name in names for flag in (0, 1, 2, 12)]
    agree(module("(memory 1) (func $same (param i32) (result i32) (local.get 0))", *functions),
          *calls)  # fmt: skip


DEAD = {
    "end": "(block (result i32) (return (i32.const 1)))",
    "code": "(block (result i32) (br 0 (i32.const 2)) (i32.add) (drop) (f64.sqrt) (drop))",
    "loop": "(block (result i32) (br 0 (i32.const 3)) (loop (br 0)))",
    "both": "(if (result i32) (local.get 0) (then (return (i32.const 4))) (else (unreachable)))",
    "then": "(if (result i32) (local.get 0) (then (return (i32.const 5))) (else (i32.const 6)))",
    "else": "(if (result i32) (local.get 0) (then (i32.const 7)) (else (return (i32.const 8))))",
    "no else": "(i32.const 9) (if (param i32) (result i32) (local.get 0)"
    " (then (i32.const 1) (i32.add)))",
    "no else dead": "(i32.const 9) (if (param i32) (result i32) (local.get 0)"
    " (then (return)))",
    "nested": "(block (result i32) (block (result i32) (unreachable)) (i32.const 0) (br_if 0))",
    "br nested": "(block (result i32) (block (result f32) (unreachable)) (i32.const 0) (br 0))"
    " (drop) (i32.const 10)",
    "infinite": "(block (loop (br_if 1 (i32.eqz (local.tee 0 (i32.shr_u (local.get 0)"
    " (i32.const 1))))) (br 0))) (i32.const 11)",
    "table": "(block (block (br_table 0 1 0 (local.get 0))) (return (i32.const 12)))"
    " (i32.const 13)",
    "if dead": "(block (result i32) (br 0 (i32.const 14)) (if (result i64) (then (i64.const 1))"
    " (else (unreachable))) (drop))",
    "after table": "(block (result i32) (br_table 0 0 (i32.const 15) (local.get 0))"
    " (block (br_if 0 (i32.const 1))) (select) (drop))",
    "select": "(block (result i32) (unreachable) (select) (drop) (i32.const 1) (drop))",
}


@pytest.mark.parametrize("name", DEAD)
def test_15_dead_code(name: str) -> None:
    """What follows an unconditional branch is validated, dropped, and forgotten."""
    text = module(
        f'(func (export "f") (param i32) (result i32) {DEAD[name]})',
        f'(func (export "g") (param i32) (result i64 i32) (local i64) (local.set 1 (i64.const 5))'
        f" (block (result i64 i32) (local.get 1) (call $f (local.get 0))))"
        f"(func $f (param i32) (result i32) {DEAD[name]})",
    )
    agree(text, *[(f, a) for f in "fg" for a in (0, 1, 2, 3, 0x80000000)])


@pytest.mark.parametrize("n", [1, 3, 12, 30])
def test_18_zero_initialised_locals(n: int) -> None:
    """A local that starts as zero and is written in a loop is right at every turn."""
    types = (["i32", "i64", "f32", "f64"] * n)[:n]
    gets = " ".join(f"(local.get {i + 1})" for i in range(n))
    add = " ".join(
        f"(local.set {i + 1} ({t}.add (local.get {i + 1}) ({t}.const {i + 1})))"
        for i, t in enumerate(types)
    )
    late = " ".join(
        f"(local.set {i + 1} ({t}.const {i + 2}))" for i, t in enumerate(types)
    )
    turn = "(br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))"
    head = f"(param i32) (result {' '.join(types)}) (local {' '.join(types)})"
    functions = [
        f'(func (export "add") {head} (loop {add} {turn}) {gets})',
        f'(func (export "late") {head} (loop (if (i32.lt_u (local.get 0) (i32.const 2))'
        f" (then {late})) {turn}) {gets})",
        f'(func (export "branch") {head} (if (local.get 0) (then {late})) {gets})',
        f'(func (export "inner") {head} (loop (loop {add} (br_if 0 (i32.eqz (i32.const 1))))'
        f" {turn}) {gets})",
        f'(func (export "read") {head} (loop {gets} {"(drop)" * n} {late} {turn}) {gets})',
    ]
    calls = [
        (name, a)
        for name in ("add", "late", "branch", "inner", "read")
        for a in (1, 2, 5)
    ]
    agree(module(*functions), *calls, ("branch", 0))
