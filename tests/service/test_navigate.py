"""Definitions, references and highlights of every kind of thing that can be named.

A test's text has a mark at the place that is asked about.
"""

from __future__ import annotations

import pytest

from lbtool.service.navigate import definition, highlights, references
from lbtool.wat.document import Document
from tests.service.texts import marked

# What is marked; the definition; what is highlighted: w for writes, r, t.
CASES = [
    ("(func $f) (func (call ^$f))", "$f", "t$f r$f"),
    ("(func) (func (call ^0))", "func", "tfunc r0"),
    ("(func $f) (start ^$f)", "$f", "t$f r$f"),
    ('(func $f) (export "a" (func ^$f))', "$f", "t$f r$f"),
    ('(import "a" "b" (func $f)) (func (call ^0))', "$f", "t$f r0"),
    ("(table 1 funcref) (func $f) (elem (i32.const 0) ^$f 0)", "$f", "t$f r$f r0"),
    ("(type $t (func)) (func (type ^$t))", "$t", "t$t r$t"),
    ("(func (param $x i32) (local.set ^$x (local.get 0)))", "$x", "t$x w$x r0"),
    ("(func (local i32) (local.set ^0 (i32.const 1)))", "i32", "ti32 w0"),
    ("(func (local $x i32) (drop (local.tee ^$x (local.get $x))))", "$x",
     "t$x w$x r$x"),
    ("(func (local $x i32)) (func (local $x i32) (local.set ^$x (i32.const 1)))",
     "$x", "t$x w$x"),
    ("(global $g (mut i32) (i32.const 0)) (func (global.set ^$g (global.get $g)))",
     "$g", "t$g w$g r$g"),
    ("(table $t 1 funcref) (func (table.copy ^$t $t) (table.set $t) (table.size $t))",
     "$t", "t$t w$t r$t w$t r$t"),
    ("(table $t 1 funcref) (elem $e func) (func (table.init $t ^$e) (elem.drop $e))",
     "$e", "t$e r$e w$e"),
    ("(memory $m 1) (data $d) (func (memory.init ^$m $d) (i32.store $m) (i32.load $m))",
     "$m", "t$m w$m w$m r$m"),
    ("(tag $t) (func (throw ^$t))", "$t", "t$t r$t"),
    ("(type $s (struct (field $x i32))) (func (struct.set $s ^$x) (struct.get $s 0))",
     "$x", "t$x w$x r0"),
    ("(func (block $l (br ^$l)))", "$l", "tblock t$l r$l"),
    ("(func block $l br ^0 end $l)", "$l", "tblock t$l r0 tend t$l"),
    ("(func block br ^0 end)", "block", "tblock r0 tend"),
    ("(func (loop (block (br_table 0 ^1 0))))", "loop", "tloop r1"),
    ("(func if ^else br 0 end)", "if", "tif telse r0 tend"),
    ("(func block loop ^end br 0 end)", "loop", "tloop tend"),
    ("(func $f br ^0)", "func", "tfunc r0"),
    ("(func (br_if 0) ^block end)", "block", "tblock tend"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "defined", "lit"), CASES)
@pytest.mark.parametrize("at", ["start", "end"])
def test_of_every_kind(text: str, defined: str, lit: str, at: str) -> None:
    text, (offset,) = marked(text)
    document = Document(text)
    if at == "end":  # where a cursor behind the word is
        while text[offset] not in " )":
            offset += 1
    (place,) = definition(document, offset)
    assert text[place.start : place.end] == defined
    shown = highlights(document, offset)
    assert " ".join(each.kind[0] + text[each.start : each.end] for each in shown) == lit
    spans = [each[:2] for each in shown]
    found = references(document, offset, include_declaration=True)
    assert place in found
    assert set(found) <= set(spans)
    uses = references(document, offset, include_declaration=False)
    assert set(uses) == {*found} - {place}


@pytest.mark.parametrize(
    "text",
    [
        "^",
        ";; ^comment",
        "(func^ $f)",
        "(func (call ^$no))",
        "(func (call ^7))",
        "(func (i32.^const 1))",
        "(func (local.get ^3))",
        "(func ^end)",
        "(mo^dule)",
    ],
)
def test_of_nothing(text: str) -> None:
    text, (offset,) = marked(text)
    assert definition(Document(text), offset) == []


def test_a_name_means_its_first_definition() -> None:
    text, (offset,) = marked("(func $f) (func $f) (func (call ^$f))")
    assert definition(Document(text), offset)[0].start == text.index("$f")
