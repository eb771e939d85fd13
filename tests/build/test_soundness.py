"""Keys are sound: equal keys, equal artifacts; and renumbering keeps both.

Pairs of a generated module and the same with one fact edited, for several targets.
``LBTOOL_PAIRS`` is how many; `make soak` runs 5,000.
"""

from __future__ import annotations

import os
from functools import partial
from hashlib import blake2b
from random import Random
from typing import TYPE_CHECKING

from lbtool.abi import F32, F64, I32, I64
from lbtool.build.functions import Recipe
from lbtool.build.loading import load
from lbtool.cache.cache import open_cache
from lbtool.cache.keys import Env
from lbtool.compiler import Target
from tests.property.generate import generate
from tests.reference.binary import decode, encode
from tests.scan import edits

if TYPE_CHECKING:
    from collections.abc import Callable

    from lbtool.compiler.artifact import Artifact
    from tests.reference.binary import Body, RawModule

PAIRS = int(os.environ.get("LBTOOL_PAIRS", "300"))
TARGETS = (
    Target(),
    Target(bounds="explicit"),
    Target(features=frozenset()),
    Target(strict=True, off=frozenset({"fuse", "defer"})),
)
# Opcodes that differ in their meaning alone: one for the other is one fact.
ALIKE = (
    (0x6A, 0x6B, 0x71),
    (0x7C, 0x7D, 0x83),
    (0x92, 0x93),
    (0xA0, 0xA1),
    (0x46, 0x47),
)


def _place(rng: Random, m: RawModule, fits: Callable[[int], bool]) -> tuple[Body, int]:
    """A body and the place in it of an instruction that fits, or -1."""
    body = rng.choice(m.bodies)
    places = [k for k, instr in enumerate(body.code) if fits(instr[0])]
    return body, rng.choice(places) if places else -1


def constant(rng: Random, m: RawModule) -> bool:
    body, k = _place(rng, m, lambda op: op in (0x41, 0x42))
    if k >= 0:
        op, value = body.code[k]
        body.code[k] = (op, value + 1 if value < 0x7FFF_FFFF else value - 1)
    return k >= 0


def operator(rng: Random, m: RawModule) -> bool:
    body, k = _place(rng, m, lambda op: any(op in each for each in ALIKE))
    if k >= 0:
        (op,) = body.code[k]
        others = next(each for each in ALIKE if op in each)
        body.code[k] = (rng.choice([each for each in others if each != op]),)
    return k >= 0


def offset(rng: Random, m: RawModule) -> bool:
    body, k = _place(rng, m, lambda op: op in edits.ACCESSES)
    if k >= 0:
        op, align, at = body.code[k]
        body.code[k] = (op, align, at ^ 1)
    return k >= 0


def another_local(rng: Random, m: RawModule) -> bool:
    rng.choice(m.bodies).locals.append(rng.choice((I32, I64, F32, F64)))
    return True


def nop(rng: Random, m: RawModule) -> bool:
    rng.choice(m.bodies).code.insert(0, (0x01,))
    return True


def fact(rng: Random, m: RawModule) -> bool:
    return rng.choice(edits.FACTS)(m) is not None


FACTS = (constant, operator, offset, another_local, nop, fact)


def digest(artifact: Artifact) -> bytes:
    return blake2b(repr(artifact).encode()).digest()


def digests(data: bytes) -> list[list[tuple[bytes, bytes]]]:
    """Key and digest of the artifact of every function, for every target."""
    found = []
    for target in TARGETS:
        recipe = Recipe(open_cache(enabled=False), Env(target), target, 1)
        loaded = load(recipe, data, "a.wasm", {})
        assert not loaded.problems
        assert None not in loaded.functions
        code = {
            k: blake2b(repr(a).encode()).digest() for k, a in loaded.artifacts.items()
        }
        found.append([(row.key, code[row.key]) for row in loaded.rows])
    return found


def test_equal_keys_have_equal_artifacts(
    record_property: Callable[[str, object], None],
) -> None:
    known: dict[bytes, bytes] = {}
    pairs = functions = changed = 0
    seed = 0
    while pairs < PAIRS:
        seed += 1
        rng = Random(seed)
        raw = decode(generate(seed % 4000).wasm)
        other, applies = edits.edited(raw, partial(rng.choice(FACTS), rng))
        if not applies:
            continue
        before, after = digests(encode(raw)), digests(encode(other))
        for each in (*before, *after):
            for key, code in each:
                assert known.setdefault(key, code) == code
            functions += len(each)
        old = {key for each in before for key, _ in each}
        changed += any(key not in old for each in after for key, _ in each)
        pairs += 1
    # Edits of what nobody refers to change no key.
    assert changed >= pairs // 2
    record_property(
        "summary",
        f"key soundness: {pairs} pairs of a module and an edited one, {changed} with "
        f"new keys, {functions} functions, {len(known)} keys: equal keys, equal code",
    )


def test_renumbering_keeps_keys_and_artifacts(
    record_property: Callable[[str, object], None],
) -> None:
    pairs = functions = 0
    for number in range(max(len(edits.RENUMBER), PAIRS // 3)):
        edit = edits.RENUMBER[number % len(edits.RENUMBER)]
        raw = decode(generate(number % 4000).wasm)
        changed, _ = edits.edited(raw, edit)
        for old, new in zip(
            digests(encode(raw)), digests(encode(changed)), strict=True
        ):
            kept = new
            if edit is edits.func_front:
                kept = new[1:]
            if edit is edits.func_back:
                kept = new[:-1]
            if edit is edits.funcs_swapped:
                kept = [new[-1], *new[1:-1], new[0]] if len(new) > 1 else new
            assert kept == old, edit.__name__
            functions += len(old)
        pairs += 1
    record_property(
        "summary",
        f"renumbering: {pairs} pairs, {functions} functions keep key and artifact",
    )
