"""Pitfalls about what a value is: flags, upper halves, division, bounds, float bits."""

# ruff: noqa: E501 - lines of WebAssembly text
from __future__ import annotations

import itertools

import pytest

from tests.pitfalls.agreement import agree, module, values
from tests.property.pool import QUIET, SIGNALLING, VALUES
from tests.reference.opcodes import F32, F64, OPS
from tests.reference.text import TYPE_NAMES

SIMPLE = [
    op for op in OPS.values()
    if op.params is not None and op.results and len(op.results) == 1 and op.immediates in {"", "m"}
]  # fmt: skip
COMPARES = {
    "i32": "(i32.lt_s (local.get 0) (local.get 1))",
    "i64": "(i64.le_u (local.get 2) (local.get 3))",
    "f32": "(f32.gt (local.get 4) (local.get 5))",
    "f64": "(f64.eq (local.get 6) (local.get 7))",
    "eqz": "(i64.eqz (local.get 2))",
}
PARAMS = "(param i32 i32 i64 i64 f32 f32 f64 f64)"
FIRST = {"i32": 0, "i64": 2, "f32": 4, "f64": 6}


def _operands(op: object, *, masked: bool) -> str:
    names = [TYPE_NAMES[t] for t in op.params]  # type: ignore[attr-defined]
    found = [f"(local.get {FIRST[n] + i % 2})" for i, n in enumerate(names)]
    return f"(i32.and {found[0]} (i32.const 0xfff))" if masked else " ".join(found)


@pytest.mark.parametrize("compare", COMPARES)
def test_01_flags_clobber(compare: str) -> None:
    """A comparison waits while any other instruction runs; then both are used."""
    functions = []
    for i, op in enumerate(SIMPLE):
        assert op.results is not None
        result = TYPE_NAMES[op.results[0]]
        text = f"({op.name} {_operands(op, masked=op.immediates == 'm')})"
        functions.append(
            f'(func (export "s{i}") {PARAMS} (result i32 {result}) {COMPARES[compare]} {text})'
        )
        functions.append(
            f'(func (export "l{i}") {PARAMS} (result i32 {result})'
            f" (local i32 {result} i32) (local.set 10 (i32.const 5))"
            f" (local.set 8 {COMPARES[compare]}) (local.set 9 {text})"
            " (i32.add (local.get 8) (local.get 10)) (local.get 9))"
        )
    agree(module("(memory 1)", *functions), rounds=3)


def test_01_lightbeam_example() -> None:
    kinds = agree(
        module(
            '(func (export "f") (param i32 i32 i32 i32) (result i32)'
            " (i32.add (i32.lt_s (local.get 0) (local.get 1))"
            " (i32.add (local.get 2) (local.get 3))))"
        ),
        ("f", 1, 2, 10, 20), ("f", 2, 1, 10, 20), ("f", 0xFFFFFFFF, 0, 0xFFFFFFFF, 1),
    )  # fmt: skip
    assert kinds == ["ok"]


SOURCES = {
    "wrap": "(i32.wrap_i64 (local.get 0))",
    "callee": "(call $low (local.get 0))",
    "host": "(call $host (local.get 0))",
    "memory.grow": "(memory.grow (i32.wrap_i64 (local.get 0)))",
    "table.grow": "(table.grow $t (ref.null func) (i32.wrap_i64 (local.get 0)))",
    "load": "(i32.load (i32.and (i32.wrap_i64 (local.get 0)) (i32.const 0xff8)))",
    "local": "(local.tee 1 (i32.wrap_i64 (local.get 0)))",
    "block": "(block (result i32) (i32.wrap_i64 (local.get 0)))",
    "select": "(select (i32.wrap_i64 (local.get 0)) (i32.const 3) (i32.const 1))",
    "global": "(global.get $g)",
    "shift": "(i32.wrap_i64 (i64.rotl (local.get 0) (i64.const 32)))",
}
USES = {
    "address": "(i64.load offset=3 {})",
    "store": "(i32.store8 offset=5 {} (i32.const 77)) (i64.const 0)",
    "table.get": "(i64.extend_i32_u (ref.is_null (table.get $t {})))",
    "table.set": "(table.set $t {} (ref.func $low)) (i64.const 1)",
    "selector": "(block $b (block $a (br_table $a $b $a {})) (return (i64.const 1))) (i64.const 2)",
    "call_indirect": "(i64.extend_i32_s (call_indirect $t (type $low) (i64.const 9) {}))",
    "extend": "(i64.extend_i32_u {})",
    "convert": "(i64.reinterpret_f64 (f64.convert_i32_u {}))",
    "compare": "(i64.extend_i32_u (i32.eq {} (i32.const 1)))",
    "divide": "(i64.extend_i32_u (i32.div_u {} (i32.const 3)))",
}


