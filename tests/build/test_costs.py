"""An edit costs the functions it changed: counted here, timed in ``docs/incremental.md``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lbtool.build import Builder
from tests.build.costs import BUILDS, EDITS, FUNCTIONS, MEMOS, edits, table
from tests.build.survival import DOCUMENT
from tests.compiler.sources import many

if TYPE_CHECKING:
    from collections.abc import Callable

    from lbtool.cache.cache import Cache


def test_an_edit_among_10000_functions(
    disk: Cache, record_property: Callable[[str, object], None]
) -> None:
    """Each compiles at most one function, whose code is in the store afterwards."""
    data = many(FUNCTIONS)
    builder = Builder(disk)
    took = edits(builder, disk, data)
    assert len(took) == EDITS == 50
    builder.build("b.wasm", data)
    report = builder.build("b.wasm", data).report
    assert (report.state, report.compiled, report.reused) == ("unchanged", 0, FUNCTIONS)
    median, high = took[EDITS // 2], took[EDITS * 95 // 100]
    record_property(
        "summary",
        f"builds: {EDITS} edits of one of {FUNCTIONS:,} functions: median {median:.1f} "
        f"ms, 95th percentile {high:.1f} ms until the code was in the store",
    )


def test_document_has_the_tables() -> None:
    text = DOCUMENT.read_text()
    assert table(BUILDS, []) in text
    assert " | ".join(MEMOS[:4]) in text
