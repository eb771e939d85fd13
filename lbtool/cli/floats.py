"""Floating-point values as command-line text, both ways, exactly.

Imported only when there is one: fractions and regular expressions take a warm run's
start several milliseconds.
"""

from __future__ import annotations

import re
import struct
from fractions import Fraction

from lbtool.abi import F32, F64

__all__ = ["format_float", "parse_float"]

# Per float type: struct codes of float and bits, bits of the fraction, of all.
FLOATS = {F32: ("<f", "<I", 23, 32), F64: ("<d", "<Q", 52, 64)}

_NAN = re.compile(r"([+-]?)nan(?::0x([0-9a-f]+(?:_[0-9a-f]+)*))?", re.IGNORECASE)
_HEXFLOAT = re.compile(
    r"([+-]?)0x([0-9a-f]+(?:_[0-9a-f]+)*)"
    r"(?:\.([0-9a-f]*(?:_[0-9a-f]+)*))?(?:p([+-]?\d+))?",
    re.IGNORECASE,
)
_FLOAT = re.compile(
    r"[+-]?(\d+(_\d+)*)(\.(\d+(_\d+)*)?)?(e[+-]?\d+(_\d+)*)?", re.IGNORECASE
)


def parse_float(text: str, valtype: int) -> int:
    """Bit pattern of `text`; ValueError says what was wrong."""
    _, _, fraction, bits = FLOATS[valtype]
    nan = _NAN.fullmatch(text)
    if nan:
        return _nan_bits(nan, fraction, bits)
    plain = text.replace("_", "")
    sign = 1 << bits - 1 if text.startswith("-") else 0
    if plain.lower().lstrip("+-") in ("inf", "infinity"):
        return sign | _infinity(fraction, bits)
    hexadecimal = _HEXFLOAT.fullmatch(text)
    if hexadecimal:
        exact = _hex_fraction(hexadecimal)
    elif _FLOAT.fullmatch(text):
        exact = Fraction(plain)
    else:
        raise ValueError("not a number (1.5, 1e9, 0x1.8p3, inf, nan, nan:0x400000)")
    rounded = _round(abs(exact), fraction, bits)
    if rounded >= _infinity(fraction, bits):
        raise ValueError(f"out of range: larger than the largest f{bits}")
    return sign | rounded


def _infinity(fraction: int, bits: int) -> int:
    return (1 << bits - 1) - (1 << fraction)


def _nan_bits(match: re.Match[str], fraction: int, bits: int) -> int:
    sign = 1 << bits - 1 if match[1] == "-" else 0
    payload = int(match[2], 16) if match[2] else 1 << fraction - 1
    if not 0 < payload < 1 << fraction:
        raise ValueError(
            f"out of range: a NaN payload is 1 to {(1 << fraction) - 1:#x}"
        )
    return sign | _infinity(fraction, bits) | payload


def _hex_fraction(match: re.Match[str]) -> Fraction:
    whole, part = match[2].replace("_", ""), (match[3] or "").replace("_", "")
    exponent = int(match[4] or 0) - 4 * len(part)
    if abs(exponent) > 1 << 16:
        raise ValueError("out of range: the exponent")
    return Fraction(int(whole + part, 16)) * Fraction(2) ** exponent


def _round(exact: Fraction, fraction: int, bits: int) -> int:
    """Nearest float (ties to even) of `exact` >= 0, as bits without a sign.

    What is too large gives bits at or above those of infinity. Rounding through a
    double first would round twice for f32.
    """
    if exact == 0:
        return 0
    bias = (1 << bits - fraction - 2) - 1
    log2 = exact.numerator.bit_length() - exact.denominator.bit_length()
    exponent = log2 if exact >= Fraction(2) ** log2 else log2 - 1
    unit = max(exponent, 1 - bias) - fraction
    # Python's round is to even; a carry into the exponent field is what is wanted.
    mantissa = round(exact / Fraction(2) ** unit)
    return mantissa + (max(unit + fraction + bias, 1) - 1 << fraction)


def format_float(bits: int, valtype: int) -> str:
    """Text, as short as it round-trips."""
    code, int_code, fraction, size = FLOATS[valtype]
    sign = "-" if bits >> size - 1 else ""
    magnitude = bits & (1 << size - 1) - 1
    infinity = _infinity(fraction, size)
    if magnitude == infinity:
        return f"{sign}inf"
    if magnitude > infinity:
        payload = magnitude - infinity
        return f"{sign}nan" + (f":{payload:#x}" if payload != 1 << fraction - 1 else "")
    value: float = struct.unpack(code, struct.pack(int_code, bits))[0]
    if valtype == F64:
        return repr(value)
    for digits in range(1, 10):
        text = f"{value:.{digits}g}"
        if _round(Fraction(text.lstrip("-")), fraction, size) == magnitude:
            break
    # The shortest digits in Python's own notation: 3.0, not 3.
    return repr(float(text))