@pytest.mark.parametrize("source", SOURCES)
def test_02_dirty_upper_32_bits(source: str) -> None:
    """Whatever made an i32, nothing that uses it sees more than 32 bits."""
    functions = [
        f'(func (export "{name}") (param i64) (result i64) (local i32)'
        f" (global.set $g (i32.wrap_i64 (local.get 0))) {use.format(SOURCES[source])})"
        for name, use in USES.items()
    ]
    text = module(
        "(type $low (func (param i64) (result i32)))",
        '(import "env" "host" (func $host (param i64) (result i32)))',
        "(table $t 8 20 funcref) (memory 1 3) (global $g (mut i32) (i32.const 0))",
        "(elem (table $t) (i32.const 0) func $low $low)",
        "(func $low (type $low) (i32.wrap_i64 (local.get 0)))",
        '(func (export "direct") (param i64) (result i32) (call $low (local.get 0)))',
        *functions,
    )
    inputs = (0xFFFFFFFF00000000, 0xFFFFFFFF00000001, 0x1_0000_0002, 0xDEADBEEF_0000FFF0,
              0x8000000080000000, 0xFFFFFFFFFFFFFFFF)  # fmt: skip
    calls = [(name, value) for name in (*USES, "direct") for value in inputs]
    agree(text, *calls)


HALF = ((1 << 32) - 1, 1 << 32, (1 << 32) + 1)  # the edges of an upper half
DIVIDENDS: list[int | str] = [0, 1, 7, 100, -1, -7, "MIN", "MAX", *HALF]
DIVISORS: list[int | str] = [0, 1, 2, 3, 7, 10, 641, -1, -2, -8, "MIN", "MAX", *HALF]


def _number(value: int | str, bits: int) -> int:
    special = {"MIN": 1 << (bits - 1), "MAX": (1 << (bits - 1)) - 1}
    return special[value] if isinstance(value, str) else value & ((1 << bits) - 1)


@pytest.mark.parametrize("name", ["div_s", "div_u", "rem_s", "rem_u"])
@pytest.mark.parametrize("t", ["i32", "i64"])
def test_07_division(t: str, name: str) -> None:
    """Every placement of both operands, and every divisor as a constant."""
    bits = int(t[1:])
    one, op = f"{t}.const 1", f"{t}.{name}"
    places = {
        "local": "(local.get {})",
        "deep": f"({t}.add (local.get {{}}) ({one}))",
        "memory": f"({t}.load (i32.const {{}}6))",
        "global": "(global.get {})",
        "call": "(call $same (local.get {}))",
    }
    functions = [
        f'(func (export "{a}-{b}") (param {t} {t}) (result {t} {t} {t})'
        f" (global.set 0 (local.get 0)) (global.set 1 (local.get 1))"
        f" ({t}.store (i32.const 6) (local.get 0)) ({t}.store (i32.const 16) (local.get 1))"
        f" (local.get 1) ({op} {x.format(0)} {y.format(1)}) (local.get 0))"
        for (a, x), (b, y) in itertools.product(places.items(), repeat=2)
    ]
    for i, divisor in enumerate(DIVISORS):
        constant = f"({t}.const {_number(divisor, bits)})"
        functions.append(
            f'(func (export "c{i}") (param {t} {t}) (result {t} {t})'
            f" ({op} (local.get 0) {constant}) ({op} {constant} (local.get 1)))"
        )
        functions.append(
            f'(func (export "k{i}") (param {t} {t}) (result {t})'
            f" ({t}.shl ({op} (local.get 0) {constant}) ({op} (local.get 0) ({t}.const 5))))"
        )
    text = module(
        f"(memory 1) (global (mut {t}) ({t}.const 0)) (global (mut {t}) ({t}.const 0))",
        f"(func $same (param {t}) (result {t}) (local.get 0))",
        *functions,
    )
    pairs = [(_number(a, bits), _number(b, bits)) for a in DIVIDENDS for b in DIVISORS]
    names = [f"{a}-{b}" for a, b in itertools.product(places, repeat=2)]
    names += [f"{k}{i}" for k in "ck" for i in range(len(DIVISORS))]
    calls = [(n, *pair) for n in names for pair in pairs[:: 1 if n[0] in "lc" else 5]]
    kinds = agree(text, *calls)
    assert "trap divide" in kinds
    assert ("trap overflow" in kinds) == (name == "div_s")


