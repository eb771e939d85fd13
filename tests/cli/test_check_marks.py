"""`lbtool check` remembers long modules that were valid, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lbtool.cache.cache import open_cache
from lbtool.cache.kinds import VALID
from lbtool.cli.check import LONG
from lbtool.cli.main import dispatch
from lbtool.wasm import read
from lbtool.wasm.leb import unsigned

if TYPE_CHECKING:
    from pathlib import Path

VALID_MODULE = read(b"(module (func (result i32) i32.const 1))")
INVALID_MODULE = read(b"(module (func (result i32) i64.const 1))")


def padded(module: bytes) -> bytes:
    """The module with a custom section that makes it long."""
    section = b"\x03pad" + bytes(LONG)
    return module + b"\0" + unsigned(len(section)) + section


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("CACHE", "STATE"):
        monkeypatch.setenv(f"LBTOOL_{name}_DIR", str(tmp_path / name.lower()))
    return tmp_path


def marks() -> int:
    with open_cache() as cache:
        return len(cache.keys(VALID))


def test_a_long_valid_module_is_marked_once(places: Path) -> None:
    path = places / "a.wasm"
    path.write_bytes(padded(VALID_MODULE))
    assert [dispatch(["check", str(path)]) for _ in range(2)] == [0, 0]
    assert marks() == 1
    path.write_bytes(padded(VALID_MODULE) + b"\0\x02\x01x")
    assert dispatch(["check", str(path)]) == 0
    assert marks() == 2


def test_what_is_wrong_is_never_marked(places: Path) -> None:
    path = places / "a.wasm"
    path.write_bytes(padded(INVALID_MODULE))
    assert [dispatch(["check", str(path)]) for _ in range(2)] == [1, 1]
    assert marks() == 0


def test_a_mark_is_of_a_version(places: Path) -> None:
    path = places / "a.wasm"
    path.write_bytes(
        padded(read(b"(module (func (drop (i32.extend8_s (i32.const 1)))))"))
    )
    assert dispatch(["check", str(path)]) == 0
    assert dispatch(["check", "--wasm", "1.0", str(path)]) == 1


def test_short_modules_open_no_cache(places: Path) -> None:
    path = places / "a.wasm"
    path.write_bytes(VALID_MODULE)
    assert dispatch(["check", str(path)]) == 0
    assert not (places / "cache").exists()
