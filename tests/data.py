"""Where the data of the tests lies, and what happens when it is not there.

The spec test suites and the corpus are not part of the repository. Their folders come
from ``LBTOOL_SPEC_TESTSUITE`` and ``LBTOOL_CORPUS``, or lie in ``../shared`` beside the
checkout. A test that needs them calls `require` (or uses the fixtures
``spec_testsuite`` and ``corpus`` of ``conftest.py``): absent data is a skip that says
how much did not run, and a failure when ``LBTOOL_REQUIRE_DATA=1``. This is the only
file of the tests that knows.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@dataclass(frozen=True)
class DataSet:
    """One folder of data.

    assertions  how many the whole set holds, for the line that reports its absence
    fetch       how a visitor gets it
    probe       a file that is in every copy
    """

    name: str
    variable: str
    folder: str
    probe: str
    assertions: int
    fetch: str

    @property
    def path(self) -> Path:
        """The folder, which may not exist."""
        value = os.environ.get(self.variable)
        return Path(value) if value else SHARED / self.folder

    @property
    def present(self) -> bool:
        """Whether the folder is there and is what it should be."""
        return (self.path / self.probe).is_file()


SPEC_TESTSUITE = DataSet(
    name="spec test suite",
    variable="LBTOOL_SPEC_TESTSUITE",
    folder="spec-testsuite",
    probe="manifest.json",
    # Commands that assert, over 1.0-2018, 1.0, 2.0 and 3.0.
    assertions=17_845 + 18_438 + 52_230 + 62_542,
    fetch="git clone -b wg-2.0 https://github.com/WebAssembly/spec "
    "(test/core; see docs/testing.md)",
)
CORPUS = DataSet(
    name="corpus",
    variable="LBTOOL_CORPUS",
    folder="corpus",
    probe="MANIFEST.md",
    assertions=27,
    fetch="it is not published; docs/testing.md says what is in it",
)
SKIP_PREFIX = "data absent: "


def required() -> bool:
    """Whether absence of data is a failure."""
    return os.environ.get("LBTOOL_REQUIRE_DATA", "") not in ("", "0")


def require(data: DataSet, assertions: int | None = None) -> Path:
    """Give the folder of `data`, or skip (or fail) the running test.

    `assertions` is how many this test would have made; the whole set when not given.
    """
    if data.present:
        return data.path
    count = data.assertions if assertions is None else assertions
    message = (
        f"{SKIP_PREFIX}{count} assertions of the {data.name} did not run "
        f"({data.variable} is unset and ../shared/{data.folder} is absent); "
        f"fetch: {data.fetch}"
    )
    if required():
        pytest.fail(message)
    pytest.skip(message)
