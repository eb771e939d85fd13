"""Zeroed buffers behind memoryviews: what the compiled core keeps its state in.

Not of ``array``, whose import brings all of ``collections`` along.
"""

from __future__ import annotations

__all__ = ["grown", "ints", "longs", "octets", "ulongs", "words"]

LARGE = 1 << 19  # bytes from which on a buffer has pages of its own
PAGE = 1 << 21  # bytes of a large page


def _zeroed(size: int) -> memoryview[int]:
    """So many bytes.

    Large pages for large ones: the first touch of a small page costs more than to
    compile what it has room for.
    """
    if size < LARGE:
        return memoryview(bytearray(size))
    import mmap  # noqa: PLC0415  few modules have such functions

    pages = mmap.mmap(-1, size + -size % PAGE, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    if hasattr(mmap, "MADV_HUGEPAGE"):
        pages.madvise(mmap.MADV_HUGEPAGE)
    return memoryview(pages)[:size]


def ints(n: int) -> memoryview[int]:
    """N signed 32-bit integers."""
    return _zeroed(4 * n).cast("i")


def words(n: int) -> memoryview[int]:
    """N unsigned 32-bit integers."""
    return _zeroed(4 * n).cast("I")


def longs(n: int) -> memoryview[int]:
    """N signed 64-bit integers."""
    return _zeroed(8 * n).cast("q")


def ulongs(n: int) -> memoryview[int]:
    """N unsigned 64-bit integers."""
    return _zeroed(8 * n).cast("Q")


def octets(n: int) -> memoryview[int]:
    """N bytes."""
    return _zeroed(n)


def grown(old: memoryview[int], n: int) -> memoryview[int]:
    """A buffer of `n` elements that begins with the contents of `old`."""
    view = memoryview(old)  # a compiled module hands out views of its own
    new = _zeroed(view.itemsize * n).cast(view.format)  # type: ignore[call-overload]
    new[: len(view)] = view
    return new  # type: ignore[no-any-return]
