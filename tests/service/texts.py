"""Texts for the tests of the service: with marked places, and those of the suites."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from tests.data import SPEC_TESTSUITE, require
from tests.wasm.suites import cases

if TYPE_CHECKING:
    from collections.abc import Iterator

# How many texts of each suite a run looks at; `make soak` looks at all.
TEXTS = int(os.environ.get("LBTOOL_TEXTS", "80"))
VALID = ("module", "assert_trap", "assert_unlinkable")


def marked(text: str) -> tuple[str, list[int]]:
    """The text without its ``^`` marks, and where they were."""
    offsets = [found.start() - k for k, found in enumerate(re.finditer(r"\^", text))]
    return text.replace("^", ""), offsets


def suite_texts(version: str, *, valid: bool) -> Iterator[str]:
    """Texts of one suite, evenly spread; a few of all unless it is a soak."""
    found = dict.fromkeys(
        case.source.source.decode("utf-8", "replace")
        for case in cases(require(SPEC_TESTSUITE), version)
        if case.source.format != "binary" and (case.kind in VALID) == valid
    )
    # The largest ones are simply long.
    texts = sorted(found, key=len)
    step = max(1, len(texts) // TEXTS)
    yield from texts[::step]
