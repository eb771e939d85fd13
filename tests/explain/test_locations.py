"""Explain locations are true, for every instruction that is executed.

Real code runs one machine instruction at a time beside the reference interpreter: what
the explanation claims about each stack entry and each local, in a register, in the
frame, in linear memory or in the flags, is looked at there and compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.data import CORPUS, SPEC_TESTSUITE, require
from tests.explain import programs
from tests.explain.runner import check_case
from tests.explain.walk import Tally
from tests.property.modes import masks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.property.generate import Case

TARGETS: dict[str, dict[str, Any]] = {
    "default": {},
    "no pins": {"pins": (0, 0)},
    "strict": {"strict": True},
    "explicit bounds": {"bounds": "explicit"},
    "three registers": {"gprs": 0, "xmms": 0},
    "masks 1": masks(1),
    "masks 2": masks(2),
}
targets = pytest.mark.parametrize("target", TARGETS)
KERNELS = 23
SPEC_CASES = 500
SEEDS = 12
# Locals that are dead or not yet initialised are nowhere. That none is which is read
# later is checked one by one; these bounds only show a change in what is known. C code
# has many short-lived locals, the generator leaves many unused.
MOST_NOWHERE = {"kernels": 0.35, "spec functions": 0.12, "generated functions": 0.55}


def run(cases: Iterable[Case], target: str) -> Tally:
    total = Tally()
    for case in cases:
        total.add(check_case(case, TARGETS[target]))
    return total


def summary(what: str, target: str, total: Tally) -> str:
    kinds = " ".join(f"{kind} {n}" for kind, n in sorted(total.claims.items()))
    return (
        f"locations of {what}, {target}: {len(total.functions)} functions "
        f"{total.instructions} instructions {total.claims.total()} claims ({kinds}) "
        f"nowhere {total.share_nowhere:.1%} false {len(total.false)}"
    )


def conclude(
    total: Tally, what: str, target: str, record: Callable[[str, object], None]
) -> None:
    record("summary", summary(what, target, total))
    assert not total.false, "\n".join(total.false[:20])
    assert total.share_nowhere < MOST_NOWHERE[what]


@targets
def test_kernels(target: str, record_property: Callable[[str, object], None]) -> None:
    corpus = require(CORPUS, KERNELS)
    total = run(programs.kernels(corpus), target)
    conclude(total, "kernels", target, record_property)
    assert len(total.functions) == KERNELS
    assert total.instructions > 50_000
    assert not total.open_nan


@targets
def test_spec_functions(
    target: str, record_property: Callable[[str, object], None]
) -> None:
    root = require(SPEC_TESTSUITE, SPEC_CASES)
    cases = list(programs.spec_functions(root))
    # All of them once, a part of them in every other way.
    part = list(TARGETS).index(target)
    chosen = cases[part :: len(TARGETS)] if part else cases
    total = run(chosen, target)
    conclude(total, "spec functions", target, record_property)
    assert len(total.functions) > (2_500 if not part else 200)
    assert total.open_nan <= 1


@targets
def test_generated_functions(
    target: str, record_property: Callable[[str, object], None]
) -> None:
    first = SEEDS * list(TARGETS).index(target)
    total = run(programs.generated(range(first, first + SEEDS)), target)
    conclude(total, "generated functions", target, record_property)
    assert total.instructions > 1_000
    assert total.open_nan <= SEEDS // 4
