"""Broken versions of real modules: flipped bits, bytes, splices, truncations,
stretches.

Deterministic for a seed. Not here: what the engines make of them.
"""

from __future__ import annotations

import random
from functools import cache

from tests.data import CORPUS
from tests.property.generate import generate


@cache
def originals() -> tuple[bytes, ...]:
    """Generated modules, and the small ones of the corpus when it is there."""
    found = [generate(seed).wasm for seed in range(40)]
    if CORPUS.present:
        paths = sorted((CORPUS.path / "kernels").glob("*.wasm"))
        paths += sorted((CORPUS.path / "micro").glob("*.wasm"))
        found += [path.read_bytes() for path in paths]
    return tuple(found)


def _interesting(rng: random.Random) -> int:
    return rng.choice(
        [
            0,
            1,
            0x7F,
            0x80,
            0xFF,
            0x40,
            0x0B,
            0x05,
            0x70,
            0x6F,
            0x7E,
            0x7C,
            0xFC,
            0xFD,
            0x02,
            0x10,
            0x11,
            0x20,
            0x1A,
            0x6A,
            rng.randrange(256),
        ]
    )


def mutated(seed: int) -> bytes:
    """One broken (or by luck still valid) module."""
    rng = random.Random(seed)
    known = originals()
    data = bytearray(rng.choice(known))
    for _ in range(rng.choice([1, 1, 1, 2, 4, 12])):
        at = rng.randrange(len(data))
        kind = rng.randrange(8)
        if kind == 0:
            data[at] ^= 1 << rng.randrange(8)
        elif kind <= 3:
            data[at] = _interesting(rng)
        elif kind == 4:
            del data[at : at + rng.randrange(1, 5)]
        elif kind == 5:
            data[at:at] = bytes(_interesting(rng) for _ in range(rng.randrange(1, 5)))
        elif kind == 6:
            other = rng.choice(known)
            start = rng.randrange(len(other))
            piece = other[start : start + rng.randrange(1, 60)]
            data[at : at + (len(piece) if rng.random() < 0.7 else 0)] = piece
        elif rng.random() < 0.3 and at > 8:
            del data[at:]
        else:
            data[at : at + 1] = data[at : at + 1] * rng.randrange(2, 6)
        if not data:
            return b"\0"
    return bytes(data)
