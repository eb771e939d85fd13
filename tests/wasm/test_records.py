"""Records and named tuples without ``dataclasses`` and ``typing`` are those of both."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import weakref

import pytest

from lbtool.records import NamedTuple, record
from lbtool.wasm.module import Module


@record(frozen=True, slots=True)
class Point:
    """A record."""

    x: int
    y: int = 2

    def total(self) -> int:
        return self.x + self.y


@record(frozen=True, slots=True, eq=False, weakref_slot=True)
class Whole:
    """One that is compared by identity."""

    x: int


class Pair(NamedTuple):
    """A named tuple."""

    left: int
    right: int = 7

    def total(self) -> int:
        """Both."""
        return self.left + self.right


def test_functions_of_dataclasses_know_records() -> None:
    point = Point(1)
    assert dataclasses.is_dataclass(point)
    assert dataclasses.replace(point, y=5) == Point(1, 5)
    assert dataclasses.asdict(point) == {"x": 1, "y": 2}
    assert [each.name for each in dataclasses.fields(Point)] == ["x", "y"]
    with pytest.raises(AttributeError):
        point.x = 3  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(point)) == copy.copy(point) == Point(x=1)
    assert point.total() == 3


def test_identity_and_weak_references() -> None:
    one, other = Whole(1), Whole(1)
    assert one != other
    assert len({one, other}) == 2
    assert weakref.ref(one)() is one
    module = Module(b"")
    assert module != Module(b"")
    assert weakref.ref(module)() is module
    assert dataclasses.replace(module, path="a").path == "a"


def test_named_tuples_are_tuples() -> None:
    pair = Pair(1)
    assert (pair, pair.right, pair.total()) == ((1, 7), 7, 8)
    assert pair._replace(left=2) == Pair(left=2, right=7)
    assert Pair.__doc__ == "A named tuple."
    assert Pair._fields == ("left", "right")
    assert Pair.__module__ == __name__
    assert pickle.loads(pickle.dumps(pair)) == pair


def test_fields_are_made_once() -> None:
    """`replace` looks them up with each call, in every hover."""
    found = Module.__dataclass_fields__
    assert Module.__dataclass_fields__ is found
    assert list(found) == list(Module.__match_args__)