def test_07_divisor_and_shift_count_in_their_own_registers() -> None:
    """Quotients feed counts and counts feed divisors, all values still needed after."""
    text = module(
        '(func (export "f") (param i32 i32 i32 i32) (result i32 i32 i32 i32 i32)'
        " (i32.div_u (local.get 0) (i32.or (i32.shl (local.get 1) (local.get 2)) (i32.const 1)))"
        " (i32.shr_u (local.get 3) (i32.rem_u (local.get 0) (i32.const 13)))"
        " (i32.rotl (i32.div_s (local.get 2) (i32.const 3)) (local.get 1))"
        " (i32.rem_u (local.get 1) (i32.or (i32.rem_u (local.get 2) (i32.const 7)) (i32.const 1)))"
        " (i32.add (local.get 0) (i32.add (local.get 1) (i32.add (local.get 2) (local.get 3)))))"
    )
    agree(text, rounds=40)


OFFSETS = (
    0,
    1,
    0xFFF8,
    0xFFFF,
    0x10000,
    0x7FFFFFFF,
    0x80000000,
    0xFFFFFFF8,
    0xFFFFFFFF,
)
ADDRESSES = (0, 1, 7, 8, 0xFFF0, 0xFFF8, 0xFFFC, 0xFFFE, 0xFFFF, 0x10000, 0x7FFFFFFF,
             0x80000000, 0xFFFFFFF8, 0xFFFFFFFF)  # fmt: skip


@pytest.mark.parametrize("offset", OFFSETS)
def test_16_bounds_arithmetic(offset: int) -> None:
    """Address plus offset plus size, none of which may wrap."""
    loads = [
        "i32.load8_s",
        "i32.load16_u",
        "i32.load",
        "i64.load",
        "f32.load",
        "f64.load",
    ]
    stores = {
        "i32.store8": "i32",
        "i32.store16": "i32",
        "i64.store32": "i64",
        "f64.store": "f64",
    }
    functions = [
        f'(func (export "{op}") (param i32) (result {op[:3]})'
        f" ({op} offset={offset} (local.get 0)))"
        for op in loads
    ]
    functions += [
        f'(func (export "{op}") (param i32) ({op} offset={offset} (local.get 0) ({t}.const 1)))'
        for op, t in stores.items()
    ]
    constants = [
        f'(func (export "c{a}") (result i32) (i32.load8_u offset={offset} (i32.const {a})))'
        f'(func (export "a{a}") (param i32) (result i64)'
        f" (i64.load offset={offset} (i32.add (local.get 0) (i32.const {a}))))"
        for a in ADDRESSES
    ]
    calls = [(op, a) for op in (*loads, *stores) for a in ADDRESSES]
    calls += [(f"c{a}",) for a in ADDRESSES]  # type: ignore[misc]
    calls += [(f"a{a}", b) for a in ADDRESSES for b in (0, 1, 0xFFFFFFFF, 0xFFF0)]
    kinds = agree(module("(memory 1)", *functions, *constants), *calls)
    assert "trap memory" in kinds


