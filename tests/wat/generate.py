"""Large texts and random edits for the tests of the text reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

FUNCTION = """\
  (func $f{k} (param $x i32) (param $y i32) (result i32)
    (local $t i32)
    (local.set $t (i32.add (local.get $x) (i32.const {k})))
    (block $out
      (loop $again
        (br_if $out (i32.ge_u (local.get $t) (i32.const 1000)))
        (local.set $t (i32.mul (local.get $t) (i32.load offset=4 (local.get $y))))
        (br $again)))
    local.get $t
    local.get $t
    call $f{previous})
"""


def module(functions: int) -> str:
    """A module of so many functions with 19 instructions each."""
    parts = ["(module\n  (memory 1)\n"]
    parts += [FUNCTION.format(k=k, previous=max(0, k - 1)) for k in range(functions)]
    return "".join([*parts, ")\n"])


SEED = """(module $m
  ;; a comment (with parens
  (type $t (func (param i32) (result i32)))
  (import "a" "b" (func $imp (param i32)))
  (func $a (type $t) (local $x i32)
    (if (result i32) (local.get 0) (then (i32.const 1)) (else (call $a (i32.const 2)))))
  (func $b (export "b") (param $p i32) (result i32)
    block $out
      loop $l
        local.get $p br_if $out br $l
      end
    end
    (; nested (; comment ;) ;)
    i32.const 7)
  (memory 1) (data (i32.const 0) "abc)\\"(;")
  (table 1 funcref) (elem (i32.const 0) $a)
  (global $g (mut i32) (i32.const 3))
)
"""

# What the edits insert, beside pieces of the text itself.
PIECES = (
    "(", ")", '"', ";;", "(;", ";)", "\n", "\r\n", "\r", " ", "\t", ";", "{", "\\",
    "\x00", "\U0001f600", "(func $a", "(func", "(module", "(module $m", "module",
    "(type $t (func (param i32)))", "$x", "$", "i32.const 1", "i32.const", "br $l",
    "\n(func $q (result i32) (i32.const 4))\n", "(@a", "(@a b)", "(@", "\n(type $t (",
    '(import "a" "b" (func $i))', '\n(export "a" (', "end", "block $l", "try_table",
    "(memory 1)", "(local $z f32)", "(local.get $z)", '"abc"', "(elem func $a)",
    "(rec (type $r (struct (field $f i32))))", "(start $a)", "if", "(then", "(else",
    '(data (i32.const 0) "x")', "\n(func\n(type $t)", "(global $g i32 (i32.const 1))",
    "(struct.get $r $f)", "(call_indirect (type $t) (param i32))", "offset=", "(catch",
)  # fmt: skip


def edit(random: Random, text: str) -> tuple[int, int, str]:
    """Start, end and new text of an edit."""
    size = len(text)
    start = random.randrange(size + 1)
    end = min(size, start + random.choice((0, 0, 0, 1, 1, 2, 5, 20, 80)))
    choice = random.random()
    if choice < 0.15:
        return start, end, ""
    if choice < 0.8:
        return start, end, random.choice(PIECES)
    place = random.randrange(size + 1)
    return start, end, text[place : place + random.randrange(40)]
