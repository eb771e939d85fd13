"""Hovers of everything that is no instruction; what they add to those of instructions.

That an instruction's bytes are those of the code is ``test_hover_bytes``.
"""

from __future__ import annotations

import re

import pytest

from lbtool.service.analysis import Analysis
from lbtool.service.hover import hover
from lbtool.service.keyword_hover import KEYWORDS
from lbtool.service.markdown import code, fence
from lbtool.service.options import Options
from lbtool.wat.immediates import READERS
from tests.service.texts import marked


def shown(text: str) -> tuple[str, str]:
    """The words that the hover at the mark is about, and its Markdown."""
    text, (offset,) = marked(text)
    found = hover(Analysis.open(text, Options()), offset)
    assert found is not None
    assert found.start <= offset <= found.end
    return text[found.start : found.end], found.markdown


# What is marked; the words that it is about; pieces of the hover, in their order.
CASES = [
    # functions
    (('(func $f (export "f") (param $n i32) (result i32) (local.get 0)) (func (drop '
      '(call ^$f (i32.const 1)))) (export "g" (func 0))'), "$f",
     ["`call $f : [i32] → [i32]`", "```x86asm",
      "(func $f (param $n i32) (result i32))", "function 0",
      'exported as `"f"`, `"g"`', " bytes · ", "compiled in ", "frame of "]),
    ("(^func $f)", "func", ["(func $f)", "function 0", "`func`: "]),
    ("(^func)", "func", ["(func)", "function 0"]),
    ('(import "a" "b" (func ^$f (param i32)))', "$f",
     ["(func $f (param i32))", 'imported from `"a"` `"b"`']),
    ('(import "a" ^"b" (func $f))', '"b"', ["(func $f)"]),
    ('(func $a) (func $b) (export ^"x" (func $b))', '"x"', ["(func $b)", "function 1"]),
    ("(func $f) (start ^$f)", "$f", ["(func $f)"]),
    ("(func ^$f (i32.add))", "$f", ["no code: `type mismatch"]),
    ("(func ^$f (drop (v128.const i64x2 0 0)))", "$f", ["no code: `unsupported"]),
    ("(func ^$f (type 42))", "$f", ["no code: "]),
    # locals and parameters
    ("(func (param ^$n i32) (drop (local.get $n)))", "$n",
     ["`(param $n i32)` · local 0 · at entry in `edi` · 1 read · 0 writes"]),
    ("(func (param ^i32) (drop (local.get 0)))", "i32", ["`(param i32)`", "`i32`: "]),
    ("(func (local $n i64) (local.set ^$n (i64.const 1)))", "$n",
     ["`local.set $n : [i64] → []`", "`(local $n i64)` · local 0 · ",
      "0 reads · 1 write"]),
    ("(func (param $n i32) (drop (^local.get $n)))", "local.get $n",
     ["`local.get $n : [] → [i32]`", "`(param $n i32)` · local 0 · here in `edi`"]),
    (("(type $t (func (param i32 i64))) (func (type $t) (local f32) "
      "(drop (local.get ^1)))"), "1", ["`(param i64)` · local 1"]),
    (("(type $t (func (param i32 i64))) (func (type $t) (local $x f32) "
      "(drop (local.get ^2)))"), "2", ["`(local $x f32)` · local 2"]),
    # labels
    ("(func\n(block $l\n(br ^$l)\n))", "$l",
     ["`block $l` · lines 2 to 4 · branches go to its end · 1 branch"]),
    ("(func\nloop (result i32) br ^0 end drop)", "0",
     ["`loop (result i32)` · line 2 · branches go to its beginning · 1 branch"]),
    ("(func br ^0 br 0)", "0", ["the function's own label: branches return · 2 br"]),
    ("(func block nop ^end)", "end", ["`end`", "`block` · line 1", "0 branches"]),
    ("(func (nop^))", "nop", ["`nop : "]),
    ("(func (nop)^)", ")", ["`end`"]),
    ("(func ^unreachable)", "unreachable", ["`unreachable`", "always traps"]),
    # other definitions
    ("(type ^$t (func (param i32)))", "$t", ["(type $t (func (param i32)))", "type 0"]),
    ("(rec (type (func)) (^type (struct)))", "type", ["(type (struct))", "type 1"]),
    (("(type $s (struct (field $x (mut i8)))) (func (param (ref $s)) "
     "(struct.set $s ^$x (local.get 0) (i32.const 0)))"), "$x",
     ["(field $x (mut i8))", "field 0 of type 0"]),
    ("(global $g (mut i32) (i32.const 7)) (func (global.set ^$g (i32.const 1)))", "$g",
     ["`global.set $g : [i32] → []`", "(global $g (mut i32) (i32.const 7))",
      "global 0"]),
    ('(^memory (export "m") 2 3)', "memory",
     ["memory 0 · 128 KiB · at most 192 KiB", 'exported as `"m"`']),
    ("(^memory 16384)", "memory", ["1 GiB"]),
    ("(table ^$t 1 funcref)", "$t", ["(table $t 1 funcref)", "table 0 · 1 entry"]),
    ("(table 4 ^8 funcref)", "8", ["table 0 · 4 entries · at most 8"]),
    ("(memory ^1 16)", "1", ["(memory 1 16)", "64 KiB · at most 1 MiB"]),
    ("(type $t (func (param ^$a i32)))", "$a", ["(type $t (func (param $a i32)))"]),
    ('(memory 1) (data (i32.const 1024) ^"ab")', '"ab"',
     ["2 bytes", "active at 1024 (0x400), 2 bytes"]),
    ('(import "a" "b" (func (param ^i32)))', "i32", ["`(param i32)`\n\n`i32`: "]),
    # what code refers to
    (("(func (param i32) (result i32)\n(^if (result i32) (local.get 0)\n(then "
     "(i32.const 1))\n(else (i32.const 2))))"), "if (result i32)",
     ["je @", "`: `", "` of line 4"]),
    ("(func (param i32) (result i32) (^i32.div_s (local.get 0) (local.get 0)))",
     "i32.div_s", ["can trap: integer divide by zero, integer overflow"]),
    ("(memory 1) (func (result i32) (^i32.load (i32.const 0)))", "i32.load",
     ["can trap: out of bounds memory access"]),
    (("(type $t (func (param i64) (result f32))) (table 1 funcref) (func (result f32) "
     "(^call_indirect (type $t) (i64.const 1) (i32.const 0)))"),
     "call_indirect (type $t)", ["(type $t) : [i64 i32] → [f32]`", "can trap: "]),
    ("(elem ^$e func 0 0) (func)", "$e", ["element segment 0 · passive, 2 elements"]),
    ('(data ^$d "a`\\00")', "$d",
     ['data segment 0 · passive, 3 bytes · ``"a`\\00"``']),
    ('(data "a\\c3\\a4" ^"b\\u{e4}")', '"b\\u{e4}"', ["3 bytes"]),
    ("(tag ^$t (param i32))", "$t", ["(tag $t (param i32))", "tag 0"]),
    # literals
    ("(func (drop (i32.const ^-1)))", "-1",
     ["`i32.const -1 : ", "`-1` · `0xffffffff` · `4294967295` unsigned · LEB128 `7f`"]),
    ("(func (drop (i64.const ^0x1_00)))", "0x1_00",
     ["`256` · `0x100` · LEB128 `80 02`"]),
    ("(func (drop (f32.const ^0x1p-1)))", "0x1p-1",
     ["`0.5` · f32 bits `0x3f000000` · bytes `00 00 00 3f`"]),
    ("(func (drop (f64.const ^nan)))", "nan",
     ["`nan` · f64 bits `0x7ff8000000000000`"]),
    ("(global i32 (i32.const ^0x80000000))", "0x80000000",
     ["`-2147483648` · `0x80000000` · `2147483648` unsigned · LEB128 `80 80 80 "]),
    ("(func (drop (v128.const i32x4 ^1 0 0 0)))", "1",
     ["no code: ", "v128 bits `0x0"]),
    ("(memory 1) (func (drop (i32.load offset=8 ^align=2 (i32.const 0))))", "align=2",
     ["accesses 4 bytes at address + 8 · aligned to 2 bytes (natural is 4; a hint "]),
    ("(memory 1) (func (drop (^i64.load8_u (i32.const 0))))", "i64.load8_u",
     ["accesses 1 byte at address + 0 · aligned to 1 byte (natural; a hint only)"]),
    # words
    ("(^module $m (func) (memory 1))", "(module $m",
     ["`module`: ", "func 1 · memory 1"]),
    ("(global (^mut i32) (i32.const 0))", "mut",
     ["`mut`: ", "6.4 Types, Global Types"]),
    ("(func (if (i32.const 1) (^then)))", "then", ["`then`: "]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "pieces"), CASES)
