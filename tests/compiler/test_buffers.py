"""Buffers of the core: zero, of exact length, whatever memory they are made of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lbtool.buffers import LARGE, grown, ints, longs, octets, ulongs, words

Make = Callable[[int], "memoryview[int]"]


@pytest.mark.parametrize("make", [ints, longs, octets, ulongs, words])
@pytest.mark.parametrize("n", [0, 3, LARGE - 1, LARGE + 5])
def test_buffers_are_zero_and_of_exact_length(make: Make, n: int) -> None:
    buffer = make(n)
    assert len(buffer) == n
    assert not any(bytes(buffer))
    if n:
        buffer[n - 1] = 7
        assert buffer[n - 1] == 7


@pytest.mark.parametrize("n", [3, LARGE])
def test_grown_buffers_begin_with_what_was_there(n: int) -> None:
    small = words(n)
    small[0], small[n - 1] = 1, 0xFFFF_FFFF
    large = grown(small, 2 * n + 1)
    assert (large[0], large[n - 1], len(large)) == (1, 0xFFFF_FFFF, 2 * n + 1)
    assert not any(bytes(large[n:]))
