"""LEB128 numbers written; the shortest encoding of each. Reading is ``wasm.leb``."""

from __future__ import annotations

__all__ = ["signed", "unsigned"]

_SHORT = tuple(bytes([n]) for n in range(0x80))


def unsigned(value: int) -> bytes:
    """A non-negative integer."""
    if value < 0x80:
        return _SHORT[value]
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def signed(value: int) -> bytes:
    """Any integer."""
    if -0x40 <= value < 0x40:
        return _SHORT[value & 0x7F]
    out = bytearray()
    while not -0x40 <= value < 0x40:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value & 0x7F)
    return bytes(out)
