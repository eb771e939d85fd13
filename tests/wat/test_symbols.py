"""Names and indices: what they mean, where that is defined, who else refers to it."""

from __future__ import annotations

import pytest

from lbtool.errors import Diagnostic
from lbtool.wat.document import Document
from lbtool.wat.locate import locate
from lbtool.wat.positions import (
    TextMap,
    function_in,
    token_at,
    token_span,
)
from lbtool.wat.symbols import Symbol, definition, references, symbol_at

TEXT = """(module $m
  (import "a" "b" (func $imp (param i32)))
  (type $t (func (param $unused i32) (result i32)))
  (rec (type $s (struct (field $x i32) (field $y (mut i64)))))
  (global $g (mut i32) (i32.const 0))
  (table $tab 4 funcref)
  (memory $mem 1)
  (elem $e (table $tab) (i32.const 0) func $f $imp)
  (data $d "abc")
  (tag $tag (param i32))
  (func $f (type $t) (param $p i32) (result i32) (local $v i32)
    (local.set $v (i32.add (local.get $p) (local.get 0)))
    block $out
      (loop $again
        (br_if $out (local.get $v))
        (br_table $again $out 2 (i32.const 0)))
    end $out
    (call_indirect $tab (type $t) (i32.const 1) (local.get 1))
    global.set $g
    (call $imp (struct.get $s $x (struct.new_default $s)))
    (memory.init $mem $d (i32.const 0) (i32.const 0) (i32.const 0))
    (try_table (catch $tag 0) (throw $tag (i32.const 1)))
    (i32.load $mem (call $f (i32.const 2))))
  (export "f" (func $f))
  (start 0)
)
"""


def words(document: Document, symbol: Symbol) -> list[str]:
    return [document.text[a:b] for a, b in references(document, symbol)]


# What its definition begins with, its symbol without scope, all that mentions it.
@pytest.mark.parametrize(
    ("name", "space", "number", "mentions"),
    [
        ("$imp", "func", 0, "$imp $imp $imp 0"),
        ("$f (type", "func", 1, "$f $f $f $f"),
        ("$t ", "type", 0, "$t $t $t"),
        ("$s ", "type", 1, "$s $s $s"),
        ("$x", "field", 0, "$x $x"),
        ("$g", "global", 0, "$g $g"),
        ("$tab", "table", 0, "$tab $tab $tab"),
        ("$mem", "memory", 0, "$mem $mem $mem"),
        ("$d", "data", 0, "$d $d"),
        ("$tag", "tag", 0, "$tag $tag $tag"),
        ("$e ", "elem", 0, "$e"),
        ("$p", "local", 0, "$p $p 0"),
        ("$v", "local", 1, "$v $v $v 1"),
        ("$out\n", "label", 4, "$out $out $out $out"),
        ("$again", "label", 5, "$again $again"),
    ],
)
def test_every_space(name: str, space: str, number: int, mentions: str) -> None:
    document = Document(TEXT)
    first = TEXT.index(name)
    found = symbol_at(document, first + 1)
    assert found is not None
    assert (found.space, found.number) == (space, number)
    assert sorted(words(document, found)) == sorted(mentions.split())
    for start, end in references(document, found):
        assert symbol_at(document, start) == found
        assert symbol_at(document, end) == found
    place = definition(document, found)
    assert place is not None
    assert place.start == first
    uses = list(references(document, found, definitions=False))
    assert len(uses) == len(mentions.split()) - 1
    assert place not in uses


def test_numbers_are_references_and_depths_of_labels() -> None:
    document = Document(TEXT)
    of_function = symbol_at(document, TEXT.index("$out 2") + 5)
    assert of_function is not None
    assert (of_function.space, of_function.number) == ("label", -1)
    assert definition(document, of_function) is None
    assert words(document, of_function) == ["2", "0"]
    assert symbol_at(document, TEXT.index("i32.add")) is None
    assert symbol_at(Document(""), 0) is None


def test_locals_behind_the_parameters_of_a_type() -> None:
    text = (
        "(type $t (func (param i32 i32))) (func (type $t) (local $a i64) local.get $a"
        " local.get 02 local.get 1)"
    )
    document = Document(text)
    found = symbol_at(document, text.index("$a"))
    assert found is not None
    assert words(document, found) == ["$a", "$a", "02"]
    unknown = Document(text[text.index("(func (type") :])
    found = symbol_at(unknown, unknown.text.index("$a"))
    assert found is not None
    assert words(unknown, found) == ["$a", "$a"]


def test_instructions_by_place() -> None:
    document = Document(TEXT)
    chunk = document.tables.owners["func"][1].chunk
    code = document.field(chunk).code
    assert code is not None
    assert function_in(document, chunk) == 1
    assert function_in(document, 0) is None
    for each in code:
        span = token_span(document, chunk, each.token)
        word = TEXT[span.start : span.end]
        assert word == each.op.mnemonic or (word, each.op.mnemonic) == (")", "end")


def test_tokens_as_a_cursor_means_them() -> None:
    text = "(func $f (local.get 0))"
    document = Document(text)
    found = [token_at(document, offset) for offset in range(len(text) + 1)]
    shown = [each.text if each else None for each in found]
    assert shown[0] == "("
    assert shown[1:6] == ["func"] * 5
    assert shown[6:9] == ["$f"] * 3
    assert shown[text.index("0")] == "0"
    assert shown[text.index("0") + 1] == "0"
    assert shown[-1] == ")"
    assert token_at(Document("  "), 1) is None


def test_diagnostics_get_lines_and_lose_offsets() -> None:
    text = "(module\n  ;; ü\n  (func $é nop\n    (drop (i32.const 1))))".encode()
    made = locate(
        text,
        [
            Diagnostic("error", "E0210", "a", offset=9, funcidx=0, ordinal=2),
            Diagnostic("error", "E0210", "b", offset=9, funcidx=0),
            Diagnostic("error", "E0210", "c", offset=9, funcidx=7, ordinal=0),
            Diagnostic("error", "E0217", "d", offset=9, section="memory"),
            Diagnostic("error", "E0132", "e", line=1, column=1),
        ],
    )
    places = [(each.line, each.column, each.offset) for each in made]
    nowhere = (None, None, None)
    assert places == [(4, 6, None), (3, 3, None), nowhere, nowhere, (1, 1, None)]


def test_places_of_text_that_is_no_text() -> None:
    assert TextMap('(module binary "\\00asm")').find(0) is None
    assert TextMap("").place(0) is None
    assert TextMap("(func nop)").place(0, 0) == (1, 7)
