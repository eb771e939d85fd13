"""Sealing of records: who cannot read the MAC key cannot make a record we believe.

A sealed record is ``magic and format | key | payload | tag``; the tag is keyed
BLAKE2b-128 over everything before it, in the domain of the record's kind. So a record
is of this installation, of this kind and for this key, or it is nothing. What the
payload says is checked by whoever decodes it. Where keys and files lie is not here.
"""

from __future__ import annotations

# Not from hashlib and hmac: they import OpenSSL, which costs a warm run milliseconds.
from _blake2 import blake2b
from _operator import _compare_digest

from lbtool.cache.tree import CHUNK, digests

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from lbtool.cache.kinds import Kind

__all__ = ["EDGES", "KEY_SIZE", "OVERHEAD", "Rejected", "Sealer"]

HEADER = b"LBTR\x01\x00"  # magic, format 1
# Format 2: the tag is over the digests of the payload's chunks.
LONG = b"LBTR\x02\x00"
KEY_SIZE = 32
TAG_SIZE = 16
START = len(HEADER) + KEY_SIZE
OVERHEAD = START + TAG_SIZE
EDGES = START, TAG_SIZE  # around the payload


class Rejected(Exception):  # noqa: N818 - an answer about a record, never shown as error
    """A record is not what was asked for; `reason` is one word for statistics."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Sealer:
    """Seals and opens records with one MAC key (up to 64 bytes)."""

    def __init__(self, mac_key: bytes) -> None:
        self._mac_key = mac_key
        self._states: dict[Kind, blake2b] = {}

    def _state(self, kind: Kind) -> blake2b:
        """A hasher that has taken the key already."""
        state = self._states.get(kind)
        if state is None:
            state = self._states[kind] = blake2b(
                digest_size=TAG_SIZE, key=self._mac_key, person=kind.domain
            )
        return state.copy()

    def seal(self, kind: Kind, key: bytes, payload: bytes | memoryview) -> bytes:
        """The record of `payload` for a key of 32 bytes; ValueError for another key."""
        if len(key) != KEY_SIZE:
            raise ValueError("a key has 32 bytes")
        head = (LONG if len(payload) > CHUNK else HEADER) + key
        return b"".join((head, payload, self._tag(kind, head, memoryview(payload), [])))

    def _tag(
        self, kind: Kind, head: bytes, payload: memoryview, parts: list[bytes]
    ) -> bytes:
        state = self._state(kind)
        state.update(head)
        if head.startswith(LONG):
            state.update(b"%d " % len(payload))
            for each in parts or digests(payload):
                state.update(each)
        else:
            state.update(payload)
        return state.digest()

    def open(
        self,
        kind: Kind,
        key: bytes,
        blob: bytes | memoryview,
        parts: list[bytes] | None = None,
    ) -> memoryview:
        """Payload of a record, not copied.

        parts  digests of the payload's chunks, from who had to look at them anyway
        Raises `Rejected` with what is wrong first: ``length``, ``tag``, ``format`` or
        ``key``.
        """
        if len(blob) < OVERHEAD:
            raise Rejected("length")
        payload = memoryview(blob)[START:-TAG_SIZE]
        head = bytes(blob[:START])
        if not _compare_digest(
            self._tag(kind, head, payload, parts or []), blob[-TAG_SIZE:]
        ):
            raise Rejected("tag")
        if not head.startswith(LONG if len(payload) > CHUNK else HEADER):
            raise Rejected("format")
        if head[len(HEADER) :] != key:
            raise Rejected("key")
        return payload