@pytest.mark.parametrize(("t", "integer"), [("f32", "i32"), ("f64", "i64")])
def test_17_nan_bits_survive_moves(t: str, integer: str) -> None:
    """Through locals, calls, blocks, globals, memory, select, signs: the same bits."""
    ways = {
        "local": "(local.set 1 (local.get 1)) (local.get 1)",
        "call": "(call $same (local.get 1))",
        "stack": "(call $last" + f" ({t}.const 1)" * 12 + " (local.get 1))",
        "block": f"(block (result {t}) (br 0 (local.get 1)))",
        "global": "(global.set 0 (local.get 1)) (global.get 0)",
        "memory": f"({t}.store (i32.const 9) (local.get 1)) ({t}.load (i32.const 9))",
        "select": f"(select (local.get 1) ({t}.const 1) (i32.const 1))",
        "neg": f"({t}.neg (local.get 1))",
        "abs": f"({t}.abs (local.get 1))",
        "copysign": f"({t}.copysign (local.get 1) ({t}.const -0))",
        "copysign2": f"({t}.copysign ({t}.const 2) (local.get 1))",
    }
    functions = [
        f'(func (export "{name}") (param {integer}) (result {integer}) (local {t})'
        f" (local.set 1 ({t}.reinterpret_{integer} (local.get 0)))"
        f" ({integer}.reinterpret_{t} (block (result {t}) {way})))"
        for name, way in ways.items()
    ]
    text = module(
        f"(memory 1) (global (mut {t}) ({t}.const 0))",
        f"(func $same (param {t}) (result {t}) (local.get 0))",
        f"(func $last (param {' '.join([t] * 13)}) (result {t}) (local.get 12))",
        *functions,
    )
    kind = F32 if t == "f32" else F64
    bits = [*QUIET[kind], *SIGNALLING[kind], *VALUES[kind][:8]]
    agree(text, *[(name, b) for name in ways for b in bits], exact=True)


def test_17_signs_of_zero_limits_and_rounding() -> None:
    """All pairs of interesting floats through min, max, comparisons and conversions."""
    functions = []
    for t in ("f32", "f64"):
        for name in (
            "min",
            "max",
            "add",
            "sub",
            "mul",
            "div",
            "lt",
            "ge",
            "ne",
            "copysign",
        ):
            result = "i32" if name in {"lt", "ge", "ne"} else t
            functions.append(
                f'(func (export "{t}.{name}") (param {t} {t}) (result {result})'
                f" ({t}.{name} (local.get 0) (local.get 1)))"
            )
    conversions = [
        op for op in OPS.values()
        if len(op.params or ()) == 1 and any(
            k in op.name for k in ("trunc", "convert", "demote", "promote", "nearest", "ceil",
                                   "floor", "sqrt"))
    ]  # fmt: skip
    for op in conversions:
        source, result = (
            TYPE_NAMES[t] for t in (*(op.params or ()), *(op.results or ()))
        )
        functions.append(
            f'(func (export "{op.name}") (param {source}) (result {result})'
            f" ({op.name} (local.get 0)))"
        )
    pairs: list[tuple[str, int] | tuple[str, int, int]] = []
    for t in ("f32", "f64"):
        kind = F32 if t == "f32" else F64
        some = VALUES[kind][::3] + VALUES[kind][:4]
        for name in (
            "min",
            "max",
            "add",
            "sub",
            "mul",
            "div",
            "lt",
            "ge",
            "ne",
            "copysign",
        ):
            pairs += [(f"{t}.{name}", a, b) for a in some for b in some]
    for op in conversions:
        (source_type,) = op.params or ()
        edges = VALUES[source_type]
        pairs += [(op.name, a) for a in edges]
        pairs += [
            (op.name, a + d) for a in edges for d in (-1, 1) if 0 < a < (1 << 31) - 1
        ]
    kinds = agree(module(*functions), *pairs, modes=("default", "masks-2"))
    assert {"trap conversion", "trap overflow"} <= set(kinds)


def test_17_values_helper_is_deterministic() -> None:
    assert values("f64") == values("f64")
