"""Numeric instructions on bit patterns, written to be checked by eye against the spec.

Every value is an unsigned integer: an i32/i64 itself, or the bits of an f32/f64.
Source: core specification, "Numerics". Where the specification lets a NaN result vary,
these functions return `open_nan`; comparing code must not look further than "a NaN"
there. Not here: memory, control, references (``interpreter``).
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from itertools import starmap

from tests.reference import opcodes as oc


class Trap(Exception):  # noqa: N818 - the spec's word
    """A trap; `kind` is one of the names of ``lbtool.abi.TRAP_*`` in lower case."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


Numeric = Callable[..., int]
NAN32, NAN64 = 0x7FC00000, 0x7FF8000000000000
# The NaN that arithmetic returns where the specification leaves its bits open. A test
# may put another quiet NaN here to see whether a program depends on the choice.
open_nan = {32: NAN32, 64: NAN64}


def f64(bits: int) -> float:
    return float(struct.unpack("<d", bits.to_bytes(8, "little"))[0])


def bits64(value: float) -> int:
    if math.isnan(value):
        return open_nan[64]
    return int.from_bytes(struct.pack("<d", value), "little")


def f32(bits: int) -> float:
    return float(struct.unpack("<f", bits.to_bytes(4, "little"))[0])


def bits32(value: float) -> int:
    """Round a double to f32, ties to even, overflow to infinity."""
    if math.isnan(value):
        return open_nan[32]
    try:
        return int.from_bytes(struct.pack("<f", value), "little")
    except OverflowError:
        return 0xFF800000 if value < 0 else 0x7F800000


def is_nan(bits: int, width: int) -> bool:
    if width == 32:
        return bits & 0x7FFFFFFF > 0x7F800000
    return bits & 0x7FFFFFFFFFFFFFFF > 0x7FF0000000000000


def signed(value: int, n: int) -> int:
    return value - (1 << n) if value >> (n - 1) else value


def _div_s(a: int, b: int, n: int) -> int:
    if b == 0:
        raise Trap("divide")
    x, y = signed(a, n), signed(b, n)
    quotient = abs(x) // abs(y)
    quotient = quotient if (x < 0) == (y < 0) else -quotient
    if quotient == 1 << (n - 1):
        raise Trap("overflow")
    return quotient


def _rem_s(a: int, b: int, n: int) -> int:
    if b == 0:
        raise Trap("divide")
    x, y = signed(a, n), signed(b, n)
    remainder = abs(x) % abs(y)
    return -remainder if x < 0 else remainder


def _div_u(a: int, b: int) -> int:
    if b == 0:
        raise Trap("divide")
    return a // b


def _rem_u(a: int, b: int) -> int:
    if b == 0:
        raise Trap("divide")
    return a % b


def _clz(a: int, n: int) -> int:
    return n - a.bit_length()


def _ctz(a: int, n: int) -> int:
    return n if a == 0 else (a & -a).bit_length() - 1


def int_ops(n: int) -> dict[str, Numeric]:
    """i32 or i64 instructions; results still to be wrapped to `n` bits."""
    s = signed
    return {
        "eqz": lambda a: int(a == 0),
        "eq": lambda a, b: int(a == b),
        "ne": lambda a, b: int(a != b),
        "lt_s": lambda a, b: int(s(a, n) < s(b, n)),
        "lt_u": lambda a, b: int(a < b),
        "gt_s": lambda a, b: int(s(a, n) > s(b, n)),
        "gt_u": lambda a, b: int(a > b),
        "le_s": lambda a, b: int(s(a, n) <= s(b, n)),
        "le_u": lambda a, b: int(a <= b),
        "ge_s": lambda a, b: int(s(a, n) >= s(b, n)),
        "ge_u": lambda a, b: int(a >= b),
        "clz": lambda a: _clz(a, n),
        "ctz": lambda a: _ctz(a, n),
        "popcnt": int.bit_count,
        "add": lambda a, b: a + b,
        "sub": lambda a, b: a - b,
        "mul": lambda a, b: a * b,
        "div_s": lambda a, b: _div_s(a, b, n),
        "div_u": _div_u,
        "rem_s": lambda a, b: _rem_s(a, b, n),
        "rem_u": _rem_u,
        "and": lambda a, b: a & b,
        "or": lambda a, b: a | b,
        "xor": lambda a, b: a ^ b,
        "shl": lambda a, b: a << (b % n),
        "shr_s": lambda a, b: s(a, n) >> (b % n),
        "shr_u": lambda a, b: a >> (b % n),
        "rotl": lambda a, b: a << (b % n) | a >> (n - b % n),
        "rotr": lambda a, b: a >> (b % n) | a << (n - b % n),
        "extend8_s": lambda a: s(a & 0xFF, 8),
        "extend16_s": lambda a: s(a & 0xFFFF, 16),
        "extend32_s": lambda a: s(a & 0xFFFFFFFF, 32),
    }


def _whole(rounding: Callable[[float], int]) -> Callable[[float], float]:
    """A rounding to a whole number that keeps infinities and the sign of zero."""

    def apply(x: float) -> float:
        if math.isinf(x) or abs(x) >= 2.0**52:
            return x
        return math.copysign(float(rounding(x)), x)

    return apply


def _divide(x: float, y: float) -> float:
    if y == 0:
        if x == 0:
            return math.nan
        return math.copysign(math.inf, math.copysign(1, x) * math.copysign(1, y))
    return x / y


def _multiply(x: float, y: float) -> float:
    return x * y


def _min(x: float, y: float) -> float:
    if x == y == 0:
        return x if math.copysign(1, x) < 0 else y
    return min(x, y)


