"""Generated modules do the same on our engine, on wasmtime and on the reference.

``LBTOOL_FUZZ=N`` runs N modules from fresh seeds; otherwise the seeds are always the
same. Failing modules are made small and kept in ``tests/regress``, which is replayed
here.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.property import differential as d
from tests.property.generate import generate
from tests.reference.opcodes import OPS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CHUNK = 250
FUZZ = int(os.environ.get("LBTOOL_FUZZ", "0"))
FIRST = int(
    os.environ.get("LBTOOL_FUZZ_SEED", int(time.time()) % 10**6 * 1000 if FUZZ else 0)
)
COUNT = FUZZ or 2000
KEEP = 3


@pytest.mark.parametrize("start", range(FIRST, FIRST + COUNT, CHUNK))
def test_generated_modules_agree(
    start: int, record_property: Callable[[str, object], None]
) -> None:
    end = min(start + CHUNK, FIRST + COUNT)
    report = d.run_seeds(range(start, end), d.usual_modes)
    record_property("opcodes", json.dumps(report.executed))
    record_property("outcomes", json.dumps(report.kinds))
    record_property("modules", report.cases)
    kept = [f"{label} [{mode}] {text}" for label, mode, text in report.failures]
    for label, mode, text in report.failures[:KEEP]:
        kept.append(f"kept as {d.keep(label, mode.split()[0], text).name}")
    assert not report.failures, f"seeds {start}:{end}\n" + "\n".join(kept)
    assert report.cases == end - start


def test_the_mix_is_rich() -> None:
    """A sample far smaller than a run already meets what a run has to meet."""
    report = d.run_seeds(range(400), lambda _: [])
    assert not report.failures
    sys.stdout.write(report.histogram() + "\n")
    rare = {op.name: report.executed[op.code] for op in OPS.values()}
    assert {name: n for name, n in rare.items() if n < 20} == {}
    assert 0.10 <= report.trapped() <= 0.40
    kinds = {"memory", "table", "null", "signature", "overflow", "divide", "conversion",
             "stack", "host", "unreachable"}  # fmt: skip
    assert {f"trap {kind}" for kind in kinds} <= set(report.kinds)


def test_the_same_seed_gives_the_same_module() -> None:
    first = [d.case_as_json(generate(seed)) for seed in range(20)]
    assert [d.case_as_json(generate(seed)) for seed in range(20)] == first


KEPT = sorted(p for p in d.REGRESS.glob("*.wa*"))


@pytest.mark.parametrize("path", KEPT, ids=lambda p: p.stem)
def test_kept_cases_agree(path: Path) -> None:
    case = d.load(path)
    worker = d.Worker()
    names = ["default", "explicit", "strict", *(f"masks-{i}" for i in range(6))]
    try:
        reply = worker.ask({"case": d.case_as_json(case), "modes": names})
    finally:
        worker.close()
    assert "error" not in reply, reply["error"]
    assert reply["found"] == {}
