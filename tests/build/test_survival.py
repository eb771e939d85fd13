"""Renumbering survives: a small version of what ``docs/incremental.md`` shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.build.survival import DOCUMENT, EDITS, RULES, survivals, table
from tests.compiler.sources import many, real
from tests.data import CORPUS
from tests.reference.binary import decode

if TYPE_CHECKING:
    from tests.build.survival import Survival

# Compiled functions per edit that changes no fact; the rest depends on the module.
COMPILED = {
    "insert a type at 0": 0,
    "insert an import of a function at 0": 0,
    "insert an import of a global at 0": 0,
    "insert a global at 0": 0,
    "insert a function at 0": 1,
    "append a function": 1,
    "reverse the order of all functions": 0,
    "raise the maximum of the memory": 0,
    "edit one body": 1,
}


def check(found: list[Survival]) -> int:
    for each in found:
        most = COMPILED.get(each.title)
        if most is not None:
            assert each.missed <= most, each
        facts, alone, callees, ours = each.hits
        # Whoever knows less of what is in a function knows it again less often, and
        # the rule without facts is wrong where it hits more often.
        assert facts <= ours
        assert alone - each.wrong <= ours
        assert callees <= ours
    assert {each.title for each in found} >= COMPILED.keys()
    return sum(each.functions for each in found)


def test_generated_module() -> None:
    found = list(survivals(decode(many(200))))
    assert check(found) >= 200 * len(COMPILED)
    by_title = {each.title: each for each in found}
    # Every function calls another one; a third calls the import too.
    assert by_title["insert an import of a function at 0"].hits[1] == 0
    assert by_title["an imported function becomes defined"].missed == 1 + 200 // 3 + 1


@pytest.mark.skipif(not CORPUS.present, reason="counted by tests/docs/test_data.py")
def test_real_module() -> None:
    data = real(400_000)
    largest = max(data.values(), key=len)
    found = list(survivals(decode(largest)))
    assert check(found) >= 1000
    assert any(each.wrong for each in found)


def test_document_has_the_tables() -> None:
    text = DOCUMENT.read_text()
    for title, _ in EDITS:
        assert f"| {title} |" in text
    heads = table("edit", ()), table("releases", ())
    assert all(head in text for head in heads)
    assert len(RULES) == 4
