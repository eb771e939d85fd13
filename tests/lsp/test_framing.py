"""Bodies come out of a stream however it is cut, and after garbage too."""

from __future__ import annotations

import random

import pytest

from lbtool.lsp import framing
from lbtool.lsp.framing import Frames, MalformedFrame, frame

BODIES = [b"{}", b'{"a": "\r\n\r\n"}', b"x" * 5000, b"", "{é}".encode()]


def fed(data: bytes, *sizes: int) -> list[bytes | MalformedFrame]:
    frames, at = Frames(), 0
    found: list[bytes | MalformedFrame] = []
    for size in sizes:
        found += frames.feed(data[at : at + size])
        at += size
    return [*found, *frames.feed(data[at:])]


def test_any_cut() -> None:
    data = b"".join(map(frame, BODIES))
    assert fed(data) == BODIES
    chance = random.Random(4)
    for _ in range(50):
        sizes = [chance.choice([1, 2, 7, 100, 4000]) for _ in range(400)]
        assert fed(data, *sizes) == BODIES


@pytest.mark.parametrize(
    "header",
    [
        b"content-length: 2\r\n\r\n",
        b"Content-Length:2\r\n\r\n",
        b"Content-Type: application/vscode-jsonrpc\r\nContent-Length: 2\r\n\r\n",
        b"Content-Length: 2\r\nContent-Type: x\r\n\r\n",
        b"Content-Length: 2\n\n",
    ],
)
def test_headers_as_they_are_sent(header: bytes) -> None:
    assert fed(header + b"{}" + frame(b"[]")) == [b"{}", b"[]"]


@pytest.mark.parametrize(
    "garbage",
    [
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"Content-Length: many\r\n\r\n",
        b"Content-Length: -1\r\n\r\n",
        b"\0" * 5000,
        b"Content-Length: 99999999999\r\n",
    ],
)
def test_garbage_is_told_and_passed_over(garbage: bytes) -> None:
    found = fed(garbage + b"\r\n\r\n" + frame(b"{}") + frame(b"[]"))
    assert isinstance(found[0], MalformedFrame)
    if b"999" not in garbage:  # this one has so many bytes to come
        assert found[-1] == b"[]"


def test_too_long_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(framing, "MOST_BODY", 10)
    data = frame(b"x" * 11) + frame(b"{}")
    for size in (1, 5, 1000):
        first, *rest = fed(data, *[size] * len(data))
        assert isinstance(first, MalformedFrame)
        assert rest == [b"{}"]


def test_what_waits_is_bounded() -> None:
    frames = Frames()
    for _ in range(1000):
        list(frames.feed(b"y" * 997))
    assert len(frames._data) <= framing.MOST_HEADER
