"""The data of these tests, with what each test would have looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.data import SPEC_TESTSUITE, require

if TYPE_CHECKING:
    from pathlib import Path

# Modules in the scripts of each version, the malformed and invalid ones included.
MODULES = {"1.0-2018": 2350, "1.0": 2957, "2.0": 5672, "3.0": 7132}
MUTANTS = 5_000


@pytest.fixture
def spec_testsuite(request: pytest.FixtureRequest) -> Path:
    callspec = getattr(request.node, "callspec", None)
    version = str(callspec.params.get("version")) if callspec else ""
    return require(SPEC_TESTSUITE, MODULES.get(version, MUTANTS))
