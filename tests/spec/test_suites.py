"""Every command of the suites, on every engine: it passes, or it is listed why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lbtool.wast import report
from lbtool.wast.results import DEVIATION, UNSUPPORTED
from tests.data import SPEC_TESTSUITE, require
from tests.spec.suites import SUITES, Suite

if TYPE_CHECKING:
    from collections.abc import Callable

    from lbtool.wast.results import FileReport

ASSERTIONS = {
    "1.0-2018": 17_845,
    "1.0": 18_438,
    "2.0": 26_716,
    "2.0 simd/": 25_514,
}


@pytest.mark.parametrize("suite", SUITES, ids=str)
def test_reference_engine_proves_the_runner(
    suite: Suite, record_property: Callable[[str, object], None]
) -> None:
    """Cranelift follows the latest version: the listed commands fail, no others."""
    root = require(SPEC_TESTSUITE, ASSERTIONS[str(suite)])
    deviations = suite.deviations(root)
    runs = suite.run(root, "cranelift")
    assert not suite.missing(root, runs)
    assert sum(map(asserting, runs)) == ASSERTIONS[str(suite)]
    reports = [r.with_deviations(deviations.get(r.name, frozenset())) for r in runs]
    record_property("summary", summary(suite, "cranelift", reports))
    assert not report.failures(reports)
    assert not lines_with(reports, UNSUPPORTED)
    listed = {(name, line) for name, lines in deviations.items() for line in lines}
    scripts = suite.scripts(root)
    assert lines_with(reports, DEVIATION) == {d for d in listed if d[0] in scripts}


@pytest.mark.parametrize("suite", SUITES, ids=str)
def test_our_engine_follows_the_version_of_each_suite(
    suite: Suite, record_property: Callable[[str, object], None]
) -> None:
    """All pass, deviations too; of simd/ what an engine must run is refused by name."""
    root = require(SPEC_TESTSUITE, ASSERTIONS[str(suite)])
    reports = suite.run(root, "lbtool")
    record_property("summary", summary(suite, "lbtool", reports))
    assert not suite.missing(root, reports)
    assert sum(map(asserting, reports)) == ASSERTIONS[str(suite)]
    assert not report.failures(reports)
    refused = [o for r in reports for o in r.outcomes if o.status == UNSUPPORTED]
    assert {o.detail for o in refused} == ({"simd"} if suite.simd else set())
    assert {o.column for o in refused} <= {"engine"}


def summary(suite: Suite, engine: str, reports: list[FileReport]) -> str:
    """One line for the end of the run: passed/all per column, deviations apart."""
    cells = report.row(f"{suite} on {engine}", reports)
    heads = ("spec", *report.HEAD[1:])
    said = [o.agrees for r in reports for o in r.outcomes if o.agrees is not None]
    pairs = " ".join(f"{head} {cell}" for head, cell in zip(heads, cells, strict=True))
    return f"{pairs} messages {sum(said)}/{len(said)}"


def lines_with(reports: list[FileReport], status: str) -> set[tuple[str, int]]:
    return {(r.name, o.line) for r in reports for o in r.outcomes if o.status == status}


def asserting(run: FileReport) -> int:
    """Commands that assert: all but modules, registrations and actions."""
    return sum(o.kind.startswith("assert") for o in run.outcomes)
