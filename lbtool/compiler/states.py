"""Where values are: locations, and the states that a recording says there were.

A recording holds what changes (``recording``); here a location is made of that when
somebody asks for it, and what moved between two states is found without looking at
the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from lbtool.compiler import codes
from lbtool.on_demand import Made

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lbtool.compiler.recording import Recording

__all__ = ["Location", "State", "States", "moved"]

LocationKind = Literal[
    "constant",
    "register",
    "memory",
    "local",
    "load",
    "byte",
    "scaled",
    "flags",
    "zero",
    "nowhere",
]


@dataclass(frozen=True, slots=True)
class Location:
    """Where one value is.

    ==========  ==================================================================
    constant    `value` is the bits
    register    `value` is the register (0-15 general purpose, 16-31 xmm0-15); `also`
                is the displacement from rsp of a word with the same value, if not None
    memory      `value` is the displacement of its word from rsp
    local       a reference to local `value`, wherever that is
    load        not loaded yet: linear memory at register `value` (-1: none) + `also`
    byte        the same, a byte, with any sign: it is only going to be compared
    scaled      register `value` shifted left by `also`, by the addition to come
    flags       a condition code of ``lbtool.x64.encodings`` in the CPU flags
    zero        the initial zero of a local, nowhere yet
    nowhere     not initialised, dead, or about to be replaced
    ==========  ==================================================================

    `type` is that of the value: i32, i64, f32, f64 or ref.
    """

    kind: LocationKind
    value: int = 0
    also: int | None = None
    type: str = ""


class State(NamedTuple):
    """Locations at one point: the operand stack (bottom first) and the locals."""

    stack: Sequence[Location]
    locals: Sequence[Location]


TYPE_NAMES = ("i32", "i64", "f32", "f64", "ref")  # by codes.T_*
KINDS: tuple[LocationKind, ...] = (  # by codes.AT_*
    *("constant", "register", "register", "memory", "local", "load"),
    *("byte", "scaled", "flags", "zero", "nowhere"),
)
HAVE_BOTH = (codes.AT_BOTH, codes.AT_LOAD, codes.AT_BYTE, codes.AT_SCALED)


class States:
    """The states of a recording, by time."""

    def __init__(self, made: Recording) -> None:
        self.n_locals = made.n_locals
        self._row = made.row
        self._depth, self._rows_at = memoryview(made.depth), memoryview(made.rows_at)
        self._key, self._what = memoryview(made.key), memoryview(made.what)
        self._of, self._where = memoryview(made.of), memoryview(made.where)
        self._number = memoryview(made.number)
        self._known: dict[tuple[int, int, int, int], Location] = {}
        self._last: tuple[int, State | None] = (-1, None)

    def at(self, time: int) -> State | None:
        """None where control does not get."""
        if self._last[0] != time:
            depth, state = self._depth[time], None
            if depth >= 0:
                stack = _Places(self, time, self.n_locals, depth)
                state = State(stack, _Places(self, time, 0, self.n_locals))
            self._last = time, state
        return self._last[1]

    def location(self, key: int, time: int) -> Location:
        """Of a local, or of the number of locals plus the index of an entry."""
        row = self._row(key, time)
        place = self._what[row], self._of[row], self._where[row], self._number[row]
        found = self._known.get(place)
        if found is None:
            found = self._known[place] = _location(*place)
        return found

    def changed(self, before: int, after: int) -> Iterable[int]:
        """Keys that were in another place at some time between these two, in order."""
        low, high = self._rows_at[before], self._rows_at[after]
        if high - low == 1:
            return (self._key[low],)
        return sorted(set(self._key[min(low, high) : max(low, high)]))


def _location(what: int, of: int, where: int, number: int) -> Location:
    value, also = where, None
    if what == codes.AT_CONSTANT:
        value = number
    elif what in HAVE_BOTH:
        also = number
    return Location(KINDS[what], value, also, TYPE_NAMES[of])


class _Places(Made[Location]):
    """Locations at one time of `size` keys from `first` on: of locals or entries."""

    __slots__ = ("first", "states", "time")

    def __init__(self, states: States, time: int, first: int, size: int) -> None:
        super().__init__(size, lambda index: states.location(first + index, time))
        self.states = states
        self.time = time
        self.first = first

    def comparable(self, other: object) -> bool:
        return (
            isinstance(other, _Places)
            and self.states is other.states
            and self.first == other.first
        )

    def changed(self, before: _Places) -> list[int]:
        """Indices that both have where the locations are not the same, in order."""
        both = range(self.first, self.first + min(len(self), len(before)))
        keys = self.states.changed(before.time, self.time)
        found = [key - self.first for key in keys if key in both]
        return [index for index in found if self[index] != before[index]]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, _Places) and self.comparable(other):
            return len(self) == len(other) and not self.changed(other)
        return super().__eq__(other)

    __hash__ = Made.__hash__


def moved(before: Sequence[Location], after: Sequence[Location]) -> list[int]:
    """Indices of the locations that are not the same, in order."""
    if (
        isinstance(before, _Places)
        and isinstance(after, _Places)
        and after.comparable(before)
    ):
        return after.changed(before)
    pairs = zip(before, after, strict=True)
    return [index for index, (old, new) in enumerate(pairs) if old != new]
