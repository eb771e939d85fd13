"""Copies and fills of constant size: every size, every place near the end, overlaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from lbtool.compiler import Target, knobs
from lbtool.wasm import read
from tests.pitfalls.agreement import agree, module

if TYPE_CHECKING:
    from collections.abc import Callable

END = 65536
SIZES = (*range(36), 47, 48, 49, 63, 64, 65, 100, 127, 128, 129, 255, 256, 257)
MODES = ("default", "explicit", "strict", "masks-1", "masks-2", "masks-3", "masks-4")
# Bytes that differ from their neighbours, at both ends of the memory.
PATTERN = "".join(f"\\{(37 * k + 11) & 255:02x}" for k in range(700))
MEMORY = f"""
  (memory (export "m") 1)
  (data (i32.const 0) "{PATTERN}") (data (i32.const {END - 700}) "{PATTERN}")
  (func (export "seen") (result i64) (local $at i32) (local $h i64)
    (loop $next
      (local.set $h (i64.rotl (i64.mul (i64.const 0x9E3779B97F4A7C15)
        (i64.xor (i64.xor (local.get $h) (i64.load (local.get $at)))
          (i64.load offset={END - 1024} (local.get $at)))) (i64.const 5)))
      (br_if $next (i32.lt_u
        (local.tee $at (i32.add (local.get $at) (i32.const 8))) (i32.const 1024))))
    (local.get $h))"""
Calls = list[tuple[Any, ...]]


def copies(n: int) -> tuple[str, Calls]:
    """A function that copies n bytes, and calls of it."""
    text = (
        f'(func (export "copy{n}") (param i32 i32) (memory.copy (local.get 0)'
        f" (local.get 1) (i32.const {n})))"
    )
    places = [
        (300, 100), (100, 300),  # apart
        (101, 100), (100, 101), (100, 100), (107, 100), (100, 107), (116, 100),
        (END - n, 50), (50, END - n),  # up to the end
        (END - n + 1, 50), (50, END - n + 1), (END - n + 1, END - n),
        (END, 0), (0, END), (0xFFFF_FFFF, 0), (0, 0xFFFF_FFF0),
    ]  # fmt: skip
    return text, [(f"copy{n}", a, b) for a, b in places]


def fills(n: int) -> tuple[str, Calls]:
    """Functions that fill n bytes, and calls of them."""
    text = (
        f'(func (export "fill{n}") (param i32 i32) (memory.fill (local.get 0)'
        f' (local.get 1) (i32.const {n}))) (func (export "zero{n}") (param i32)'
        f" (memory.fill (local.get 0) (i32.const 0) (i32.const {n})))"
        f'(func (export "same{n}") (param i32) (memory.fill (local.get 0)'
        f" (i32.const 0x1A5) (i32.const {n})))"
    )
    calls: Calls = []
    for at in (0, 203, END - n, END - n + 1, END, 0xFFFF_FFFF):
        calls += (
            (f"fill{n}", at & 0xFFFF_FFFF, 0x1234_56F7),
            (f"zero{n}", at & 0xFFFF_FFFF),
            (f"same{n}", at & 0xFFFF_FFFF),
        )
    return text, calls


def looked_at(calls: Calls) -> Calls:
    """The calls, and after each one of them a look at both ends of the memory."""
    return [each for call in calls for each in (call, ("seen",))]


@pytest.mark.parametrize("make", [copies, fills])
@pytest.mark.parametrize("n", SIZES)
def test_constant_sizes(make: Callable[[int], tuple[str, Calls]], n: int) -> None:
    """All engines leave the same memory, and a trap has written nothing."""
    text, calls = make(n)
    kinds = agree(module(MEMORY, text), *looked_at(calls), modes=MODES)
    assert len(kinds) > 1  # some calls trap, some do not


def test_constant_addresses() -> None:
    """Addresses that are displacements, up to those that are too large for one."""
    places = (0, 1, 5, END - 40, END - 39, (1 << 30) - 1, 1 << 30, (1 << 31) - 1,
              1 << 31, (1 << 32) - 40, (1 << 32) - 1)  # fmt: skip
    text = []
    for k, at in enumerate(places):
        text.append(
            f'(func (export "to{k}") (memory.copy (i32.const {at}) (i32.const 300)'
            f' (i32.const 40))) (func (export "from{k}") (memory.copy (i32.const 200)'
            f' (i32.const {at}) (i32.const 40))) (func (export "fill{k}")'
            f" (memory.fill (i32.const {at}) (i32.const {k}) (i32.const 40)))"
        )
    calls = [
        (f"{name}{k}",) for k in range(len(places)) for name in ("to", "from", "fill")
    ]
    agree(module(MEMORY, *text), *looked_at(calls), modes=MODES)


def test_everything_else_survives() -> None:
    """Operands below, locals of every type, a load that waits, all around a copy."""
    agree(module(MEMORY, """
      (func (export "f") (param i32 i32 f64 i64) (result i32 f64 i64)
        (local f32 f32 f32 f32 f32 f32 f32 f32 f32 f32 f32 f32)
        (local.set 4 (f32.demote_f64 (local.get 2)))
        (local.set 9 (f32.const 2.5))
        (i32.add (local.get 0) (local.get 1))
        (f64.mul (local.get 2) (local.get 2))
        (memory.copy (i32.and (local.get 0) (i32.const 1023))
          (i32.load (i32.and (local.get 1) (i32.const 255))) (i32.const 100))
        (memory.fill (i32.load8_u (i32.const 3)) (local.get 1) (i32.const 100))
        (f64.promote_f32 (f32.add (local.get 4) (local.get 9)))
        f64.add
        (i64.xor (local.get 3) (i64.load (i32.const 200))))
    """), rounds=40, modes=MODES)  # fmt: skip


def test_no_call_is_left() -> None:
    """As many apply as the sizes say."""
    text = module(
        MEMORY,
        *(make(n)[0] for n in (3, 4, 128, 129, 256, 257) for make in (copies, fills)),
    )
    found = knobs.counters(read(text.encode()), Target())
    assert found["bulk"] == 2 + 3 * 4  # copies of 4 and 128; fills of 4, 128, 129, 256
