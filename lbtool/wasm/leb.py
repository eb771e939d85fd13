"""LEB128 integers: plain functions ``(data, pos, end) -> (value, next position)``.

The checks and their messages are those of the specification (5.2.2, Integers): at most
``ceil(N / 7)`` bytes, and no significant bits beyond N in the last one. Reading never
goes to `end` or beyond.
"""

from __future__ import annotations

__all__ = [
    "FormatError",
    "UnsupportedFormat",
    "s32",
    "s33",
    "s64",
    "signed",
    "u32",
    "u64",
    "unsigned",
]

UNEXPECTED_END = "unexpected end of section or function"
TOO_LONG = "integer representation too long"
TOO_LARGE = "integer too large"


class FormatError(Exception):
    """Malformed bytes: a message and the byte offset in the module.

    Raised by everything that reads bytes; the caller who knows section and function
    turns it into a ``MalformedError`` with a full position.
    """

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


class UnsupportedFormat(FormatError):  # noqa: N818 - it is a FormatError
    """Well-formed bytes of a proposal which the records of this package lack."""

    def __init__(self, message: str, offset: int, proposal: str) -> None:
        super().__init__(f"unsupported proposal {proposal}: {message}", offset)
        self.proposal = proposal


def _unsigned(data: bytes, pos: int, end: int, bits: int) -> tuple[int, int]:
    value = shift = 0
    while pos < end:
        byte = data[pos]
        if shift + 7 > bits and byte & 0x7F >= 1 << (bits - shift):
            raise FormatError(TOO_LARGE, pos)
        value |= (byte & 0x7F) << shift
        pos += 1
        if byte < 0x80:
            return value, pos
        shift += 7
        if shift >= bits:
            raise FormatError(TOO_LONG, pos)
    raise FormatError(UNEXPECTED_END, end)


def _signed(data: bytes, pos: int, end: int, bits: int) -> tuple[int, int]:
    value = shift = 0
    while pos < end:
        byte = data[pos]
        if shift + 7 > bits:
            mask = (-1 << (bits - shift - 1)) & 0x7F
            if byte & mask not in (0, mask):
                raise FormatError(TOO_LARGE, pos)
        value |= (byte & 0x7F) << shift
        pos += 1
        shift += 7
        if byte < 0x80:
            return value - ((byte & 0x40) << (shift - 6)), pos
        if shift >= bits:
            raise FormatError(TOO_LONG, pos)
    raise FormatError(UNEXPECTED_END, end)


def u32(data: bytes, pos: int, end: int) -> tuple[int, int]:
    """Unsigned 32-bit integer."""
    if pos < end and data[pos] < 0x80:
        return data[pos], pos + 1
    return _unsigned(data, pos, end, 32)


def u64(data: bytes, pos: int, end: int) -> tuple[int, int]:
    """Unsigned 64-bit integer."""
    return _unsigned(data, pos, end, 64)


def s32(data: bytes, pos: int, end: int) -> tuple[int, int]:
    """Signed 32-bit integer, as a Python int of that value."""
    return _signed(data, pos, end, 32)


def s33(data: bytes, pos: int, end: int) -> tuple[int, int]:
    """Signed 33-bit integer: block types and heap types."""
    return _signed(data, pos, end, 33)


def s64(data: bytes, pos: int, end: int) -> tuple[int, int]:
    """Signed 64-bit integer, as a Python int of that value."""
    return _signed(data, pos, end, 64)


_SHORT = tuple(bytes([n]) for n in range(0x80))


def unsigned(value: int) -> bytes:
    """The shortest encoding of a non-negative integer."""
    if value < 0x80:
        return _SHORT[value]
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def signed(value: int) -> bytes:
    """The shortest encoding of any integer."""
    if -0x40 <= value < 0x40:
        return _SHORT[value & 0x7F]
    out = bytearray()
    while not -0x40 <= value < 0x40:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value & 0x7F)
    return bytes(out)
