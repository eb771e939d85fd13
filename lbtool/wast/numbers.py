"""Numbers in scripts as bit patterns; reading them exactly is ``lbtool.wat.numbers``.

Range is not checked here: a script's constants are its author's word.
"""

from __future__ import annotations

from lbtool.wat.numbers import MANTISSA_BITS, integer
from lbtool.wat.numbers import float_bits as exact_bits

__all__ = ["MANTISSA_BITS", "float_bits", "int_bits"]


def int_bits(text: str, width: int) -> int:
    """`text` (signed or unsigned, decimal or hex) as `width` bits, two's complement."""
    full = (1 << width) - 1
    value = integer(text, -full, full)
    if value is None:
        raise ValueError(f"not an integer: {text!r}")
    return value & full


def float_bits(text: str, width: int) -> int:
    """`text` as the bits of an IEEE 754 number of `width` (32 or 64) bits.

    Raises ValueError when it is not a float literal.
    """
    bits = exact_bits(text, width)
    if bits is None:
        raise ValueError(f"not a float: {text!r}")
    return bits
