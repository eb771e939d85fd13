"""Semantic tokens: a name has the colour of what it names."""

from __future__ import annotations

import pytest

from lbtool.service.tokens import MODIFIERS, TYPES, tokens
from lbtool.wat.document import Document


def told(text: str) -> str:
    return " ".join(
        f"{text[each.start : each.end]}:{'.'.join((each.type, *each.modifiers))}"
        for each in tokens(Document(text))
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(module $m)", "module:keyword $m:variable.declaration"),
        ("(module (;$x;) $m)",
         "module:keyword (;$x;):comment $m:variable.declaration"),
        (";; a\n(func)", ";; a:comment func:keyword"),
        ("(func $f (call $f))",
         "func:keyword $f:function.declaration call:keyword $f:function"),
        ("(func (param $p i32) (local $l f32) local.get $p local.set $l)",
         ("func:keyword param:keyword $p:parameter.declaration i32:type local:keyword "
         "$l:variable.declaration f32:type local.get:macro $p:parameter "
         "local.set:macro $l:variable")),
        ("(func block $l br $l br 0 end $l)",
         ("func:keyword block:keyword $l:label.declaration br:keyword $l:label "
         "br:keyword 0:number end:keyword $l:label")),
        ("(global $g i32 (i32.const -1)) (func (global.get $g))",
         ("global:keyword $g:variable.declaration.readonly i32:type i32.const:macro "
         "-1:number func:keyword global.get:macro $g:variable.readonly")),
        ('(import "a" "b" (func $f)) (start $f)',
         ('import:keyword "a":string "b":string func:keyword '
         "$f:function.declaration.static start:keyword $f:function.static")),
        ("(type $t (struct (field $x i8)))",
         ("type:keyword $t:type.declaration struct:keyword field:keyword "
         "$x:property.declaration i8:type")),
        ("(tag $e) (func (throw $e))",
         "tag:keyword $e:event.declaration func:keyword throw:keyword $e:event"),
        ("(func (i32.load offset=0x4 align=1 (f32.const nan:0x1)))",
         ("func:keyword i32.load:macro offset:property 0x4:number align:property "
         "1:number f32.const:macro nan:0x1:number")),
        ("(func (param", "func:keyword param:keyword"),
        ("(func (call $no) wat $what)",
         "func:keyword call:keyword $no:function $what:variable"),
        ("(table 1 (ref null extern))",
         "table:keyword 1:number ref:keyword null:keyword extern:type"),
        ("(; no end", ""),
    ],
)  # fmt: skip
def test_kinds(text: str, expected: str) -> None:
    assert told(text) == expected


def test_a_range_has_what_overlaps_it() -> None:
    text = "(func $a (call $a))\n(func $b (call $b))\n(func $c)"
    document = Document(text)
    start, end = text.index("$a))"), text.index("$b")
    found = [text[each.start : each.end] for each in tokens(document, start, end)]
    assert found == ["$a", "func"]
    assert list(tokens(document, len(text) + 5)) == []
    assert list(tokens(Document(""))) == []


def test_the_legend_has_no_word_twice() -> None:
    assert len(set(TYPES)) == len(TYPES)
    assert len(set(MODIFIERS)) == len(MODIFIERS)
