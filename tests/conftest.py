"""Fixtures for data, the closing lines of a run, and what must hold after it."""

from __future__ import annotations

import re
import signal
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.data import CORPUS, SKIP_PREFIX, SPEC_TESTSUITE, require

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Top-level names that would claim someone else's place in site-packages.
FORBIDDEN_MODULES = frozenset({"lsp", "cache"})

# A shell starts what is in the background with Ctrl-C ignored, and every program that a
# test starts would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def spec_testsuite() -> Path:
    return require(SPEC_TESTSUITE)


@pytest.fixture(scope="session")
def corpus() -> Path:
    return require(CORPUS)


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """No test may have imported `lsp` or `cache` by their bare names."""
    found = sorted(FORBIDDEN_MODULES & set(sys.modules))
    if found:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        print(f"\nFAILED: bare top-level modules were imported: {found}")
    yield


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests recorded as "summary", and one line per reason of a skip."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, []):
            for key, value in report.user_properties:
                if key == "summary":
                    terminalreporter.write_line(str(value))
    tests: Counter[str] = Counter()
    assertions: Counter[str] = Counter()
    for report in terminalreporter.stats.get("skipped", []):
        reason = str(report.longrepr[2] if report.longrepr else "")
        reason = reason.removeprefix("Skipped: ")
        count = re.match(re.escape(SKIP_PREFIX) + r"(\d+) ", reason)
        key = re.sub(r"^(data absent: )\d+ assertions", r"\1assertions", reason)
        tests[key] += 1
        assertions[key] += int(count[1]) if count else 0
    for reason, n in sorted(tests.items()):
        lost = f", {assertions[reason]} assertions" if assertions[reason] else ""
        terminalreporter.write_line(f"not run: {n} tests{lost}: {reason}")
    passed = terminalreporter.stats.get("passed", [])
    if any("opcodes" in dict(report.user_properties) for report in passed):
        from tests.property import summary  # noqa: PLC0415 imports engines

        for line in summary.lines(passed):
            terminalreporter.write_line(line)
