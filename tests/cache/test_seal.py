"""Seals: what was sealed opens; the rest is rejected for what is wrong first."""

from __future__ import annotations

import random
from itertools import permutations

import pytest

from lbtool.cache.kinds import ARTIFACT, KINDS, MEMO
from lbtool.cache.seal import HEADER, OVERHEAD, START, TAG_SIZE, Rejected, Sealer
from lbtool.cache.tree import CHUNK, digests
from tests.cache.places import a_key

SEALER = Sealer(bytes(range(32)))
KEY = a_key(7)


def reason(blob: bytes, key: bytes = KEY) -> str:
    with pytest.raises(Rejected) as caught:
        SEALER.open(ARTIFACT, key, blob)
    return caught.value.reason


def forged(start: bytes) -> bytes:
    """With a tag that is right."""
    state = SEALER._state(ARTIFACT)
    state.update(start)
    return start + state.digest()


@pytest.mark.parametrize("payload", [b"", b"x", bytes(5000)])
def test_what_was_sealed_opens(payload: bytes) -> None:
    blob = SEALER.seal(ARTIFACT, KEY, memoryview(payload))
    assert len(blob) == len(payload) + OVERHEAD
    assert Sealer(bytes(range(32))).open(ARTIFACT, KEY, blob) == payload


def test_every_bit_counts() -> None:
    blob = SEALER.seal(ARTIFACT, KEY, b"payload")
    for bit in range(8 * len(blob)):
        wrong = bytearray(blob)
        wrong[bit // 8] ^= 1 << bit % 8
        assert reason(bytes(wrong)) == "tag"


def test_every_length_counts() -> None:
    blob = SEALER.seal(ARTIFACT, KEY, b"payload")
    for size in range(len(blob)):
        assert reason(blob[:size]) == ("tag" if size >= OVERHEAD else "length")
    assert reason(blob + b"\0") == "tag"


def test_order_of_the_checks() -> None:
    """Length, tag, format, key: the first that is wrong is the reason."""
    other = a_key(8)
    assert reason(HEADER) == "length"
    assert reason(bytes(START + TAG_SIZE)) == "tag"
    assert reason(forged(b"LBTR\x03\x00" + other)) == "format"
    assert reason(forged(HEADER + other)) == "key"
    assert not SEALER.open(ARTIFACT, KEY, forged(HEADER + KEY))


def test_every_kind_has_its_domain() -> None:
    assert len(KINDS) == 8
    assert all(len(kind.domain) <= 16 for kind in KINDS.values())
    for one, other in permutations(KINDS.values(), 2):
        blob = SEALER.seal(one, KEY, b"payload")
        with pytest.raises(Rejected, match="tag"):
            SEALER.open(other, KEY, blob)


def test_another_mac_key_opens_nothing() -> None:
    blob = SEALER.seal(MEMO, KEY, b"payload")
    for n in range(32):
        mac_key = bytearray(range(32))
        mac_key[n] ^= 1
        with pytest.raises(Rejected, match="tag"):
            Sealer(bytes(mac_key)).open(MEMO, KEY, blob)


@pytest.mark.parametrize("size", [0, 31, 33])
def test_keys_have_32_bytes(size: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        SEALER.seal(MEMO, bytes(size), b"")


def test_long_payloads_are_sealed_by_the_digests_of_their_chunks() -> None:
    payload = random.Random(5).randbytes(2 * CHUNK + 777)
    blob = SEALER.seal(ARTIFACT, KEY, payload)
    assert len(blob) == len(payload) + OVERHEAD
    assert SEALER.open(ARTIFACT, KEY, blob) == payload
    for at in (0, 4, START, START + CHUNK - 1, START + CHUNK, len(blob) - 1):
        wrong = bytearray(blob)
        wrong[at] ^= 1
        assert reason(bytes(wrong)) == "tag"
    swapped = blob[:START] + payload[CHUNK:] + payload[:CHUNK] + blob[-TAG_SIZE:]
    assert reason(swapped) == "tag"


def test_the_digests_of_a_long_payload_are_no_payload() -> None:
    """Who can see a long record cannot make a short one of its digests."""
    payload = bytes(CHUNK + 1)
    blob = SEALER.seal(ARTIFACT, KEY, payload)
    content = b"%d " % len(payload) + b"".join(digests(payload))
    for head in (blob[:START], SEALER.seal(ARTIFACT, KEY, content)[:START]):
        assert reason(head + content + blob[-TAG_SIZE:]) == "tag"