def _max(x: float, y: float) -> float:
    if x == y == 0:
        return y if math.copysign(1, x) < 0 else x
    return max(x, y)


def _sqrt(x: float) -> float:
    return math.nan if x < 0 else math.sqrt(x)


FLOAT_OPS: dict[str, Callable[..., float]] = {
    "ceil": _whole(math.ceil),
    "floor": _whole(math.floor),
    "trunc": _whole(math.trunc),
    "nearest": _whole(round),
    "sqrt": _sqrt,
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": _multiply,
    "div": _divide,
    "min": _min,
    "max": _max,
}
FLOAT_TESTS: dict[str, Callable[[float, float], bool]] = {
    "eq": lambda x, y: x == y,
    "ne": lambda x, y: x != y,
    "lt": lambda x, y: x < y,
    "gt": lambda x, y: x > y,
    "le": lambda x, y: x <= y,
    "ge": lambda x, y: x >= y,
}


def _arithmetic(name: str, width: int) -> Numeric:
    """A float instruction.

    A double holds every f32, and rounding its + - * / and square root once more to f32
    is exact rounding, since 53 >= 2 * 24 + 2.
    """
    value, back = (f32, bits32) if width == 32 else (f64, bits64)
    compute = FLOAT_OPS[name]

    def apply(*operands: int) -> int:
        if any(is_nan(x, width) for x in operands):
            return open_nan[width]
        return back(compute(*map(value, operands)))

    return apply


def _test(name: str, width: int) -> Numeric:
    value = f32 if width == 32 else f64
    compute = FLOAT_TESTS[name]
    return lambda a, b: int(compute(value(a), value(b)))


def float_ops(width: int) -> dict[str, Numeric]:
    sign = 1 << (width - 1)
    table: dict[str, Numeric] = {
        "abs": lambda a: a & ~sign,
        "neg": lambda a: a ^ sign,
        "copysign": lambda a, b: (a & ~sign) | (b & sign),
    }
    table |= {name: _arithmetic(name, width) for name in FLOAT_OPS}
    table |= {name: _test(name, width) for name in FLOAT_TESTS}
    return table


def _trunc(source: int, n: int, sign: str, *, saturate: bool) -> Numeric:
    value = f32 if source == 32 else f64
    low, high = (
        (-(1 << (n - 1)), (1 << (n - 1)) - 1) if sign == "s" else (0, (1 << n) - 1)
    )

    def apply(a: int) -> int:
        if is_nan(a, source):
            if saturate:
                return 0
            raise Trap("conversion")
        x = value(a)
        whole = (high + 1 if x > 0 else low - 1) if math.isinf(x) else math.trunc(x)
        if low <= whole <= high:
            return whole
        if not saturate:
            raise Trap("overflow")
        return low if whole < low else high

    return apply


def _round_to(value: int, digits: int) -> float:
    """The float of `digits` significant bits nearest to an integer, ties to even."""
    magnitude = abs(value)
    shift = magnitude.bit_length() - digits
    if shift > 0:
        kept, rest = magnitude >> shift, magnitude & ((1 << shift) - 1)
        half = 1 << (shift - 1)
        kept += rest > half or (rest == half and kept & 1)
        magnitude = kept << shift
    return float(-magnitude if value < 0 else magnitude)


def _convert(n: int, sign: str, width: int) -> Numeric:
    back, digits = (bits32, 24) if width == 32 else (bits64, 53)
    return lambda a: back(_round_to(signed(a, n) if sign == "s" else a, digits))


def _conversion(name: str) -> Numeric:
    target, rest = name.split(".")
    width = int(target[1:])
    if rest.startswith("reinterpret"):
        return lambda a: a
    if rest == "wrap_i64":
        return lambda a: a
    if rest == "demote_f64":
        return lambda a: bits32(math.nan if is_nan(a, 64) else f64(a))
    if rest == "promote_f32":
        return lambda a: bits64(math.nan if is_nan(a, 32) else f32(a))
    *kind, source, sign = rest.split("_")
    if kind == ["extend"]:
        return lambda a: signed(a, 32) if sign == "s" else a
    if kind[0] == "trunc":
        return _trunc(int(source[1:]), width, sign, saturate="sat" in kind)
    return _convert(int(source[1:]), sign, width)


def _find(name: str) -> Numeric | None:
    prefix, _, rest = name.partition(".")
    tables = {
        "i32": int_ops(32),
        "i64": int_ops(64),
        "f32": float_ops(32),
        "f64": float_ops(64),
    }
    if prefix not in tables or rest.startswith(("const", "load", "store")):
        return None
    return tables[prefix].get(rest) or _conversion(name)


def _wrap(op: oc.Op, compute: Numeric) -> Numeric:
    assert op.results is not None
    mask = 0xFFFFFFFF if op.results[0] in {oc.I32, oc.F32} else 0xFFFFFFFFFFFFFFFF
    if len(op.params or ()) == 1:
        return lambda a: compute(a) & mask
    return lambda a, b: compute(a, b) & mask


def _tables() -> tuple[dict[int, Numeric], dict[int, Numeric]]:
    found = ((op, _find(op.name)) for op in oc.OPS.values())
    pairs = [(op, compute) for op, compute in found if compute is not None]
    wrapped = list(zip([op for op, _ in pairs], starmap(_wrap, pairs), strict=True))
    unary = {op.code: f for op, f in wrapped if len(op.params or ()) == 1}
    return unary, {op.code: f for op, f in wrapped if op.code not in unary}


UNARY, BINARY = _tables()
