"""Opcodes of WebAssembly 2.0 without SIMD, as the tests know them.

The tests' own table, typed by hand from the specification's index of instructions, so
that a slip in the product's table cannot hide behind itself. Codes are the opcode byte,
or
``0xFC00 | sub`` for the 0xFC prefix. Not here: what the instructions do (``numeric``,
``interpreter``) and how they are read and written (``binary``).
"""

from __future__ import annotations

from dataclasses import dataclass

I32, I64, F32, F64, FUNCREF, EXTERNREF = 0x7F, 0x7E, 0x7D, 0x7C, 0x70, 0x6F
VALTYPES = {"i": I32, "l": I64, "f": F32, "d": F64, "F": FUNCREF, "E": EXTERNREF}
EMPTY = -0x40


@dataclass(frozen=True, slots=True)
class Op:
    """One instruction; `params` is None where the signature depends on the context."""

    code: int
    name: str
    immediates: str
    params: tuple[int, ...] | None
    results: tuple[int, ...] | None


# code name immediates signature; i l f d are the number types, ? stands for "context".
# immediates: - none, b blocktype, l label, T label vector, n index, nn two indices,
# m memarg, 0 a zero byte, 00 two of them, i/I signed LEB, f/d float bits,
# v vector of value types, r reference type.
_CONTROL = """
00 unreachable - ?|01 nop - >|02 block b ?|03 loop b ?|04 if b ?|05 else - ?|0B end - ?
0C br l ?|0D br_if l ?|0E br_table T ?|0F return - ?|10 call n ?|11 call_indirect nn ?
1A drop - ?|1B select - ?|1C select_t v ?
20 local.get n ?|21 local.set n ?|22 local.tee n ?|23 global.get n ?|24 global.set n ?
25 table.get n ?|26 table.set n ?|3F memory.size 0 >i|40 memory.grow 0 i>i
41 i32.const i >i|42 i64.const I >l|43 f32.const f >f|44 f64.const d >d
D0 ref.null r ?|D1 ref.is_null - ?|D2 ref.func n >F
FC08 memory.init n0 iii>|FC09 data.drop n >|FC0A memory.copy 00 iii>
FC0B memory.fill 0 iii>
FC0C table.init nn iii>|FC0D elem.drop n >|FC0E table.copy nn iii>|FC0F table.grow n ?
FC10 table.size n >i|FC11 table.fill n ?
"""
_MEMORY = """
i32.load i>i|i64.load i>l|f32.load i>f|f64.load i>d|i32.load8_s i>i|i32.load8_u i>i
i32.load16_s i>i|i32.load16_u i>i|i64.load8_s i>l|i64.load8_u i>l|i64.load16_s i>l
i64.load16_u i>l|i64.load32_s i>l|i64.load32_u i>l|i32.store ii>|i64.store il>
f32.store if>|f64.store id>|i32.store8 ii>|i32.store16 ii>|i64.store8 il>
i64.store16 il>|i64.store32 il>
"""
_CONVERT = """
i32.wrap_i64 l>i|i32.trunc_f32_s f>i|i32.trunc_f32_u f>i|i32.trunc_f64_s d>i
i32.trunc_f64_u d>i|i64.extend_i32_s i>l|i64.extend_i32_u i>l|i64.trunc_f32_s f>l
i64.trunc_f32_u f>l|i64.trunc_f64_s d>l|i64.trunc_f64_u d>l|f32.convert_i32_s i>f
f32.convert_i32_u i>f|f32.convert_i64_s l>f|f32.convert_i64_u l>f|f32.demote_f64 d>f
f64.convert_i32_s i>d|f64.convert_i32_u i>d|f64.convert_i64_s l>d|f64.convert_i64_u l>d
f64.promote_f32 f>d|i32.reinterpret_f32 f>i|i64.reinterpret_f64 d>l
f32.reinterpret_i32 i>f|f64.reinterpret_i64 l>d|i32.extend8_s i>i|i32.extend16_s i>i
i64.extend8_s l>l|i64.extend16_s l>l|i64.extend32_s l>l
"""
_SATURATE = """
i32.trunc_sat_f32_s f>i|i32.trunc_sat_f32_u f>i|i32.trunc_sat_f64_s d>i
i32.trunc_sat_f64_u d>i|i64.trunc_sat_f32_s f>l|i64.trunc_sat_f32_u f>l
i64.trunc_sat_f64_s d>l|i64.trunc_sat_f64_u d>l
"""
INT_COMPARE = "eqz eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u".split()
FLOAT_COMPARE = "eq ne lt gt le ge".split()
INT_UNARY = ("eqz", "clz", "ctz", "popcnt")
INT_ARITH = (
    "clz ctz popcnt add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u "
    "rotl rotr"
).split()
FLOAT_UNARY = "abs neg ceil floor trunc nearest sqrt".split()
FLOAT_ARITH = [*FLOAT_UNARY, *"add sub mul div min max copysign".split()]


def _rows(text: str) -> list[list[str]]:
    return [
        row.split() for line in text.strip().splitlines() for row in line.split("|")
    ]


def _types(text: str) -> tuple[int, ...]:
    return tuple(VALTYPES[c] for c in text)


def _op(code: int, name: str, immediates: str, signature: str) -> Op:
    immediates = "" if immediates == "-" else immediates
    if signature == "?":
        return Op(code, name, immediates, None, None)
    params, results = signature.split(">")
    return Op(code, name, immediates, _types(params), _types(results))


def _numeric() -> list[Op]:
    ops = []
    groups = [
        (0x45, "i32", INT_COMPARE, "i", "i"),
        (0x50, "i64", INT_COMPARE, "l", "i"),
        (0x5B, "f32", FLOAT_COMPARE, "f", "i"),
        (0x61, "f64", FLOAT_COMPARE, "d", "i"),
        (0x67, "i32", INT_ARITH, "i", "i"),
        (0x79, "i64", INT_ARITH, "l", "l"),
        (0x8B, "f32", FLOAT_ARITH, "f", "f"),
        (0x99, "f64", FLOAT_ARITH, "d", "d"),
    ]
    for base, prefix, names, operand, result in groups:
        for i, name in enumerate(names):
            arity = 1 if name in INT_UNARY or name in FLOAT_UNARY else 2
            signature = f"{operand * arity}>{result}"
            ops.append(_op(base + i, f"{prefix}.{name}", "-", signature))
    return ops


def _table() -> dict[int, Op]:
    ops = [_op(int(c, 16), n, i, s) for c, n, i, s in _rows(_CONTROL)]
    ops += [_op(0x28 + i, n, "m", s) for i, (n, s) in enumerate(_rows(_MEMORY))]
    ops += _numeric()
    ops += [_op(0xA7 + i, n, "-", s) for i, (n, s) in enumerate(_rows(_CONVERT))]
    ops += [_op(0xFC00 + i, n, "-", s) for i, (n, s) in enumerate(_rows(_SATURATE))]
    return {op.code: op for op in ops}


OPS = _table()
BY_NAME = {op.name: op for op in OPS.values()}
CODE = {op.name: op.code for op in OPS.values()}
