"""Every optimisation has a switch, a count that is true, and a place in the key."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lbtool.cache.keys import Env
from lbtool.compiler import Target, compile_module, knobs
from lbtool.compiler.target import USED_FEATURES
from lbtool.wasm import decode, read

# Every optimisation applies somewhere in here.
EVERYTHING = read(b"""(module
  (memory 1)
  (global $g (mut i32) (i32.const 0))
  (func (param i64 i64) (result i64) (i64.div_s (local.get 0) (local.get 1)))
  (func (param i32) (memory.fill (local.get 0) (i32.const 0) (i32.const 32)))
  (func $leaf (param i32 i32) (result i32)
    local.get 0 local.get 1 i32.add local.set 1
    (i32.mul (i32.add (local.get 0) (local.get 1)) (i32.const 3)))
  (func (param i32 i32) (result i32)
    (local.set 1 (i32.add (local.get 1)
      (i32.lt_s (i32.and (local.get 0) (i32.const 255)) (local.get 1))))
    (if (i32.lt_u (i32.load (local.get 0)) (i32.const 9)) (then (return (i32.const 1))))
    local.get 1)
  (func (param i32) (result i32) (local i32)
    (local.set 1 (i32.const 7))
    (block (br_if 0 (local.get 0)) (local.set 1 (i32.const 7)))
    local.get 1)
  (func $choose (param i32) (result i32)
    (block (block (block (block (block (block
      local.get 0 br_table 0 1 2 3 4 5 0)
      (return (i32.const 0))) (return (i32.const 1)))
      (return (i32.const 2))) (return (i32.const 3))) (return (i32.const 4)))
    i32.const 5)
  (func (param i32 i32) (result i32)
    (drop (i32.load (i32.add (local.get 1) (i32.shl (local.get 0) (i32.const 2)))))
    (i32.eq (i32.load8_u (local.get 0)) (i32.const 47)))
  (func $many (param i32) (local i32 i32 i32 i32 i32 i32 i32 i32 i32)
    (loop $next
      (local.set 1 (i32.add (local.get 1) (i32.const 1)))
      (local.set 2 (i32.add (local.get 2) (local.get 1)))
      (local.set 3 (i32.add (local.get 3) (local.get 2)))
      (local.set 4 (i32.add (local.get 4) (local.get 3)))
      (local.set 5 (i32.add (local.get 5) (local.get 4)))
      (local.set 6 (i32.add (local.get 6) (local.get 5)))
      (local.set 7 (i32.add (local.get 7) (local.get 6)))
      (local.set 8 (i32.add (local.get 8) (local.get 7)))
      (local.set 9 (i32.add (local.get 9) (local.get 8)))
      (br_if $next (local.get 0))))
  (func $sum (param $p i32) (param $n i32) (result i32) (local $s i32)
    (block $none
      (br_if $none (i32.eqz (i32.and (local.get $n) (i32.const 7))))
      (loop $next
        (local.set $s (i32.add (local.get $s) (i32.load (local.get $p))))
        (local.set $p (i32.add (local.get $p) (i32.const 4)))
        (br_if $next
          (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
    local.get $s)
  (func $calls (param $n i32) (result i32) (local $k i32)
    (drop (call $leaf (i32.const 0) (i32.add (local.get $n) (i32.const 1))))
    (loop $next
      (br_if $next (i32.lt_u
        (local.tee $k (i32.add (local.get $k) (i32.const 1))) (local.get $n))))
    (block $out
      (br_if $out (local.get $n))
      (drop (call $leaf (local.get $n) (local.get $k)))
      (br_if $out (local.get $k)))
    local.get $n)
  (func (param f64 f64) (result f64) (f64.sub (local.get 0) (local.get 1))))""")
ALL = Target(features=USED_FEATURES)
NAMES = [knob.name for knob in knobs.KNOBS]


def test_numbers_are_all_there() -> None:
    assert [knob.number for knob in knobs.KNOBS] == list(range(len(NAMES)))
    assert len(set(NAMES)) == len(NAMES)


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(ValueError, match="pns"):
        Target(off=frozenset({"pns"}))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_off_is_not_applied(name: str) -> None:
    target = replace(ALL, off=frozenset({name}))
    assert knobs.counters(EVERYTHING, ALL)[name] > 0
    assert knobs.counters(EVERYTHING, target)[name] == 0
    on, off = (
        b"".join(f.artifact.code for f in compile_module(decode(EVERYTHING), each))
        for each in (ALL, target)
    )
    assert on != off
    assert Env(target).digest != Env(ALL).digest


def test_counts_are_of_one_module() -> None:
    assert knobs.counters(EVERYTHING, Target()) == knobs.counters(EVERYTHING, Target())
    assert not any(knobs.counters(b"\0asm\1\0\0\0", Target()).values())
