"""Modules that the tests edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

URI = "file:///w/a.wat"

ADD = """\
(module
  (memory 1)
  (global $g (mut i32) (i32.const 7))
  (func $add (export "add") (param $a i32) (param $b i32) (result i32)
    local.get $a
    local.get $b
    i32.add)
  (func $twice (param $x i32) (result i32)
    (call $add (local.get $x) (local.get $x)))
  (func (export "div") (param i32) (result i32)
    i32.const 10
    local.get 0
    i32.div_u)
  (func (export "inner") (param i32) (result i32)
    (call 2 (local.get 0)))
  (func (export "spin") (loop br 0)))
"""
# Lines of ADD, from 0.
GET_A, GET_B, ADD_LINE, CALL, DIV, CALL_DIV = 4, 5, 6, 8, 12, 14

WASI = """\
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 8) "Content-Length: 5\\r\\n\\r\\nhello\\n")
  (func $say (param $fd i32)
    (i32.store (i32.const 0) (i32.const 8))
    (i32.store (i32.const 4) (i32.const 27))
    (drop (call $write (local.get $fd) (i32.const 0) (i32.const 1) (i32.const 40))))
  (func (export "say") (result i32)
    (call $say (i32.const 1))
    (call $say (i32.const 2))
    i32.const 3)
  (func (export "flood") (loop (call $say (i32.const 1)) (br 0))))
"""


def many(functions: int) -> str:
    """A module of so many functions, seven lines each."""
    made = ["(module", "  (memory 1)"]
    for i in range(functions):
        made += [
            f'  (func $f{i} (export "f{i}") (param $a i32) (param $b i32) (result i32)',
            "    local.get $a",
            "    local.get $b",
            "    i32.add",
            f"    i32.const {i}",
            "    i32.xor",
            "  )",
        ]
    return "\n".join([*made, ")", ""])


def broken(text: str, chance: random.Random) -> str:
    """The text with a few characters changed."""
    pieces = ["(", ")", '"', "\n", "i32", "\U0001f600", ";;", "(;", "$", "\r", "\0"]
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(text) + 1)
        cut = chance.randrange(4)
        text = text[:at] + chance.choice([*pieces, ""]) + text[at + cut :]
    return text
