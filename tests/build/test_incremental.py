"""A builder that has seen a file before gives what one gives that has not.

The number of saves is ``LBTOOL_SAVES``; `make soak` runs 20,000.
"""

from __future__ import annotations

import os
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import pytest

from lbtool.build import Builder
from lbtool.build.loading import reload
from lbtool.cache.cache import open_cache
from lbtool.compiler import compile_module
from lbtool.wasm import read
from tests.build.edited import damage, saves
from tests.compiler.sources import many
from tests.reference.binary import Body

if TYPE_CHECKING:
    from collections.abc import Callable

    from lbtool.build import Built, FileReport
    from lbtool.build.loading import Loaded

SAVES = int(os.environ.get("LBTOOL_SAVES", "600"))
PER_FILE = 20
PATH = "file.wasm"


def fresh(contents: bytes) -> Built:
    return Builder(open_cache(enabled=False)).build(PATH, contents)


def essence(report: FileReport) -> FileReport:
    """What does not depend on what was there before."""
    state = "built" if report.state == "unchanged" else report.state
    code = report.compiled + report.reused
    return replace(
        report, state=state, compiled=0, reused=code, changes=(), seconds=0.0
    )


def same(found: Built, expected: Built) -> None:
    assert essence(found.report) == essence(expected.report)
    assert found.keys == expected.keys
    assert found.functions == expected.functions
    assert (found.module is None) == (expected.module is None)
    if found.module and expected.module:
        for name in found.module.__dataclass_fields__:
            if name != "names":
                one, other = getattr(found.module, name), getattr(expected.module, name)
                assert one == other or list(one) == list(other), name
        assert found.module.names.funcs == expected.module.names.funcs


@pytest.fixture
def reloads(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each edit was taken as one of bodies alone."""
    taken: list[bool] = []

    def counted(old: Loaded, data: bytes) -> Loaded | None:
        found = reload(old, data)
        taken.append(found is not None)
        return found

    monkeypatch.setattr("lbtool.build.builder.reload", counted)
    return taken


def test_random_saves(
    reloads: list[bool], record_property: Callable[[str, object], None]
) -> None:
    states: dict[str, int] = {}
    count = compiled = 0
    for seed in range(SAVES // PER_FILE):
        builder = Builder(open_cache(enabled=False))
        for contents in saves(Random(seed), PER_FILE):
            found = builder.build(PATH, contents)
            same(found, fresh(contents))
            states[found.report.state] = states.get(found.report.state, 0) + 1
            count += 1
            compiled += found.report.compiled
            if found.linkable is not None and found.module:
                target = builder.recipe.target
                assert found.linkable == compile_module(found.module, target)
    assert min(states.values()) >= count // 100, states
    assert reloads.count(True) >= count // 4
    assert reloads.count(False) >= count // 20
    record_property(
        "summary",
        f"incremental builds: {count} saves ({states}), {reloads.count(True)} taken as "
        f"edits of bodies, {compiled} functions compiled: each as a fresh build",
    )


def test_damaged_saves(reloads: list[bool]) -> None:
    """Whatever the bytes are, a build after a good one says what a first one says."""
    rng = Random(11)
    good = many(40)
    for _ in range(max(100, SAVES // 4)):
        builder = Builder(open_cache(enabled=False))
        builder.build(PATH, good)
        contents = damage(rng, good)
        same(builder.build(PATH, contents), fresh(contents))
    assert reloads.count(True) >= 20


def test_what_many_edits_leave_behind_is_dropped() -> None:
    builder = Builder(open_cache(enabled=False))
    most = 0
    for k in range(200):
        contents = many(20, {5: Body([], [(0x42, k), (0x0B,)])})
        loaded = builder.build(PATH, contents).lazy.value
        assert loaded is not None
        most = max(most, len(loaded.artifacts))
    assert 80 <= most <= 2 * 20 + 64


@pytest.mark.parametrize(
    "bad", [many(20)[:-3], read(b'(module (export "x" (func 0)))')]
)
def test_what_is_no_module_is_no_version(reloads: list[bool], bad: bytes) -> None:
    """After it, a build goes on from the last version that was one."""
    builder = Builder(open_cache(enabled=False))
    builder.build(PATH, many(20))
    assert builder.build(PATH, bad).report.state == "failed"
    assert builder.build(PATH, bad).report.state == "failed"
    report = builder.build(PATH, many(20, {3: Body([], [(0x42, 1), (0x0B,)])})).report
    assert (report.state, report.compiled) == ("built", 1)
    assert [(each.funcidx, each.what) for each in report.changes] == [(4, "compiled")]
    assert reloads == [False, True]
