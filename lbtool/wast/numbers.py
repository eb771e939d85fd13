"""Numbers of the text format as bit patterns: exact, rounded to nearest, ties to even.

Python's ``float`` is used nowhere, so f32 is never rounded twice and NaN payloads stay.
Range errors are not reported here: a script's constants are its author's word.

Source: WebAssembly 2.0, section 6.3 "Values".
"""

from __future__ import annotations

import re
from fractions import Fraction

MANTISSA_BITS = {32: 23, 64: 52}
_HEX = re.compile(r"0x([0-9a-f]+)\.?([0-9a-f]*)(?:p([+-]?\d+))?")
_DECIMAL = re.compile(r"(\d+)\.?(\d*)(?:e([+-]?\d+))?")


def int_bits(text: str, width: int) -> int:
    """`text` (signed or unsigned, decimal or hex) as `width` bits, two's complement."""
    digits = text.replace("_", "").lower()
    base = 16 if digits.lstrip("+-").startswith("0x") else 10
    return int(digits, base) & ((1 << width) - 1)


def float_bits(text: str, width: int) -> int:
    """`text` as the bits of an IEEE 754 number of `width` (32 or 64) bits.

    Raises ValueError when it is not a float literal.
    """
    digits = text.replace("_", "").lower()
    sign = (1 << (width - 1)) if digits.startswith("-") else 0
    digits = digits.lstrip("+-")
    mantissa = MANTISSA_BITS[width]
    infinity = ((1 << (width - 1 - mantissa)) - 1) << mantissa
    if digits == "inf":
        return sign | infinity
    if digits == "nan":
        return sign | infinity | 1 << (mantissa - 1)
    if digits.startswith("nan:0x"):
        return sign | infinity | int(digits[6:], 16)
    return sign | min(_round(_exact(digits), width), infinity)


def _exact(digits: str) -> Fraction:
    match = _HEX.fullmatch(digits)
    if match:
        base, radix = 16, 2
        scale = -4 * len(match[2])
    else:
        match = _DECIMAL.fullmatch(digits)
        if not match:
            raise ValueError(f"not a float: {digits!r}")
        base, radix = 10, 10
        scale = -len(match[2])
    scale += int(match[3] or 0)
    value = Fraction(int(match[1] + match[2], base))
    return value * Fraction(radix) ** scale


def _round(value: Fraction, width: int) -> int:
    """The bits of `value` >= 0 without sign; beyond infinity's bits when too large."""
    if value == 0:
        return 0
    mantissa = MANTISSA_BITS[width]
    bias = (1 << (width - 2 - mantissa)) - 1
    exponent = value.numerator.bit_length() - value.denominator.bit_length()
    if Fraction(2) ** exponent > value:
        exponent -= 1
    exponent = max(exponent, 1 - bias)
    scaled = value / Fraction(2) ** (exponent - mantissa)
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    if 2 * rest > scaled.denominator or (2 * rest == scaled.denominator and whole & 1):
        whole += 1
    # A subnormal has no implicit bit: its exponent field is 0, as for exponent 1 - bias
    # without the bit. A carry out of the mantissa lands in the exponent field.
    return ((exponent + bias - 1) << mantissa) + whole
