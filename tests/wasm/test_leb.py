"""LEB128 against an encoder and the rules of the specification."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lbtool.wasm.leb import FormatError, s32, s33, s64, u32, u64

READERS = {
    "u32": (u32, 32, False),
    "u64": (u64, 64, False),
    "s32": (s32, 32, True),
    "s33": (s33, 33, True),
    "s64": (s64, 64, True),
}


def groups(value: int, count: int) -> bytes:
    """`value` in exactly `count` bytes, sign-extended."""
    parts = [value >> (7 * i) & 0x7F for i in range(count)]
    return bytes([*(p | 0x80 for p in parts[:-1]), parts[-1]])


def shortest(value: int, *, signed: bool) -> int:
    """Number of bytes of the shortest encoding."""
    count = 1
    limit = 7 if not signed else 6
    low = -(1 << limit) if signed else 0
    while not low <= value < 1 << limit:
        count, limit = count + 1, limit + 7
        low = -(1 << limit) if signed else 0
    return count


@pytest.mark.parametrize("kind", READERS)
@settings(deadline=None)  # other work on the machine is no failure
@given(data=st.data())
def test_every_width_of_every_value_reads_back(kind: str, data: st.DataObject) -> None:
    read, bits, signed = READERS[kind]
    low = -(1 << (bits - 1)) if signed else 0
    high = (1 << (bits - signed)) - 1
    value = data.draw(st.integers(low, high))
    most = -(-bits // 7)
    width = data.draw(st.integers(shortest(value, signed=signed), most))
    raw = groups(value, width)
    assert read(b"\xff" + raw + b"\xff", 1, width + 2) == (value, width + 1)
    with pytest.raises(FormatError, match="unexpected end"):
        read(raw, 0, width - 1)


@pytest.mark.parametrize("kind", READERS)
@settings(deadline=None)  # other work on the machine is no failure
@given(data=st.data())
def test_too_long_and_too_large(kind: str, data: st.DataObject) -> None:
    read, bits, signed = READERS[kind]
    most = -(-bits // 7)
    low = -(1 << (bits - 1)) if signed else 0
    high = (1 << (bits - signed)) - 1
    long = groups(data.draw(st.integers(low, high)), most + 1)
    with pytest.raises(FormatError, match="integer representation too long"):
        read(long, 0, len(long))
    room = 1 << (7 * most - signed)
    outside = data.draw(
        st.one_of(
            st.integers(high + 1, room - 1),
            st.integers(-room if signed else high + 1, low - 1 if signed else room - 1),
        )
    )
    large = groups(outside, most)
    with pytest.raises(FormatError, match="integer too large") as caught:
        read(large, 0, len(large))
    assert caught.value.offset == most - 1
