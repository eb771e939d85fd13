"""Constants of scripts as values, and expected results as patterns.

A number's pattern is its bits under a mask: a NaN class is a mask, a v128 with NaN
lanes is the lanes' masks side by side. References have patterns of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

from lbtool import abi
from lbtool.engines.interface import AnyValue, Ref, Value
from lbtool.wast.lexer import Form
from lbtool.wast.numbers import MANTISSA_BITS, float_bits, int_bits

# name -> (value type, width in bits)
_SCALARS = {
    "i32.const": (abi.I32, 32),
    "i64.const": (abi.I64, 64),
    "f32.const": (abi.F32, 32),
    "f64.const": (abi.F64, 64),
}
# shape -> (bits per lane, lanes)
_SHAPES = {
    "i8x16": (8, 16),
    "i16x8": (16, 8),
    "i32x4": (32, 4),
    "i64x2": (64, 2),
    "f32x4": (32, 4),
    "f64x2": (64, 2),
}
_HEAP_TYPES = {
    "func": abi.FUNCREF,
    "nofunc": abi.FUNCREF,
    "extern": abi.EXTERNREF,
    "noextern": abi.EXTERNREF,
}


@dataclass(frozen=True, slots=True)
class Pattern:
    """A number of type `valtype` whose bits under `mask` are `bits`."""

    valtype: int
    bits: int
    mask: int

    def matches(self, value: AnyValue) -> bool:
        """Whether `value` is as expected."""
        return (
            isinstance(value, Value)
            and value.valtype == self.valtype
            and value.bits & self.mask == self.bits
        )


@dataclass(frozen=True, slots=True)
class RefPattern:
    """A reference, null or not; `valtype` and `token` None mean any."""

    valtype: int | None
    null: bool
    token: int | None = None

    def matches(self, value: AnyValue) -> bool:
        """Whether `value` is as expected."""
        if not isinstance(value, Ref) or (value.token is None) != self.null:
            return False
        if self.valtype is not None and value.valtype != self.valtype:
            return False
        return self.token is None or value.token == self.token


@dataclass(frozen=True, slots=True)
class Either:
    """Any one of several patterns."""

    options: tuple[Result, ...]

    def matches(self, value: AnyValue) -> bool:
        """Whether `value` is as expected."""
        return any(option.matches(value) for option in self.options)


Result = Pattern | RefPattern | Either


def nan_pattern(valtype: int, kind: str) -> Pattern:
    """The NaNs of class "canonical" or "arithmetic"; either sign (spec 4.3.3)."""
    bits, mask = _nan(64 if valtype == abi.F64 else 32, kind)
    return Pattern(valtype, bits, mask)


def argument(form: bytes | Form) -> AnyValue:
    """A constant such as ``(i32.const 1)``; ValueError for anything else."""
    words = _words(form)
    match words:
        case ["ref.null", *heap]:
            return Ref(_heap(heap), None)
        case ["ref.extern" | "ref.host", token]:
            return Ref(abi.EXTERNREF, int(token, 0))
        case _:
            pattern = _number(words)
            return Value(pattern.valtype, pattern.bits)


def result(form: bytes | Form) -> Result:
    """An expected result; ValueError when the form is not known."""
    if isinstance(form, Form) and form.head() == b"either":
        return Either(tuple(result(item) for item in form.items[1:]))
    words = _words(form)
    match words:
        case ["ref.null"]:
            return RefPattern(None, null=True)
        case ["ref.null", heap]:
            return RefPattern(_heap([heap]), null=True)
        case ["ref.func", *_]:
            return RefPattern(abi.FUNCREF, null=False)
        case ["ref.extern"]:
            return RefPattern(abi.EXTERNREF, null=False)
        case ["ref.extern", token]:
            return RefPattern(abi.EXTERNREF, null=False, token=int(token, 0))
        case _:
            return _number(words)


def _words(form: bytes | Form) -> list[str]:
    if not isinstance(form, Form):
        raise ValueError("a constant was expected")  # noqa: TRY004
    return [item.decode() for item in form.items if isinstance(item, bytes)]


def _heap(words: list[str]) -> int:
    heap = words[0] if words else "func"
    if heap not in _HEAP_TYPES:
        raise ValueError(f"unknown heap type {heap}")
    return _HEAP_TYPES[heap]


def _number(words: list[str]) -> Pattern:
    if words[:1] == ["v128.const"]:
        return _vector(words[1], words[2:])
    if len(words) != 2 or words[0] not in _SCALARS:
        raise ValueError(f"unknown constant {' '.join(words)}")
    valtype, width = _SCALARS[words[0]]
    bits, mask = _lane(words[1], width, is_float=words[0].startswith("f"))
    return Pattern(valtype, bits, mask)


def _vector(shape: str, lanes: list[str]) -> Pattern:
    width, count = _SHAPES[shape]
    if len(lanes) != count:
        raise ValueError(f"{shape} has {count} lanes")
    bits = mask = 0
    for index, text in enumerate(lanes):
        lane, lane_mask = _lane(text, width, is_float=shape.startswith("f"))
        bits |= lane << (index * width)
        mask |= lane_mask << (index * width)
    return Pattern(abi.V128, bits, mask)


def _lane(text: str, width: int, *, is_float: bool) -> tuple[int, int]:
    full = (1 << width) - 1
    if not is_float:
        return int_bits(text, width), full
    if text in ("nan:canonical", "nan:arithmetic"):
        return _nan(width, text[4:])
    return float_bits(text, width), full


def _nan(width: int, kind: str) -> tuple[int, int]:
    mantissa = MANTISSA_BITS[width]
    quiet = ((1 << (width - mantissa)) - 1) << (mantissa - 1)
    quiet &= (1 << (width - 1)) - 1
    # canonical: the payload is its top bit alone; arithmetic: that and any others
    return quiet, (1 << (width - 1)) - 1 if kind == "canonical" else quiet
