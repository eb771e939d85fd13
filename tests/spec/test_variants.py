"""Whatever the options of code generation, the answers of the suite are the same.

Registers are what a one-pass compiler runs out of: with few of them every rule about
spilling and moving is exercised by code that otherwise never spills.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

from lbtool.compiler.target import ALL_GPRS, ALL_XMMS
from lbtool.wast import report
from tests.data import SPEC_TESTSUITE, require
from tests.spec.suites import Suite

if TYPE_CHECKING:
    from collections.abc import Callable

SUITE = Suite("2.0")
ASSERTIONS = 26_716
MASKS = 4

VARIANTS: dict[str, dict[str, Any]] = {
    "explicit bounds": {"bounds": "explicit"},
    "strict": {"strict": True},
    "strict without pins": {"strict": True, "pins": (0, 0)},
    "fewest registers": {"gprs": 0, "xmms": 0},
    "no optional CPU features": {"features": ()},
}


def random_target(seed: int) -> dict[str, Any]:
    """Registers from the fixed ones to all, any number of pins."""
    numbers = random.Random(seed)

    def mask(allowed: int) -> int:
        bits = [1 << n for n in range(16) if allowed >> n & 1]
        return sum(numbers.sample(bits, numbers.randint(0, len(bits))))

    return {
        "gprs": mask(ALL_GPRS),
        "xmms": mask(ALL_XMMS),
        "pins": (numbers.randint(0, 8), numbers.randint(0, 9)),
        "strict": numbers.random() < 0.5,
        "off": ("vex",) if numbers.random() < 0.5 else (),
    }


def check(
    target: dict[str, Any], name: str, record: Callable[[str, object], None]
) -> None:
    root = require(SPEC_TESTSUITE, ASSERTIONS)
    reports = SUITE.run(root, "lbtool", target)
    passed = sum(r.passed("engine") for r in reports)
    total = sum(r.total("engine") for r in reports)
    record("summary", f"spec {SUITE} on lbtool, {name}: engine {passed}/{total}")
    assert not SUITE.missing(root, reports), target
    assert not report.failures(reports), target
    assert passed == total


@pytest.mark.parametrize("name", VARIANTS)
def test_variant(name: str, record_property: Callable[[str, object], None]) -> None:
    check(VARIANTS[name], name, record_property)


@pytest.mark.parametrize("seed", range(MASKS))
def test_random_registers(
    seed: int, record_property: Callable[[str, object], None]
) -> None:
    target = random_target(seed)
    check(target, f"{target}", record_property)
