"""Literals of the text format: strings, identifiers, numbers. Exact both ways.

Source: specification 6.3 (values), 6.3.5 (identifiers).
"""

from __future__ import annotations

import math
import struct

__all__ = ["bytes_string", "f32", "f64", "identifier", "name_string", "v128"]

_ESCAPES = {0x09: "\\t", 0x0A: "\\n", 0x0D: "\\r", 0x22: '\\"', 0x5C: "\\\\"}
_BYTES = tuple(
    _ESCAPES.get(b) or (chr(b) if 0x20 <= b < 0x7F else f"\\{b:02x}")
    for b in range(0x100)
)
_IDCHARS = frozenset(
    c for c in map(chr, range(0x21, 0x7F)) if c not in '"(),;[]{}'
)  # fmt: skip


def bytes_string(data: bytes) -> str:
    """Any bytes as a quoted string."""
    return '"' + "".join([_BYTES[b] for b in data]) + '"'


def _char(c: str) -> str:
    if c.isprintable() and c not in '"\\':
        return c
    return "".join([_BYTES[b] for b in c.encode()])


def name_string(name: str) -> str:
    """A name as a quoted string; printable characters stay readable."""
    return '"' + "".join(map(_char, name)) + '"'


def identifier(name: str) -> str | None:
    """``$name`` if the characters allow it."""
    return f"${name}" if name and _IDCHARS.issuperset(name) else None


def _special(bits: int, width: int, fraction: int) -> str | None:
    """Text of an infinity or a NaN, None for a finite number."""
    exponents = (1 << (width - 1 - fraction)) - 1
    if bits >> fraction & exponents != exponents:
        return None
    sign = "-" if bits >> (width - 1) else ""
    payload = bits & ((1 << fraction) - 1)
    if payload == 0:
        return f"{sign}inf"
    if payload == 1 << (fraction - 1):
        return f"{sign}nan"
    return f"{sign}nan:{payload:#x}"


def _short(text: str) -> str:
    """``1.0`` as ``1``: the text format needs no fraction."""
    return text.removesuffix(".0")


def f32(bits: int) -> str:
    """Bits of an f32 as the shortest decimal that reads back to them, or inf or a NaN.

    A decimal is taken if it lies clearly nearer to the value than to the middle between
    two values, so that no reader can round it elsewhere; nine digits always do.
    """
    special = _special(bits, 32, 23)
    if special is not None:
        return special
    value: float = struct.unpack("<f", struct.pack("<I", bits))[0]
    ulp = math.ldexp(1.0, max(bits >> 23 & 0xFF, 1) - 150)
    near = ulp * (0.49 if bits & 0x7FFFFF else 0.24)  # below 2^n values lie closer
    digits = 1
    while abs(float(f"{value:.{digits}g}") - value) > near:
        digits += 1
    return _short(repr(float(f"{value:.{digits}g}")))


def f64(bits: int) -> str:
    """Bits of an f64, like `f32`."""
    special = _special(bits, 64, 52)
    if special is not None:
        return special
    value: float = struct.unpack("<d", struct.pack("<Q", bits))[0]
    return _short(repr(value))


def v128(data: bytes) -> str:
    """Sixteen bytes as the four lanes of i32x4."""
    return "i32x4 " + " ".join(f"{lane:#010x}" for lane in struct.unpack("<4I", data))
