"""WebAssembly values as command-line text, both ways.

Numbers are bit patterns here as in ``lbtool.engines``, so NaN payloads survive. The
accepted forms are those of the text format (sign, decimal or hexadecimal, underscores,
``inf``, ``nan``, ``nan:0x..``); what is printed can be parsed again, except that
references other than null cannot be written.
"""

from __future__ import annotations

from lbtool.abi import EXTERNREF, F32, F64, FUNCREF, I32, I64, V128

INT_BITS = {I32: 32, I64: 64, V128: 128}
FLOATS = (F32, F64)
DIGITS = {10: frozenset("0123456789_"), 16: frozenset("0123456789abcdef_")}


def parse_bits(text: str, valtype: int) -> int | None:
    """Bit pattern of `text` as `valtype`; None is the null reference.

    Raises ValueError with a message that says what was wrong and what is accepted.
    """
    if valtype in INT_BITS:
        return _parse_int(text, valtype)
    if valtype in FLOATS:
        from lbtool.cli.floats import parse_float  # noqa: PLC0415

        return parse_float(text, valtype)
    if valtype in (FUNCREF, EXTERNREF):
        if text == "null":
            return None
        raise ValueError("only the reference `null` can be given on the command line")
    raise ValueError(f"values of type {valtype:#x} cannot be given on the command line")


def _parse_int(text: str, valtype: int) -> int:
    bits = INT_BITS[valtype]
    value = _integer(text)
    low, high = -(1 << bits - 1), (1 << bits) - 1
    if not low <= value <= high:
        raise ValueError(f"out of range: {bits} bits hold {low} to {high}")
    return value & high


def _integer(text: str) -> int:
    digits = text.lower()
    sign = digits[:1]
    digits = digits.removeprefix(sign if sign in ("+", "-") else "")
    base = 16 if digits.startswith("0x") else 10
    digits = digits.removeprefix("0x")
    if not digits or not DIGITS[base].issuperset(digits):
        raise ValueError("not an integer (decimal or 0x...)")
    try:
        value = int(digits, base)
    except ValueError:  # underscores elsewhere than between two digits
        raise ValueError("not an integer (decimal or 0x...)") from None
    return -value if sign == "-" else value


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
        from lbtool.cli.floats import format_float  # noqa: PLC0415

        return format_float(bits, valtype)
    return "ref"
