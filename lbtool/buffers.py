"""Zeroed buffers behind memoryviews: what the compiled core keeps its state in.

Not of ``array``, whose import brings all of ``collections`` along.
"""

from __future__ import annotations

__all__ = ["grown", "ints", "longs", "octets", "ulongs", "words"]


def ints(n: int) -> memoryview[int]:
    """N signed 32-bit integers."""
    return memoryview(bytearray(4 * n)).cast("i")


def words(n: int) -> memoryview[int]:
    """N unsigned 32-bit integers."""
    return memoryview(bytearray(4 * n)).cast("I")


def longs(n: int) -> memoryview[int]:
    """N signed 64-bit integers."""
    return memoryview(bytearray(8 * n)).cast("q")


def ulongs(n: int) -> memoryview[int]:
    """N unsigned 64-bit integers."""
    return memoryview(bytearray(8 * n)).cast("Q")


def octets(n: int) -> memoryview[int]:
    """N bytes."""
    return memoryview(bytearray(n))


def grown(old: memoryview[int], n: int) -> memoryview[int]:
    """A buffer of `n` elements that begins with the contents of `old`."""
    view = memoryview(old)  # a compiled module hands out views of its own
    new = memoryview(bytearray(view.itemsize * n)).cast(view.format)  # type: ignore[call-overload]
    new[: len(view)] = view
    return new  # type: ignore[no-any-return]
