"""When hints are due: time is an argument, so no test waits."""

from __future__ import annotations

import pytest

from lbtool.watch.changes import Changes, ChangeSet, Settings


def make() -> ChangeSet:
    return ChangeSet(Settings(quiet=0.030, cap=0.250))


def test_nothing_is_never_due() -> None:
    assert make().due() is None


def test_one_hint_is_due_after_the_quiet_period() -> None:
    changes = make()
    changes.file("a", 10.0)
    assert changes.due() == pytest.approx(10.030)


def test_each_hint_begins_the_quiet_period_anew() -> None:
    changes = make()
    for now in (10.0, 10.02, 10.04):
        changes.file("a", now)
    assert changes.due() == pytest.approx(10.070)


def test_hints_that_never_end_are_due_at_the_cap() -> None:
    changes = make()
    for step in range(1000):
        changes.file(f"{step}", 10.0 + step / 100)
    assert changes.due() == pytest.approx(10.250)


def test_taken_hints_are_gone_and_the_cap_begins_anew() -> None:
    changes = make()
    changes.file("a", 10.0)
    changes.folder("d", 10.1)
    changes.everything(10.2)
    taken = changes.take()
    assert (taken.files, taken.folders, taken.everything) == ({"a"}, {"d"}, True)
    assert not changes.take()
    assert changes.due() is None
    changes.file("b", 20.0)
    assert changes.due() == pytest.approx(20.030)


def test_a_batch_of_nothing_is_false() -> None:
    assert not Changes(first=True)
    assert Changes(gone=("a",))