def test_hovers(text: str, words: str, pieces: list[str]) -> None:
    about, markdown = shown(text)
    assert about == words
    place = 0
    for piece in pieces:
        assert piece in markdown[place:], markdown
        place = markdown.index(piece, place) + len(piece)


@pytest.mark.parametrize("text", ["^", " ^ ", "^;; a", "(func)^\n", "(func $f ^)"])
def test_of_nothing(text: str) -> None:
    text, (offset,) = marked(text)
    found = hover(Analysis.open(text, Options()), offset)
    # The closing parenthesis of a function is its `end`.
    assert found is None or text[found.start : found.end] == ")"


def test_stale_code_says_so_and_is_found_by_its_words() -> None:
    text = "(func $f (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))"
    analysis = Analysis.open(text, Options())
    at = text.index("i32.add")
    before = hover(analysis, at)
    assert before is not None
    broken = analysis.edit(at - 1, at - 1, "(f32.neg (i32.const 5)) ")
    same = hover(broken, broken.document.text.index("i32.add"))
    assert same is not None
    assert same.markdown.startswith("stale: code of the last valid text (no code: `")
    assert same.markdown.endswith(before.markdown)
    new = hover(broken, broken.document.text.index("f32.neg"))
    assert new is not None
    assert "x86asm" not in new.markdown
    assert new.markdown.startswith("`f32.neg`\n\nno code: `type mismatch")


