"""Number literals of the text format as bits: exact, nearest, ties to even.

Python's ``float`` is used nowhere, so an f32 is not rounded twice. The work is linear
in the length of the literal: digits beyond those that can decide a rounding are
replaced by one that says whether any of them was not zero.

Source: specification 6.3.1 "Integers", 6.3.2 "Floating-Point".
"""

from __future__ import annotations

import re

__all__ = ["MANTISSA_BITS", "float_bits", "integer"]

_HEX = r"[0-9a-fA-F]++(?:_[0-9a-fA-F]++)*+"
_DEC = r"[0-9]++(?:_[0-9]++)*+"
_INTEGER = re.compile(rf"([+-]?)(?:(0x)({_HEX})|({_DEC}))")
_FLOAT = re.compile(
    rf"([+-]?)(?:0x(?P<hw>{_HEX})(?:\.(?P<hf>{_HEX})?)?(?:[pP](?P<he>[+-]?{_DEC}))?"
    rf"|(?P<dw>{_DEC})(?:\.(?P<df>{_DEC})?)?(?:[eE](?P<de>[+-]?{_DEC}))?"
    rf"|(?P<inf>inf)|(?P<nan>nan)(?::0x(?P<payload>{_HEX}))?)"
)
MANTISSA_BITS = {32: 23, 64: 52}
# More digits than any tie between two f64 has, and more than any integer.
_DIGITS = 800
# Beyond this power of ten (of two: four times that) everything is 0 or too large.
_EXPONENT = 2000


def integer(text: str, low: int, high: int) -> int | None:
    """`text` as an integer; None if it is none.

    Raises OverflowError unless ``low <= value <= high``.
    """
    found = _INTEGER.fullmatch(text)
    if found is None:
        return None
    sign, prefix, hexadecimal, decimal = found.groups()
    digits = (hexadecimal or decimal).replace("_", "").lstrip("0") or "0"
    if len(digits) > 40:
        raise OverflowError(text)
    value = int(digits, 16 if prefix else 10)
    if sign == "-":
        value = -value
    if not low <= value <= high:
        raise OverflowError(text)
    return value


def float_bits(text: str, width: int) -> int | None:
    """`text` as the bits of an IEEE 754 number of 32 or 64 bits; None if it is none.

    Raises OverflowError for what rounds to infinity and for a NaN without payload bits
    or with too many.
    """
    found = _FLOAT.fullmatch(text)
    if found is None:
        return None
    part = found.groupdict()
    mantissa = MANTISSA_BITS[width]
    sign = 1 << (width - 1) if found[1] == "-" else 0
    infinity = ((1 << (width - 1 - mantissa)) - 1) << mantissa
    if part["inf"]:
        return sign | infinity
    if part["nan"]:
        return sign | infinity | _payload(part["payload"], mantissa)
    if part["hw"]:
        digits, exponent = _digits(part["hw"], part["hf"], part["he"], 4)
        bits = _round(int(digits, 16), exponent, 2, width)
    else:
        digits, exponent = _digits(part["dw"], part["df"], part["de"], 1)
        bits = _round(int(digits), exponent, 10, width)
    if bits >= infinity:
        raise OverflowError(text)
    return sign | bits


def _payload(text: str | None, mantissa: int) -> int:
    if text is None:
        return 1 << (mantissa - 1)
    digits = text.replace("_", "").lstrip("0")
    if not digits or len(digits) > 16 or int(digits, 16) >> mantissa:
        raise OverflowError(text)
    return int(digits, 16)


def _digits(
    whole: str, fraction: str | None, power: str | None, step: int
) -> tuple[str, int]:
    """Significant digits and the exponent of their last place; `step` is a digit's."""
    fraction = (fraction or "").replace("_", "")
    digits = (whole.replace("_", "") + fraction).lstrip("0")
    exponent = -step * len(fraction)
    text = (power or "0").replace("_", "")
    sign, size = text[0] == "-", text.lstrip("+-").lstrip("0") or "0"
    value = int(size) if len(size) < 20 else 10**20
    exponent += -value if sign else value
    if len(digits) > _DIGITS:
        rest = digits[_DIGITS:]
        exponent += step * len(rest)
        digits = digits[:_DIGITS]
        if rest.strip("0"):
            # Half of a last place more: above a tie if it was one.
            digits += "8" if step == 4 else "5"
            exponent -= step
    return digits or "0", exponent


def _round(value: int, exponent: int, radix: int, width: int) -> int:
    """Bits of ``value * radix ** exponent``, >= 0; infinity's or more is too large."""
    if value == 0:
        return 0
    mantissa = MANTISSA_BITS[width]
    bias = (1 << (width - 2 - mantissa)) - 1
    size = exponent + value.bit_length() * (1 if radix == 2 else 0.301)
    limit = 4 * _EXPONENT if radix == 2 else _EXPONENT
    if not -limit < size < limit:
        return 0 if size < 0 else 1 << (width - 1)
    above, below = value, 1
    if exponent >= 0:
        above *= radix**exponent
    else:
        below = radix**-exponent
    power = above.bit_length() - below.bit_length()
    if above << max(-power, 0) < below << max(power, 0):
        power -= 1
    power = max(power, 1 - bias)
    shift = power - mantissa
    above <<= max(-shift, 0)
    below <<= max(shift, 0)
    result, rest = divmod(above, below)
    if 2 * rest > below or (2 * rest == below and result & 1):
        result += 1
    # A subnormal has exponent field 0, as exponent 1 - bias without the implicit bit; a
    # carry out of the mantissa lands in the exponent field.
    return ((power + bias - 1) << mantissa) + result
