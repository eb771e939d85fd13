"""The check of explained locations notices every location that is changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from lbtool import wasm
from lbtool.compiler.explain import InstructionExplanation, Location, State
from tests.explain.claims import condition
from tests.explain.runner import check_case, explain
from tests.property.generate import Call, Case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TEXT = b"""(module (memory (export "m") 1)
  (data (i32.const 64) "\\11\\22\\33\\44\\55\\66\\77\\88")
  (func $callee (param i32) (result i32) (i32.add (local.get 0) (i32.const 77)))
  (func (export "f") (param i32 i64 f64) (result i32) (local i64 f64 i32)
    (local.set 3 (i64.mul (local.get 1) (i64.const 1000003)))
    (local.set 4 (f64.add (local.get 2) (f64.const 0.25)))
    (local.set 5 (i32.const 3))
    (loop
      (local.set 3 (i64.add (i64.mul (local.get 3) (i64.const 3))
        (i64.extend_i32_u (i32.add (call $callee (local.get 0)) (local.get 5)))))
      (local.set 4 (f64.mul (local.get 4) (f64.const 1.5)))
      (local.set 5 (i32.sub (local.get 5) (i32.const 1)))
      (br_if 0 (i32.gt_s (local.get 5) (i32.const 0))))
    (i32.add
      (i32.mul (i32.load (i32.add (local.get 0) (i32.const 54))) (i32.const 12345))
      (i32.add (i32.wrap_i64 (local.get 3)) (i32.trunc_sat_f64_s (local.get 4))))))"""
ARGUMENTS = (10, 0x1234567890ABCDEF, 0x4010_0000_0000_1234)
MAIN = 1
PINNED: dict[str, dict[str, Any]] = {"default": {}, "no pins": {"pins": (0, 0)}}


@pytest.fixture(scope="module")
def case() -> Case:
    return Case("self-test", wasm.read(TEXT), [Call("f", ARGUMENTS)])


def wrong_locations(location: Location) -> Iterator[Location]:
    kind, value, also = location.kind, location.value, location.also
    if kind == "register":
        yield replace(location, value=value ^ 1)
        if also is not None:
            yield replace(location, also=also + 8)
    elif kind == "memory":
        yield replace(location, value=value + 8)
    elif kind == "constant":
        yield replace(location, value=value ^ 1)
    elif kind == "scaled":
        yield replace(location, also=(also or 0) ^ 1)
    elif kind in ("load", "byte"):
        yield replace(location, also=(also or 0) + 2)
    elif kind == "flags":
        yield replace(location, value=value ^ 1)
    yield replace(location, type="i32" if location.type != "i32" else "f32")


def wrong_states(state: State | None) -> Iterator[tuple[str, State]]:
    """One location changed, or two different ones exchanged.

    The module above never has one value in two places that it could tell apart.
    """
    if state is None:
        return
    places = [*state.stack, *state.locals]
    n = len(state.stack)
    for i, location in enumerate(places):
        for wrong in wrong_locations(location):
            changed = [*places[:i], wrong, *places[i + 1 :]]
            yield location.kind, State(tuple(changed[:n]), tuple(changed[n:]))
        for j in {0, i - 1} - {i, -1}:
            known = "nowhere" not in (places[j].kind, location.kind)
            if places[j] != location and known:
                changed = list(places)
                changed[i], changed[j] = places[j], location
                yield "exchange", State(tuple(changed[:n]), tuple(changed[n:]))


def wrong_rows(
    row: InstructionExplanation,
) -> Iterator[tuple[str, InstructionExplanation]]:
    for kind, wrong in wrong_states(row.before):
        yield kind, replace(row, before=wrong)
    for kind, wrong in wrong_states(row.after):
        yield kind, replace(row, after=wrong)
    yield "unreachable", replace(row, before=None)
    if row.ranges:
        (start, end), *rest = row.ranges
        yield "range", replace(row, ranges=((start + 1, end), *rest))
        yield "range", replace(row, ranges=((start, end - 1), *rest))


@pytest.mark.parametrize("target", PINNED)
def test_every_changed_location_is_noticed(
    case: Case, target: str, record_property: Callable[[str, object], None]
) -> None:
    settings = PINNED[target]
    explained = explain(case, settings)
    assert not check_case(case, settings, explained).false
    tried: Counter[str] = Counter()
    rows = explained[MAIN].instructions
    for i, row in enumerate(rows):
        for kind, wrong in wrong_rows(row):
            tried[kind] += 1
            changed = replace(
                explained[MAIN], instructions=(*rows[:i], wrong, *rows[i + 1 :])
            )
            told = check_case(case, settings, explained | {MAIN: changed}).false
            assert told, (kind, row, wrong)
    kinds = " ".join(f"{kind} {n}" for kind, n in sorted(tried.items()))
    record_property("summary", f"changed locations, {target}: all noticed ({kinds})")
    assert {"memory", "constant", "flags", "local", "register", "range"} <= tried.keys()


def test_conditions() -> None:
    zero, carry, sign, overflow, parity = 1 << 6, 1, 1 << 7, 1 << 11, 1 << 2
    assert condition(4, zero)
    assert not condition(5, zero)
    assert condition(2, carry)
    assert condition(7, 0)
    assert not condition(7, carry)
    assert condition(12, sign)
    assert not condition(12, sign | overflow)
    assert condition(15, 0)
    assert condition(16, zero)
    assert not condition(16, zero | parity)
    assert condition(17, zero | parity)
