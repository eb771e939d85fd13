"""What is kept through edits is what is found afresh."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

from lbtool.service.analysis import Analysis
from lbtool.service.kept_findings import KeptFindings
from lbtool.service.options import Options
from tests.lsp.texts import ADD, WASI, many
from tests.service.at_once import diagnostics

if TYPE_CHECKING:
    from collections.abc import Callable

EDITS = int(os.environ.get("LBTOOL_EDITS", "4000")) // 10
PIECES = ["", "(", ")", '"', "i32.add", "i64", "$add", "7", "\n", "(func)", " drop "]


def test_after_random_edits(record_property: Callable[[str, object], None]) -> None:
    chance = random.Random(5)
    found = 0
    for number in range(EDITS):
        if number % 40 == 0:
            start = chance.choice([ADD, WASI, many(5)])
            analysis = Analysis.open(start, Options())
            kept = KeptFindings(analysis)
        text = analysis.document.text
        at = chance.randrange(len(text) + 1)
        end = at + chance.choice([0, 0, 1, 3])
        analysis = analysis.edit(at, end, chance.choice(PIECES))
        kept = KeptFindings(analysis, kept)
        for _, _ in zip(range(chance.choice([0, 1, 1000])), kept.steps(), strict=False):
            pass
        if not kept._todo:
            afresh = diagnostics(Analysis.open(analysis.document.text, Options()))
            assert kept.all() == afresh
            found += len(afresh)
    assert found > EDITS // 4
    record_property("summary", f"kept findings: {EDITS} edits, {found} findings")


def test_an_edit_of_a_body_looks_at_one_chunk() -> None:
    analysis = Analysis.open(many(100), Options())
    kept = KeptFindings(analysis)
    assert sum(1 for _ in kept.steps()) == len(analysis.document.chunks)
    at = analysis.document.text.index("i32.const 50") + len("i32.const 5")
    kept = KeptFindings(analysis.edit(at, at + 1, "1"), kept)
    assert sum(1 for _ in kept.steps()) == 1
    assert kept.all() == []
