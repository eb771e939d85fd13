"""A cache of its own for every test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cache.places import Place

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    made = Place(tmp_path / "cache", tmp_path / "state")
    made.use(monkeypatch)
    return made
