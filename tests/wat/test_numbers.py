"""Number literals: every bit of them."""

from __future__ import annotations

import math
import struct
from fractions import Fraction
from random import Random

import pytest

from lbtool.wasm import literals
from lbtool.wat.numbers import float_bits, integer


def test_f64_as_python_reads_them() -> None:
    random = Random(1)
    for _ in range(4000):
        bits = random.getrandbits(64)
        (value,) = struct.unpack("<d", bits.to_bytes(8, "little"))
        if not math.isfinite(value):
            continue
        assert float_bits(repr(value), 64) == bits
        assert float_bits(value.hex(), 64) == bits
        short = f"{value:.{random.randrange(25)}e}"
        if math.isfinite(float(short)):
            expected = struct.unpack("<Q", struct.pack("<d", float(short)))[0]
            assert float_bits(short, 64) == expected


def test_f32_are_rounded_once() -> None:
    random = Random(2)
    for _ in range(2000):
        bits = random.getrandbits(31)
        text = literals.f32(bits)
        if "n" in text:
            continue
        assert float_bits(text, 32) == bits
        # Just above and below the middle of two neighbours.
        here, there = (
            Fraction(struct.unpack("<f", each.to_bytes(4, "little"))[0])
            for each in (bits, bits + 1)
        )
        if not math.isfinite(there):
            continue
        middle = (here + there) / 2
        digits = middle.numerator * 10**400 // middle.denominator
        assert float_bits(f"{digits}e-400", 32) in (bits, bits + bits % 2)
        assert float_bits(f"{digits + 1}e-400", 32) == bits + 1
        assert float_bits(f"{digits - 1}e-400", 32) == bits


@pytest.mark.parametrize(
    ("text", "width", "bits"),
    [
        ("0x1.000001p0", 32, 0x3F800000),
        ("0x1.00000100000000000000000000000000000000000001p0", 32, 0x3F800001),
        ("16777217.0", 32, 0x4B800000),
        ("1e-400", 64, 0),
        ("-0", 32, 0x80000000),
        ("0x0p99999999999999999999", 64, 0),
        ("0e99999999999999999999", 64, 0),
        ("1e-99999999999999999999", 64, 0),
        ("0x1p-1074", 64, 1),
        ("0x.8p0", 64, None),
        ("1.", 32, 0x3F800000),
        ("1_0.5_0e0_1", 64, 0x405A400000000000),
        ("+inf", 32, 0x7F800000),
        ("-nan", 32, 0xFFC00000),
        ("nan:0x1", 64, 0x7FF0000000000001),
        ("nan:canonical", 32, None),
        ("1__0", 32, None),
        ("0." + "0" * 9000 + "1e9001", 64, 0x3FF0000000000000),
        ("1" + "0" * 5000 + "e-5000", 32, 0x3F800000),
    ],
)
def test_float_literals(text: str, width: int, bits: int | None) -> None:
    assert float_bits(text, width) == bits


@pytest.mark.parametrize(
    "text",
    ["1e39", "0x1p128", "340282356779733661637539395458142568448", "nan:0x0",
     "nan:0x800000", "1e9999999999999999999999", "9" * 100_000],
)  # fmt: skip
def test_floats_out_of_range(text: str) -> None:
    with pytest.raises(OverflowError):
        float_bits(text, 32)
    below = "340282356779733661637539395458142568447"
    assert float_bits(below, 32) == 0x7F7FFFFF


def test_integers() -> None:
    assert integer("-0x8000_0000", -(1 << 31), 1) == -(1 << 31)
    assert integer("+1_0", 0, 10) == 10
    assert integer("0" * 100_000 + "7", 0, 10) == 7
    for text in ("", "x", "1_", "_1", "0x", "1.0", "--1", "0x_1", "\u0661"):
        assert integer(text, 0, 10) is None
    for text in ("11", "-1", "9" * 100_000):
        with pytest.raises(OverflowError):
            integer(text, 0, 10)
