"""Files that are read and digested by several threads, and known again by identity."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

import pytest

from lbtool.cache import tree
from lbtool.cache.tree import CHUNK, Reading, digests, join
from lbtool.cli.modules import Modules, digest_of
from lbtool.config import load

if TYPE_CHECKING:
    from pathlib import Path

SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 5 * CHUNK, 9 * CHUNK + 17)


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Modules:
    monkeypatch.setenv("LBTOOL_STATE_DIR", str(tmp_path / "state"))
    settings = load(tmp_path, {"cache_dir": str(tmp_path / "cache")})
    return Modules(settings, str(tmp_path / "m.wasm"), pytest.fail)


@pytest.mark.parametrize("size", SIZES)
def test_contents_and_digest(tmp_path: Path, size: int) -> None:
    data = random.Random(size).randbytes(size)
    path = tmp_path / "m.wasm"
    path.write_bytes(data)
    reading = Reading(str(path))
    reading.start()
    found, digest = reading.result()
    assert (bytes(found), digest) == (data, digest_of(data))
    assert len({join(digests(data[:k]), k) for k in {0, size // 2, size}}) == len(
        {0, size // 2, size}
    )


def test_what_is_no_file_is_an_error(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    fifo = os.open(tmp_path / "fifo", os.O_RDWR)  # so that opening does not wait
    for path in (tmp_path, tmp_path / "fifo", tmp_path / "absent"):
        with pytest.raises(OSError):
            Reading(str(path))
    os.close(fifo)


def test_a_file_that_becomes_shorter_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "m.wasm"
    path.write_bytes(bytes(3 * CHUNK))
    reading = Reading(str(path))
    path.write_bytes(b"short")
    reading.start()
    with pytest.raises(OSError, match="shorter"):
        reading.result()


def test_a_long_file_is_known_by_its_identity_once_that_vouches_for_it(
    tmp_path: Path, known: Modules, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "m.wasm"

    def read() -> tuple[bytes | None, bytes]:
        reading = Reading(str(path))
        noted = known.digest(reading)
        reading.start(noted)
        _, digest = reading.result()
        known.note_digest(reading, digest)
        return noted, digest

    path.write_bytes(bytes(2 * CHUNK))
    _, first = read()
    assert read()[0] is None  # written a moment ago: another write might not show
    monkeypatch.setattr(tree, "SETTLED_NS", -1)
    assert read() == (None, first)
    assert read() == (first, first)
    path.write_bytes(b"\1" + bytes(2 * CHUNK - 1))
    noted, second = read()
    assert noted is None
    assert second != first
    path.write_bytes(bytes(100))
    assert read()[0] is read()[0] is None  # short ones are just digested
