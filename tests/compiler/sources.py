"""Modules for the tests of the compiler: generated ones, which need no data, real ones,
and one with as many functions as a test asks for.
"""

from __future__ import annotations

from functools import cache

from tests.data import CORPUS, SPEC_TESTSUITE, require
from tests.property.generate import generate
from tests.reference.binary import Body, RawModule, encode
from tests.reference.opcodes import I32, I64
from tests.wasm.suites import cases

SEED = 4100


@cache
def generated(count: int) -> dict[str, bytes]:
    """Valid modules with imports, calls, tables, globals, segments; by name."""
    return {f"seed-{n}": generate(n).wasm for n in range(SEED, SEED + count)}


@cache
def real(largest: int) -> dict[str, bytes]:
    """Modules of the corpus up to a size in bytes that need no SIMD, by name."""
    paths = sorted(require(CORPUS, 1).glob("*/*.wasm"))
    found = {path.stem: path.read_bytes() for path in paths if path.stem[:4] != "simd"}
    return {name: data for name, data in found.items() if len(data) <= largest}


@cache
def suite(kinds: tuple[str, ...], step: int) -> dict[str, bytes]:
    """Every `step`-th module of these kinds of the 2.0 suite, SIMD included."""
    chosen = [c for c in cases(require(SPEC_TESTSUITE, 1), "2.0") if c.kind in kinds]
    found = {case.label: case.binary() for case in chosen[::step]}
    return {label: data for label, data in found.items() if data is not None}


def many(count: int, broken: dict[int, Body] | None = None) -> bytes:
    """A module of `count` functions, no two alike, behind one import.

    `broken` are bodies to put in their places, by number of the defined function.
    """
    module = RawModule(
        types=[((), ()), ((I64, I32), (I64,))],
        imports=[("m", "f", "func", 0)],
        funcs=[1] * count,
        memories=[(1, 1)],
    )
    for k in range(count):
        turns = [(0x20, 0), (0x42, k), (0x7C,), (0x21, 2)] * (k % 7)
        store = [(0x20, 1), (0x20, 2), (0x37, 0, k)] if k % 3 else [(0x10, 0)]
        callee = 1 + (k * 31) % count
        code = [*turns, *store, (0x20, 0), (0x20, 1), (0x10, callee), (0x0B,)]
        module.bodies.append(Body([I64], code))
    for k, body in (broken or {}).items():
        module.bodies[k] = body
    return encode(module)
