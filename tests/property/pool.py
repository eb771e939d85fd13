"""Values worth computing with: constants, arguments, and what host functions return.

Everything is bits (see ``tests.reference.numeric``); references are None or a `Ref`.
Not here: modules and instructions.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.reference.numeric import NAN32, NAN64, is_nan
from tests.reference.opcodes import EXTERNREF, F32, F64, FUNCREF, I32, I64

if TYPE_CHECKING:
    import random


@dataclass(frozen=True, slots=True)
class Ref:
    """A host object behind an externref; equal only by its number."""

    number: int


class HostError(Exception):
    """What a host function of the tests raises when its arguments say so."""


def _integers(n: int) -> list[int]:
    edges = [0, 1, 2, 3, 5, 7, 10, 255, 256, -1, -2, -3, -128, -129]
    for k in (7, 8, 15, 16, 31, 32, 63):
        if k < n:
            edges += [(1 << k) - 1, 1 << k, (1 << k) + 1]
    edges += [1 << (n - 1), (1 << (n - 1)) - 1, (1 << (n - 1)) + 1]
    return [value & ((1 << n) - 1) for value in edges]


def _single(value: float) -> int:
    return int.from_bytes(struct.pack("<f", value), "little")


def _double(value: float) -> int:
    return int.from_bytes(struct.pack("<d", value), "little")


_NUMBERS = [0.0, 1.0, 1.5, 2.5, 0.5, 3.0, 10.0, 1e10, 1e-10, 123456.789]
_NUMBERS += [2.0**k for k in (23, 24, 31, 32, 52, 53, 63, 64)]
_NUMBERS += [2.0**31 - 1, 2.0**32 - 1, 4294967040.0, 2147483520.0, 9.2e18]
_MAGNITUDES32 = [
    *map(_single, _NUMBERS), 1, 0x7FFFFF, 0x800000, 0x7F7FFFFF, 0x7F800000
]  # fmt: skip
_MAGNITUDES64 = [
    *map(_double, _NUMBERS), 1, (1 << 52) - 1, 1 << 52, 0x7FEFFFFFFFFFFFFF,
    0x7FF0000000000000, 0x41DFFFFFFFE00000, 0x41EFFFFFFFF00000,
]  # fmt: skip
QUIET = {
    F32: [NAN32, NAN32 | 1 << 31, 0x7FC12345, 0xFFFFFFFF],
    F64: [NAN64, NAN64 | 1 << 63, 0x7FF8000012345678, (1 << 64) - 1],
}
SIGNALLING = {
    F32: [0x7F800001, 0xFFA00000],
    F64: [0x7FF0000000000001, 0xFFF4000000000000],
}
VALUES = {
    I32: _integers(32),
    I64: _integers(64),
    F32: [m | s for m in _MAGNITUDES32 for s in (0, 1 << 31)] + QUIET[F32],
    F64: [m | s for m in _MAGNITUDES64 for s in (0, 1 << 63)] + QUIET[F64],
}
WIDTH = {I32: 32, I64: 64, F32: 32, F64: 64}


def constant(rng: random.Random, valtype: int) -> int:
    """Bits for a constant instruction; may be a signalling NaN."""
    roll = rng.random()
    if roll < 0.25 and valtype in {I32, I64}:
        return rng.randrange(16)
    if roll < 0.35:
        return rng.getrandbits(WIDTH[valtype])
    if roll < 0.38 and valtype in SIGNALLING:
        return rng.choice(SIGNALLING[valtype])
    return rng.choice(VALUES[valtype])


def argument(rng: random.Random, valtype: int) -> Any:
    """A value from outside; no signalling NaN, which Python may quieten."""
    if valtype == FUNCREF:
        return None
    if valtype == EXTERNREF:
        return rng.choice([None, Ref(rng.randrange(4))])
    if rng.random() < 0.2 and valtype in {I32, I64}:
        return rng.getrandbits(WIDTH[valtype])
    return rng.choice(VALUES[valtype])


def canonical(valtype: int, value: Any) -> Any:
    """The value with every NaN replaced by the positive canonical one."""
    if valtype == F32 and is_nan(value, 32):
        return NAN32
    if valtype == F64 and is_nan(value, 64):
        return NAN64
    return value


def host_result(
    name: str, params: tuple[int, ...], results: tuple[int, ...], args: list[Any]
) -> list[Any]:
    """What the host function `name` returns: a function of its arguments alone.

    Functions whose name starts with ``fail`` raise `HostError` for one call in eight.
    """
    seen = [canonical(t, v) for t, v in zip(params, args, strict=True)]
    mix = len(name) * 0x9E3779B97F4A7C15
    for t, value in zip(params, seen, strict=True):
        number = value if isinstance(value, int) else 0
        mix = ((mix ^ number ^ t) * 0x100000001B3 + 1) & 0xFFFFFFFFFFFFFFFF
        mix ^= mix >> 29
    if name.startswith("fail") and mix % 8 == 0:
        raise HostError(name)
    out: list[Any] = []
    for t in results:
        mix = (mix * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        pick = mix >> 33
        if t in VALUES:
            out.append(VALUES[t][pick % len(VALUES[t])])
        else:
            same = [v for p, v in zip(params, seen, strict=True) if p == t == EXTERNREF]
            out.append(same[0] if same else None)
    return out
