"""Zeroed buffers behind memoryviews: what the compiled core keeps its state in."""

from __future__ import annotations

from array import array

__all__ = ["grown", "ints", "longs", "octets", "words"]


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


def grown(old: memoryview[int], n: int) -> memoryview[int]:
    """A buffer of `n` elements that begins with the contents of `old`."""
    view = memoryview(old)  # a compiled module hands out views of its own
    new = memoryview(array(view.format, bytes(view.itemsize * n)))
    new[: len(view)] = view
    return new
