"""WebAssembly values as command-line text, both ways.

Numbers are bit patterns here as in ``lbtool.engines``, so NaN payloads survive. The
accepted forms are those of the text format (sign, decimal or hexadecimal, underscores,
``inf``, ``nan``, ``nan:0x..``); what is printed can be parsed again, except that
references other than null cannot be written.
"""

from __future__ import annotations

import re
import struct
from fractions import Fraction

from lbtool.abi import EXTERNREF, F32, F64, FUNCREF, I32, I64, V128

INT_BITS = {I32: 32, I64: 64, V128: 128}
# Per float type: struct codes of float and bits, bits of the fraction, of all.
FLOATS = {F32: ("<f", "<I", 23, 32), F64: ("<d", "<Q", 52, 64)}

_INT = re.compile(
    r"([+-]?)(?:0x([0-9a-f]+(?:_[0-9a-f]+)*)|(\d+(?:_\d+)*))", re.IGNORECASE
)
_NAN = re.compile(r"([+-]?)nan(?::0x([0-9a-f]+(?:_[0-9a-f]+)*))?", re.IGNORECASE)
_HEXFLOAT = re.compile(
    r"([+-]?)0x([0-9a-f]+(?:_[0-9a-f]+)*)"
    r"(?:\.([0-9a-f]*(?:_[0-9a-f]+)*))?(?:p([+-]?\d+))?",
    re.IGNORECASE,
)
_FLOAT = re.compile(
    r"[+-]?(\d+(_\d+)*)(\.(\d+(_\d+)*)?)?(e[+-]?\d+(_\d+)*)?", re.IGNORECASE
)


def parse_bits(text: str, valtype: int) -> int | None:
    """Bit pattern of `text` as `valtype`; None is the null reference.

    Raises ValueError with a message that says what was wrong and what is accepted.
    """
    if valtype in INT_BITS:
        return _parse_int(text, valtype)
    if valtype in FLOATS:
        return _parse_float(text, valtype)
    if valtype in (FUNCREF, EXTERNREF):
        if text == "null":
            return None
        raise ValueError("only the reference `null` can be given on the command line")
    raise ValueError(f"values of type {valtype:#x} cannot be given on the command line")


def _parse_int(text: str, valtype: int) -> int:
    bits = INT_BITS[valtype]
    match = _INT.fullmatch(text)
    if match is None:
        raise ValueError("not an integer (decimal or 0x...)")
    sign, hexadecimal, decimal = match.groups()
    value = int(hexadecimal, 16) if hexadecimal else int(decimal)
    value = -value if sign == "-" else value
    low, high = -(1 << bits - 1), (1 << bits) - 1
    if not low <= value <= high:
        raise ValueError(f"out of range: {bits} bits hold {low} to {high}")
    return value & high


def _parse_float(text: str, valtype: int) -> int:
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


def format_bits(bits: int | None, valtype: int) -> str:
    """Text of a value: integers signed, floats as short as they round-trip.

    >>> format_bits(0xFFFFFFFF, I32), format_bits(0x3DCCCCCD, F32)
    ('-1', '0.1')
    """
    if bits is None:
        return "null"
    if valtype == V128:
        return f"{bits:#034x}"
    if valtype in INT_BITS:
        size = INT_BITS[valtype]
        return str(bits - (1 << size) if bits >> size - 1 else bits)
    if valtype in FLOATS:
        return _format_float(bits, valtype)
    return "ref"


def _format_float(bits: int, valtype: int) -> str:
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
