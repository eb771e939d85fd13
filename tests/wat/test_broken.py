"""Text with mistakes: what is still found, what is said about them, nothing raises."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pytest

from lbtool.errors import CODES, MalformedError, code_for
from lbtool.wasm import read
from lbtool.wat.document import Document
from lbtool.wat.fields import field_of
from lbtool.wat.positions import token_at
from lbtool.wat.symbols import references, symbol_at
from tests.data import ROOT
from tests.wat import generate

if TYPE_CHECKING:
    from lbtool.wat.fields import Field


class Broken(NamedTuple):
    """A text, its functions, and its problems: code and the text they are at."""

    name: str
    text: str
    functions: str
    problems: tuple[tuple[str, str], ...]


CASES = (
    Broken(
        "a missing parenthesis",
        "(module\n  (func $a (i32.add (i32.const 1) (i32.const 2)\n  (func $b))\n",
        "$a $b",
        (("E0137", "("),),
    ),
    Broken(
        "missing parentheses in text without indentation",
        "(module\n(func $a (drop (i32.const 1\n(func $b nop))",
        "$a $b",
        (("E0137", "("),),
    ),
    Broken(
        "the last parenthesis",
        "(module\n  (func $a)\n  (func $b)\n",
        "$a $b",
        (("E0137", "("),),
    ),
    Broken(
        "one parenthesis too many",
        "(module\n  (func $a))\n  (func $b)\n)\n",
        "$a $b",
        (("E0138", ")"), ("E0138", ")")),
    ),
    Broken(
        "fields behind the module",
        "(module (func $a)) (func $b) (func $c)",
        "$a $b $c",
        (("E0138", ")"),),
    ),
    Broken(
        "fields before the module",
        "(func $b) (module (func $a))",
        "$b $a",
        (("E0143", "("),),
    ),
    Broken(
        "an unclosed string",
        '(module\n  (func $a (export "a) nop)\n  (func $b)\n)',
        "$a $b",
        (("E0137", "("), ("E0140", '"a) nop)')),
    ),
    Broken(
        "an unclosed comment",
        "(module\n  (func $a)\n  (; oops\n  (func $b)\n)",
        "$a $b",
        (("E0141", "(;"), ("E0143", "oops")),
    ),
    Broken(
        "unknown operators",
        "(module (func $a (result i32) (i32.cons 1)) (func $b i32.ad nop))",
        "$a $b",
        (("E0142", "i32.cons"), ("E0142", "i32.ad")),
    ),
    Broken(
        "missing immediates",
        "(module (func $a local.get) (func $b (i32.const)) (func $c br i32.add))",
        "$a $b $c",
        (("E0143", "local.get"), ("E0143", "i32.const"), ("E0143", "br")),
    ),
    Broken(
        "unknown names",
        "(module (func $a (call $no) (local.get $x) (br $l)) (func $b global.get $g))",
        "$a $b",
        (("E0202", "$no"), ("E0206", "$x"), ("E0207", "$l"), ("E0205", "$g")),
    ),
    Broken(
        "blocks that do not match",
        "(module (func $a block $l nop) (func $b loop end end))",
        "$a $b",
        (("E0137", "block"), ("E0143", "end")),
    ),
    Broken(
        "half-typed fields",
        "(module\n  (func $a nop)\n  (func\n  (func $b nop)\n  (exp\n  (func $c))\n",
        "$a - $b $c",
        (("E0137", "("), ("E0137", "("), ("E0143", "exp")),
    ),
    Broken(
        "half-typed types and imports",
        '(module\n  (type $t (func (param\n  (type $u (func))\n  (import "a" "b" (\n'
        '  (export "x" (func $a))\n  (func $a (type $u)))',
        "$a",
        (("E0137", "("), ("E0137", "("), ("E0143", "(")),
    ),
    Broken(
        "a header in the wrong order",
        "(module (func $a (result i32) (param i32) i32.const 1) (func $b nop))",
        "$a $b",
        (("E0143", "param"),),
    ),
    Broken(
        "literals",
        "(module (func $a (drop (i32.const 99999999999)) (drop (f32.const 1.x))"
        " (drop (f64.const nan:0x0)) (drop (i32.load align=3 (i32.const 0)))))",
        "$a",
        (
            ("E0144", "99999999999"),
            ("E0143", "1.x"),
            ("E0144", "nan:0x0"),
            ("E0145", "align=3"),
        ),
    ),
    Broken(
        "tokens between fields",
        '(module\n  foo (func $a) 12 "x"\n  (func $b))\n)',
        "$a $b",
        (("E0143", "foo"), ("E0143", "12"), ("E0143", '"x"'), ("E0138", ")")),
    ),
    Broken(
        "arms of an if",
        "(module (func $a (if (i32.const 1) (nop)))"
        " (func $b (if (i32.const 1) (then) (else) (else))))",
        "$a $b",
        (("E0143", "if"), ("E0143", "else")),
    ),
    Broken(
        "illegal characters",
        '(module (import "\\q" "" (func $a)) (func $ä) (func $b \x00))',
        "$a $ä $b",
        (("E0139", "\\q"), ("E0139", "ä"), ("E0139", "\x00")),
    ),
    Broken(
        "duplicates",
        "(module (func $a (param $x i32) (local $x i32)) (func $a)"
        ' (import "a" "b" (func)) (start 0) (start 1))',
        "$a $a -",
        (
            ("E0147", "$x"),
            ("E0147", "$a"),
            ("E0148", "func"),
            ("E0130", "start"),
        ),
    ),
    Broken(
        "two modules",
        "(module (func $a))\n(module (func $b))",
        "$a $b",
        (("E0143", "("),),
    ),
    Broken(
        "labels that do not match",
        "(module (func $a block $l end $m) (func $b (if (i32.const 0) (then))"
        " i32.const 0 if $x else $y end))",
        "$a $b",
        (("E0146", "$m"), ("E0146", "$y")),
    ),
    Broken(
        "types that differ",
        "(module (type $t (func (param i32))) (func $a (type $t) (param i64))"
        " (func $b (block (type $t) (result i32) unreachable) drop))",
        "$a $b",
        (("E0149", "$t"), ("E0149", "$t")),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_broken_text(case: Broken) -> None:
    document = Document(case.text)
    owners = document.tables.owners["func"]
    found = " ".join(each.definition.name or "-" for each in owners)
    assert found == case.functions
    problems = document.problems()
    places = [(each.code, case.text[each.start : each.end]) for each in problems]
    assert tuple(places) == case.problems
    for each in problems:
        assert code_for(each.message) == each.code
        assert each.code in CODES


def everything(text: str) -> None:
    """Ask a document for all that it can say."""
    document = Document(text)
    for each in document.problems():
        assert 0 <= each.start <= each.end <= len(text)
    for field in document.fields():
        check_order(field)
    for offset in range(0, len(text), max(1, len(text) // 20)):
        token_at(document, offset)
        symbol = symbol_at(document, offset)
        if symbol is not None:
            assert list(references(document, symbol))


def check_order(field: Field) -> None:
    """Blocks nest; tokens of instructions are tokens."""
    for each in field.code or ():
        assert 0 <= each.token < len(field.text)
        assert each.stop <= len(field.text)
    for block in field.blocks or ():
        assert block.opener < block.end <= len(field.code or ())


def test_text_cut_off_anywhere() -> None:
    text = (ROOT / "examples" / "dot.wat").read_text() + generate.SEED
    for size in range(0, len(text), 3):
        everything(text[:size])


def test_tokens_removed_and_doubled() -> None:
    random = Random(4)
    field = field_of(Document(generate.SEED).chunks[4])
    assert "block" in field.text
    words = generate.SEED.replace("(", " ( ").replace(")", " ) ").split(" ")
    for _ in range(300):
        changed = list(words)
        for _ in range(random.randrange(1, 6)):
            place = random.randrange(len(changed))
            kind = random.randrange(3)
            if kind == 0:
                del changed[place]
            elif kind == 1:
                changed.insert(place, random.choice(words))
            else:
                changed[place] = random.choice(generate.PIECES)
        everything(" ".join(changed))


def test_any_characters() -> None:
    random = Random(5)
    alphabet = '()";\\$@ \n\r\t{}[],.=x0ai32.constfunc\x00\x7fé\U0001f600\ud800'
    for _ in range(500):
        size = random.randrange(60)
        everything("".join(random.choice(alphabet) for _ in range(size)))


def test_healthy_functions_keep_their_code() -> None:
    text = (
        "(module\n  (func $a (result i32) (i32.cons 1))\n"
        "  (func $b (result i32) (i32.const 2))\n"
        "  (func $c (param $p i32) (call $nowhere)\n"
        "  (func $d (call $c (i32.const 1)))) )"
    )
    document = Document(text)
    bodies = {
        document.field(position).defines[0].name: document.encoder.body(field_of(chunk))
        for position, chunk in enumerate(document.chunks)
        if chunk.kind == "field" and not document.chunk_problems(position)
    }
    assert bodies == {
        "$b": b"\x00\x41\x02\x0b",
        "$d": b"\x00\x41\x01\x10\x02\x0b",
    }


@pytest.mark.parametrize("text", ["", "  \n", ";; only this", "(; and ;) ;; this"])
def test_nothing_is_no_module(text: str) -> None:
    """As wat2wasm, wasm-tools and `lbtool check` say."""
    assert [each.code for each in Document(text).problems()] == ["E0132"]
    with pytest.raises(MalformedError) as caught:
        read(text.encode())
    (found,) = caught.value.diagnostics
    assert found.code == "E0132"
    assert Document(text).problems()[0].message == found.message


@pytest.mark.parametrize("text", ["(module)", "(func)", "(module $m ;; x\n)"])
def test_less_is_a_module(text: str) -> None:
    assert Document(text).problems() == []
    assert read(text.encode())
