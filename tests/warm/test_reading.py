"""Files that are read and digested by several threads, and known again by identity."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

import pytest

from lbtool.cache.tree import CHUNK, Reading, digest, digests, join
from lbtool.cli import modules
from lbtool.cli.modules import ModuleFile, Modules
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
    file = ModuleFile(str(path))
    file.start()
    assert (bytes(file.contents()), file.digest) == (data, digest(data))
    assert len({join(digests(data[:k]), k) for k in {0, size // 2, size}}) == len(
        {0, size // 2, size}
    )


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("head", "tail"), [(38, 16), (1, 0), (0, 1)])
def test_chunks_begin_behind_the_head(
    tmp_path: Path, size: int, head: int, tail: int
) -> None:
    data = random.Random(size).randbytes(size)
    path = tmp_path / "record"
    path.write_bytes(data)
    fd = os.open(path, os.O_RDONLY)
    found, parts = Reading(fd, size, head, tail).result()
    assert bytes(found) == data
    inside = data[head : size - tail] if size > head + tail else b""
    assert parts == (digests(inside) if len(inside) > CHUNK else [])
    with pytest.raises(OSError, match="Bad file"):
        os.fstat(fd)


def test_what_is_no_file_is_an_error(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    fifo = os.open(tmp_path / "fifo", os.O_RDWR)  # so that opening does not wait
    for path in (tmp_path, tmp_path / "fifo", tmp_path / "absent"):
        with pytest.raises(OSError):
            ModuleFile(str(path))
    os.close(fifo)


@pytest.mark.parametrize("size", [10, 3 * CHUNK])
def test_a_file_that_becomes_shorter_is_an_error(tmp_path: Path, size: int) -> None:
    path = tmp_path / "m.wasm"
    path.write_bytes(bytes(size))
    file = ModuleFile(str(path))
    path.write_bytes(b"short")
    file.start()
    with pytest.raises(OSError, match="shorter"):
        file.contents()


def test_a_long_file_is_known_by_its_identity_once_that_vouches_for_it(
    tmp_path: Path, known: Modules, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "m.wasm"

    def read() -> tuple[bool, bytes]:
        file = ModuleFile(str(path))
        noted = known.noted(file)
        if not noted:
            file.start()
            file.contents()
            known.note(file)
        return noted, file.digest

    path.write_bytes(bytes(2 * CHUNK))
    _, first = read()
    assert read()[0] is False  # written a moment ago: another write might not show
    monkeypatch.setattr(modules, "SETTLED_NS", -1)
    assert read() == (False, first)
    assert read() == (True, first)
    path.write_bytes(b"\1" + bytes(2 * CHUNK - 1))
    noted, second = read()
    assert noted is False
    assert second != first
    path.write_bytes(bytes(100))
    assert [read()[0] for _ in range(2)] == [False, False]  # short: just digested
