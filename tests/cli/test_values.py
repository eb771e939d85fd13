"""Typed values as command-line text: what is accepted, what it means, what is shown."""

from __future__ import annotations

import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lbtool.abi import EXTERNREF, F32, F64, FUNCREF, I32, I64, V128
from lbtool.cli.values import format_bits, parse_bits

ACCEPTED = [
    (I32, "0", 0),
    (I32, "-1", 0xFFFFFFFF),
    (I32, "+7", 7),
    (I32, "4294967295", 0xFFFFFFFF),
    (I32, "-2147483648", 0x80000000),
    (I32, "0xffff_ffff", 0xFFFFFFFF),
    (I32, "-0x80000000", 0x80000000),
    (I64, "18446744073709551615", 2**64 - 1),
    (I64, "1_000_000", 10**6),
    (V128, "0x1_0000000000000000", 1 << 64),
    (F32, "1.5", 0x3FC00000),
    (F32, "-0.0", 0x80000000),
    (F32, "0x1.8p1", 0x40400000),
    (F32, "inf", 0x7F800000),
    (F32, "-inf", 0xFF800000),
    (F32, "nan", 0x7FC00000),
    (F32, "-nan:0x200000", 0xFFA00000),
    (F32, "3.4028235e38", 0x7F7FFFFF),
    (F32, "1e-45", 1),
    (F32, "1e-46", 0),
    # Halfway cases which rounding through a double gets wrong.
    (F32, "0x1.000001000000001p0", 0x3F800001),
    (F32, "0x1.000001p0", 0x3F800000),
    (F64, "1e308", 0x7FE1CCF385EBC8A0),
    (F64, "5e-324", 1),
    (F64, "nan:0x1", 0x7FF0000000000001),
    (FUNCREF, "null", None),
    (EXTERNREF, "null", None),
]
REFUSED = [
    (I32, "4294967296", "out of range"),
    (I32, "-2147483649", "out of range"),
    (I32, "1.5", "not an integer"),
    (I32, "", "not an integer"),
    (I32, "0x", "not an integer"),
    (I32, "1__0", "not an integer"),
    (I64, "18446744073709551616", "out of range"),
    (F32, "1e39", "out of range"),
    (F32, "3.4028236e38", "out of range"),
    (F64, "1e309", "out of range"),
    (F32, "nan:0x800000", "out of range"),
    (F32, "nan:0x0", "out of range"),
    (F64, "0x1p99999999", "out of range"),
    (F64, "one", "not a number"),
    (F64, "1/2", "not a number"),
    (FUNCREF, "0", "only the reference `null`"),
    (0x6E, "0", "cannot be given"),
]


@pytest.mark.parametrize(("valtype", "text", "bits"), ACCEPTED)
def test_accepted(valtype: int, text: str, bits: int | None) -> None:
    assert parse_bits(text, valtype) == bits


@pytest.mark.parametrize(("valtype", "text", "reason"), REFUSED)
def test_refused(valtype: int, text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_bits(text, valtype)


@given(st.integers(0, 2**32 - 1))
def test_what_is_shown_can_be_given_again_32(bits: int) -> None:
    for valtype in (I32, F32):
        assert parse_bits(format_bits(bits, valtype), valtype) == bits


@given(st.integers(0, 2**64 - 1))
def test_what_is_shown_can_be_given_again_64(bits: int) -> None:
    for valtype in (I64, F64, V128):
        assert parse_bits(format_bits(bits, valtype), valtype) == bits


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_doubles_are_read_as_python_reads_them(value: float) -> None:
    (bits,) = struct.unpack("<Q", struct.pack("<d", value))
    assert parse_bits(repr(value), F64) == bits
    assert parse_bits(value.hex(), F64) == bits


@given(st.floats(width=32, allow_nan=False, allow_infinity=False))
def test_singles_are_shown_as_short_as_they_can_be(value: float) -> None:
    (bits,) = struct.unpack("<I", struct.pack("<f", value))
    shown = format_bits(bits, F32)
    assert len(shown) <= len(repr(value))
    assert math.isclose(float(shown), value, rel_tol=1e-6, abs_tol=1e-44)
