"""Outlines: what is in them, under which name, broken text included."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lbtool.service.outline import matches
from lbtool.wat.document import Document
from tests.service.at_once import symbols

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lbtool.service.outline import Symbol

TEXT = """(module $m
  (import "env" "log" (func $log (param i32)))
  (type $t (func (param $n i32) (param i64) (result f32)))
  (rec (type $s (sub (struct (field $x i8) (field (mut (ref null $s))))))
       (type (array (mut i16))))
  (global $g (mut i64) (i64.const 0))
  (table $tab 1 2 funcref) (memory i64 1 3) (memory (data "ab"))
  (table funcref (elem $log))
  (elem $e declare func $log) (data $d (memory 1) (i32.const 0) "a")
  (tag (import "a" "b") (param i32))
  (func (export "f") (export "g") (type $t) (local i32) (f32.const 0))
  (func $"two words" (param $a i32) (param i32 i32))
  (export "log" (func $log)) (start 0))
"""


def told(found: list[Symbol], depth: int = 0) -> Iterator[str]:
    for each in found:
        yield f"{'.' * depth}{each.kind} {each.name}: {each.detail}".rstrip(" :")
        yield from told(list(each.children), depth + 1)


def test_everything_has_a_name_and_a_type() -> None:
    assert list(told(symbols(Document(TEXT)))) == [
        "module $m",
        '.func $log: import "env" "log" (param i32)',
        ".type $t: (func (param $n i32) (param i64) (result f32))",
        ".type $s: (sub (struct (field $x i8) (field (mut (ref null $s)))))",
        ".type type 2: (array (mut i16))",
        ".global $g: (mut i64)",
        ".table $tab: 1 2 funcref",
        ".memory memory 0: i64 1 3",
        ".memory memory 1: 1 1",
        "..data data 0: active, 2 bytes",
        ".table table 1: 1 1 funcref",
        "..elem elem 0: active, 1 element",
        ".elem $e: declare, 1 element",
        ".data $d: active (memory 1), 1 byte",
        '.tag tag 0: import "a" "b" (param i32)',
        ".func func 1: (param i32 i64) (result f32)",
        '..export "f"',
        '..export "g"',
        ".func $two words: (param $a i32) (param i32 i32)",
        '.export "log": func $log',
        ".start start: 0",
    ]


def test_places_are_the_field_and_the_name() -> None:
    (module,) = symbols(Document(TEXT))
    assert TEXT[module.start : module.end] == TEXT.strip()
    assert TEXT[module.name_start : module.name_end] == "$m"
    for each in module.children:
        assert TEXT[each.start] + TEXT[each.end - 1] == "()"
        word = TEXT[each.name_start : each.name_end]
        assert word in (each.name, f'$"{each.name[1:]}"', each.kind)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (";; nothing", []),
        ("(func", ["func func 0"]),
        ("(func $f (param", ["func $f"]),
        ("(module (func $f", ["module module", ".func $f"]),
        ("(module (global $g", ["module module", ".global $g"]),
        ("(module\n(foo)\n(start\n", "module module|.start start"),
        ('(import "a"', ["import import"]),
        ('(export "a"', ["export export"]),
        ("(rec (type) (type $a (func)))", ["type type 0", "type $a"]),
        ("(module) (func $a) (module $b)", "module module|func $a|module $b"),
        ("(module binary)", ["module module"]),
    ],
)
def test_broken(text: str, expected: list[str] | str) -> None:
    names = [each.partition(":")[0] for each in told(symbols(Document(text)))]
    assert names == (expected.split("|") if isinstance(expected, str) else expected)


def test_queries() -> None:
    assert matches("", "$anything")
    assert matches("abc", "$A_b_C")
    assert matches("FÜ", "$fü")
    assert not matches("cab", "$abc")
