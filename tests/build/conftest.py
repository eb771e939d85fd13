"""Caches of the tests: in memory, or on disk in a folder of the test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lbtool.cache.cache import Cache, open_cache

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def memory() -> Iterator[Cache]:
    with open_cache(enabled=False) as cache:
        yield cache


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cache]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with open_cache(tmp_path / "cache", warn=pytest.fail) as cache:
        assert cache.directory == tmp_path / "cache"
        yield cache
