"""Payloads of artifacts: what we compile comes back, the unlinkable is rejected."""

from __future__ import annotations

from array import array
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING

import pytest

from lbtool import abi
from lbtool.cache.artifact import HEADER, decode, encode
from lbtool.cache.seal import Rejected
from lbtool.compiler import Target, compile_module
from lbtool.compiler.artifact import Artifact
from lbtool.wasm import decode as decode_module
from tests.compiler.sources import generated, real
from tests.data import CORPUS

if TYPE_CHECKING:
    from lbtool.compiler.artifact import CompiledFunction

CODE = bytes(64)


def every_function() -> list[CompiledFunction]:
    modules = list(generated(12).values())
    if CORPUS.present:
        modules += real(400_000).values()
    targets = (Target(), Target(bounds="explicit"), Target(strict=True))
    return [
        function
        for data in modules
        for target in targets
        for function in compile_module(decode_module(data), target)
    ]


def test_what_we_compile_comes_back() -> None:
    functions = every_function()
    for each in functions:
        payload = encode(each.artifact)
        found = decode(memoryview(payload), len(each.slot_kinds))
        assert found == each.artifact
        assert type(found.code) is bytes
    assert len(functions) > 100
    assert any(f.artifact.relocs for f in functions)


def artifact(
    relocs: list[tuple[int, int, int, int]] | None = None,
    sites: list[tuple[int, int]] | None = None,
    frame: int = 8,
    code: bytes = CODE,
) -> Artifact:
    words = array("I", [word for reloc in relocs or [] for word in reloc])
    pairs = array("I", [word for site in sites or [] for word in site])
    return Artifact(code, frame, words.tobytes(), pairs.tobytes())


ACCESS = abi.TRAP_MEMORY | abi.SITE_ACCESS
GOOD = (
    artifact(),
    artifact(frame=0),
    artifact([(0, abi.RELOC_CALL, 0, 0), (60, abi.RELOC_INDEX, 5, 0xFFFFFFFF)]),
    artifact([(8, abi.RELOC_CELL, 1, 8), (12, abi.RELOC_FUNCREF, 0, 0)]),
    artifact(sites=[(4, 3 << 8 | abi.SITE_CALL), (4, ACCESS), (64, abi.TRAP_DIVIDE)]),
)
BAD = {
    "frame": [artifact(frame=frame) for frame in (4, 7, 16, 1 << 31)],
    "relocation": [
        artifact([(61, abi.RELOC_CALL, 0, 0)]),
        artifact([(0xFFFFFFFF, abi.RELOC_CALL, 0, 0)]),
        artifact([(8, abi.RELOC_CALL, 0, 0), (4, abi.RELOC_CALL, 0, 0)]),
        artifact([(8, abi.RELOC_CALL, 0, 0), (11, abi.RELOC_CALL, 0, 0)]),
        artifact([(8, abi.RELOC_CALL, 0, 0), (8, abi.RELOC_CALL, 0, 0)]),
        artifact([(8, 0, 0, 0)]),
        artifact([(8, 5, 0, 0)]),
        artifact([(0, abi.RELOC_CALL, 0, 0)], code=b"abc"),
    ],
    "site": [
        artifact(sites=[(65, abi.SITE_CALL)]),
        artifact(sites=[(64, ACCESS)]),
        artifact(sites=[(8, abi.SITE_CALL), (4, abi.SITE_CALL)]),
        artifact(sites=[(8, abi.N_TRAPS)]),
        artifact(sites=[(8, 0xFF)]),
        artifact(sites=[(8, abi.TRAP_DIVIDE | abi.SITE_ACCESS)]),
    ],
    "layout": [artifact(code=b"")],
}


@pytest.mark.parametrize("good", GOOD)
def test_accepted(good: Artifact) -> None:
    assert decode(encode(good)) == good


@pytest.mark.parametrize(
    ("why", "bad"), [(why, bad) for why, all_bad in BAD.items() for bad in all_bad]
)
def test_rejected(why: str, bad: Artifact) -> None:
    with pytest.raises(Rejected, match=why):
        decode(encode(bad))


def test_slots_that_the_function_does_not_have() -> None:
    payload = encode(artifact([(0, abi.RELOC_CALL, 3, 0)]))
    assert decode(payload, 4)
    with pytest.raises(Rejected, match="relocation"):
        decode(payload, 3)
    header = bytearray(payload)
    header[16:20] = bytes(4)  # the count of slots in the header
    with pytest.raises(Rejected, match="relocation"):
        decode(bytes(header), 4)


def test_every_length_but_one_is_rejected() -> None:
    payload = encode(artifact([(0, abi.RELOC_CALL, 3, 0)], [(5, abi.SITE_CALL)]))
    for size in range(len(payload)):
        with pytest.raises(Rejected):
            decode(payload[:size])
    with pytest.raises(Rejected, match="layout"):
        decode(payload + b"\0")


def test_whatever_the_numbers_are_only_linkable_things_come_out() -> None:
    """Random words: rejected, or everything a linker relies on holds."""
    random, accepted = Random(5), 0
    for _ in range(20_000):
        n_relocs, n_sites = random.randrange(3), random.randrange(3)
        words = [random.choice([0, 1, 2, 3, 4, 8, 12, 60, 64, 2**32 - 1])] * 4
        words = [random.choice([*words, random.randrange(70)]) for _ in range(20)]
        tables = array("I", words[: 4 * n_relocs + 2 * n_sites]).tobytes()
        counts = HEADER.pack(64, random.choice([0, 8, 24]), n_relocs, n_sites, 9)
        try:
            found = decode(counts + CODE + tables)
        except Rejected:
            continue
        accepted += bool(found.relocs or found.sites)
        relocs = array("I", found.relocs)
        assert all(b - a >= 4 for a, b in pairwise(relocs[::4]))
        assert all(offset <= 60 for offset in relocs[::4])
        assert all(1 <= kind <= 4 for kind in relocs[1::4])
        assert all(slot < 9 for slot in relocs[2::4])
        assert all(offset <= 64 for offset in array("I", found.sites)[::2])
    assert accepted > 100
