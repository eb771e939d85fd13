"""Zeroed buffers behind memoryviews: what the compiled core keeps its state in."""

from __future__ import annotations

from array import array

__all__ = ["ints", "longs", "octets", "words"]


def ints(n: int) -> memoryview[int]:
    """N signed 32-bit integers."""
    return memoryview(array("i", bytes(4 * n)))


def words(n: int) -> memoryview[int]:
    """N unsigned 32-bit integers."""
    return memoryview(array("I", bytes(4 * n)))


def longs(n: int) -> memoryview[int]:
    """N signed 64-bit integers."""
    return memoryview(array("q", bytes(8 * n)))


def octets(n: int) -> memoryview[int]:
    """N bytes."""
    return memoryview(bytearray(n))
