"""Mutated modules, the same for the same seed, and wasmtime's verdict on them.

Most mutations keep every size field right and touch the bytes of one body, so that the
result is often decodable and a validator has to look at types. Reading the verdicts is
`test_agreement`'s matter.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import wasmtime

from lbtool.errors import ModuleError
from lbtool.wasm import decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Bytes that make a difference: structure, small indices, types, limits of LEB128.
INTERESTING = (
    bytes(range(0x15))
    + bytes(range(0x1A, 0x2C))
    + bytes.fromhex(
        "36 3f40 4142434445 50 6a 6f70 7b7c7d7e7f 8081 92 a0 a7 ac bb c0 d0d1d2 fcfd ff"
    )
)
# Proposals after 2.0; ``extended-const`` has no switch.
LATER = (
    "threads", "tail_call", "relaxed_simd", "multi_memory", "memory64", "gc",
    "function_references", "exceptions", "wide_arithmetic", "custom_page_sizes",
    "stack_switching",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seed:
    """A module to mutate: its bytes and the byte ranges of its bodies."""

    name: str
    data: bytes
    bodies: Sequence[tuple[int, int]]


def seed(name: str, data: bytes) -> Seed | None:
    """A seed of a decodable module that has bodies, else None."""
    try:
        module = decode(data)
    except ModuleError:
        return None
    return Seed(name, data, module.bodies) if module.bodies else None


def _overwrite(rng: random.Random, data: bytearray, start: int, end: int) -> None:
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        at = rng.randrange(start, end)
        kind = rng.random()
        if kind < 0.5:
            data[at] = rng.choice(INTERESTING)
        elif kind < 0.7:
            data[at] = rng.randrange(256)
        elif kind < 0.9:
            data[at] = (data[at] + rng.choice((-1, 1))) & 0xFF
        else:
            data[at] ^= 1 << rng.randrange(8)


def _move(rng: random.Random, data: bytearray, start: int, end: int) -> None:
    n = rng.randrange(1, min(6, end - start) + 1)
    source, target = (rng.randrange(start, end - n + 1) for _ in range(2))
    chunk = data[source : source + n]
    if rng.random() < 0.5:
        data[source : source + n] = data[target : target + n]
    data[target : target + n] = chunk


def mutate(rng: random.Random, source: Seed) -> bytes:
    """One mutant; in one case of five any byte of the module may change."""
    data = bytearray(source.data)
    start, end = rng.choice(source.bodies)
    if rng.random() < 0.2:
        start, end = 8, len(data)
    if end - start < 2:
        start, end = 8, len(data)
    change = _overwrite if rng.random() < 0.7 else _move
    change(rng, data, start, end)
    if rng.random() < 0.03:
        del data[rng.randrange(8, len(data)) :]
    return bytes(data)


def mutants(
    seeds: Sequence[Seed], count: int, start: int = 0
) -> Iterator[tuple[int, bytes]]:
    """`count` mutants by number; each depends on its number and the seeds only."""
    for number in range(start, start + count):
        rng = random.Random(number)
        yield number, mutate(rng, rng.choice(seeds))


@cache
def _engine() -> wasmtime.Engine:
    config = wasmtime.Config()
    for proposal in LATER:
        setattr(config, f"wasm_{proposal}", False)
    return wasmtime.Engine(config)


def wasmtime_verdict(data: bytes) -> str | None:
    """Why wasmtime's validator, set to 2.0, refuses a module; None if it is valid."""
    try:
        wasmtime.Module.validate(_engine(), data)
    except wasmtime.WasmtimeError as error:
        return str(error).replace("\n", " ")
    return None
