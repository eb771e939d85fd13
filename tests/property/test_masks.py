"""Any set of registers, from three of a kind to all, gives programs that do the same.

The most productive test of a register allocator: whatever relied on a register being
free, or on a value staying where it was, shows here. Generated modules under masks are
in ``test_differential``, too; here are kernels and functions of the spec suite.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.property.differential import Worker, case_as_json, run_seeds
from tests.property.generate import Call, Case
from tests.property.modes import masks, switches
from tests.spec.suites import Suite

if TYPE_CHECKING:
    from pathlib import Path

ARGUMENTS = {
    "bulkmem": 9,
    "callind_c": 50,
    "fib": 12,
    "heap_tree": 1,
    "i64div_c": 50,
    "interp": 50,
    "life": 1,
    "mandel_c": 9,
    "matmul": 1,
    "memsum_c": 1,
    "nbody": 20,
    "quicksort": 1,
    "sha256": 1,
    "sieve_c": 1,
    "brtable": 50,
    "callind": 50,
    "fib_plain": 12,
    "fib_readme": 12,
    "globals": 50,
    "i64div": 50,
    "mandelbrot": 9,
    "memsum": 1,
    "sieve": 1,
}
PER_KERNEL = 8


@pytest.mark.parametrize("name", ARGUMENTS)
def test_kernels_under_masks(name: str, corpus: Path) -> None:
    (path,) = corpus.glob(f"*/{name}.wasm")
    case = Case(name, path.read_bytes(), [Call("run", (ARGUMENTS[name],))])
    modes = ["default", "strict", "explicit", *switches()]
    modes += [f"masks-{1000 * len(name) + i}" for i in range(PER_KERNEL)]
    worker = Worker()
    try:
        reply = worker.ask({"case": case_as_json(case), "modes": modes})
    finally:
        worker.close()
    assert "error" not in reply, reply["error"]
    assert not reply["found"], reply["found"]


@pytest.mark.parametrize("start", [20_000, 20_100])
def test_generated_modules_under_masks(start: int) -> None:
    seeds = range(start, start + 100)
    report = run_seeds(seeds, lambda seed: [f"masks-{seed * 7 + i}" for i in range(3)])
    assert not report.failures, report.failures[:10]


@pytest.mark.parametrize("seed", range(100, 103))
def test_spec_suite_under_masks(seed: int, spec_testsuite: Path) -> None:
    suite = Suite("2.0")
    expected = suite.deviations(spec_testsuite)
    reports = [
        report.with_deviations(expected.get(report.name, frozenset()))
        for report in suite.run(spec_testsuite, "lbtool", masks(seed))
    ]
    bad = [(r.name, r.error, r.failures[:2]) for r in reports if not r.ok]
    assert bad == []
    assert sum(r.passed("engine") for r in reports) > 15_000


def test_masks_reach_from_three_to_all() -> None:
    from lbtool.compiler.target import ALL_GPRS, ALL_XMMS, Target  # noqa: PLC0415

    sizes = [Target(**masks(seed)) for seed in range(300)]
    general = {target.gprs.bit_count() for target in sizes}
    vector = {target.xmms.bit_count() for target in sizes}
    assert general == set(range(3, ALL_GPRS.bit_count() + 1))
    assert vector == set(range(3, ALL_XMMS.bit_count() + 1))