def test_the_problem_of_the_instruction_comes_first() -> None:
    _, markdown = shown("(func (call $a) (i32.const ^x) (call $b))")
    assert "i32 expected" in markdown
    _, markdown = shown("(func (call $a) (call ^$b))")
    assert "unknown function $b" in markdown


def test_broken_surroundings() -> None:
    _, markdown = shown("(memory one) (func (^nop))")
    assert "no code: the module is not valid outside of its functions" in markdown


@pytest.mark.parametrize("name", ["$a`b", "$``", "$`", "$_*_<b>", '$"`` x"'])
def test_any_name_is_safe(name: str) -> None:
    body = f"(local {name} i32) (local.set ^{name} (i32.const 1))"
    call = f'(func {name} (export "`a`")) (func (call ^{name}))'
    for source in (f"(func {body})", call):
        _, markdown = shown(source)
        fences = re.split(r"^```[a-z0-9]*$", markdown, flags=re.MULTILINE)
        for outside in fences[::2]:
            spans = re.sub(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", "", outside)
            assert "`" not in spans
            assert name not in spans


def test_code_spans_and_fences() -> None:
    assert code("a") == "`a`"
    assert code("a`b") == "``a`b``"
    assert code("`a``") == "``` `a`` ```"
    assert code("a\n b") == "`a b`"
    assert code("") == "`  `"
    assert fence("wat", "a ``` b") == "````wat\na ``` b\n````"


def test_keywords_are_no_instructions() -> None:
    assert not (set(KEYWORDS) & set(READERS)) - {"catch", "catch_all"}
