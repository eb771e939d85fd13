"""Every module in text of the suites: read, placed and encoded as wat2wasm does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from lbtool.errors import MalformedError
from lbtool.wasm.instructions import instructions, local_decls
from lbtool.wasm.leb import FormatError, u32
from lbtool.wasm.read import read
from lbtool.wat.assemble import assemble
from lbtool.wat.document import Document
from lbtool.wat.encode import NotEncodedError
from tests.data import ROOT
from tests.wasm.suites import VERSIONS, cases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from lbtool.wat.fields import Field


@dataclass
class Counts:
    modules: int = 0
    functions: int = 0
    instructions: int = 0
    assembled: int = 0
    malformed: int = 0
    without_places: int = 0


# What the suites hold: fewer would mean that something was not looked at.
EXPECTED = {
    "1.0-2018": Counts(1_300, 3_400, 25_000, 1_300, 423),
    "1.0": Counts(1_822, 4_034, 27_456, 1_822, 429),
    "2.0": Counts(3_802, 8_372, 46_848, 3_802, 1_081),
    "3.0": Counts(5_093, 11_393, 61_216, 5_093, 1_216),
}


# Annotations that stand for sections which only wat2wasm makes.
SECTIONS = ("custom", "name", "producers")


def code_section(data: bytes) -> Iterator[tuple[int, int]]:
    """Where each body begins, behind its size, and ends."""
    position = 8
    while position < len(data):
        number = data[position]
        size, position = u32(data, position + 1, len(data))
        end = position + size
        if number == 10:
            count, position = u32(data, position, end)
            for _ in range(count):
                size, position = u32(data, position, end)
                yield position, position + size
                position += size
        position = end


def defined(document: Document) -> list[Field]:
    return [f for f in document.fields() if f.kind == "func" and f.imported is None]


def compare_places(data: bytes, start: int, end: int, field: Field) -> bool:
    """The n-th instruction of the text is the n-th of the binary."""
    try:
        _, code = local_decls(data, start, end)
        found = [each[2].mnemonic for each in instructions(data, code, end)]
    except FormatError:  # types of 3.0 that the binary reader does not represent
        return False
    assert field.code is not None
    assert [each.op.mnemonic for each in field.code] == found
    for each in field.code:
        text = field.text[each.token]
        assert text == each.op.mnemonic or (text, each.op.mnemonic) == (")", "end")
    return True


def compare(text: str, data: bytes, counts: Counts) -> None:
    """One valid text with what wat2wasm made of it."""
    document = Document(text)
    assert document.problems() == []
    fields = defined(document)
    bodies = list(code_section(data))
    assert len(fields) == len(bodies)
    for field, (start, end) in zip(fields, bodies, strict=True):
        assert document.encoder.body(field) == data[start:end]
        counts.functions += 1
        counts.instructions += len(field.code or ())
        counts.without_places += not compare_places(data, start, end, field)
    counts.modules += 1
    if any(
        each in SECTIONS for field in document.fields() for each in field.annotations
    ):
        with pytest.raises(NotEncodedError, match="annotation"):
            assemble(document)
    else:
        assert assemble(document) == data
        counts.assembled += 1


@pytest.mark.parametrize("version", VERSIONS)
def test_suite(
    spec_testsuite: Path, version: str, record_property: Callable[[str, object], None]
) -> None:
    counts = Counts()
    for case in cases(spec_testsuite, version):
        if case.source.format == "binary":
            continue
        try:
            text = case.source.source.decode()
        except UnicodeDecodeError:
            continue
        try:
            data = read(case.source.source)
        except MalformedError:
            # Malformed text is not assembled here either: somebody else says why.
            assert Document(text).problems(), case.label
            counts.malformed += 1
            continue
        # wat2wasm accepts a few modules which the suite calls malformed.
        if case.kind == "assert_malformed" and Document(text).problems():
            continue
        compare(text, data, counts)
    expected = EXPECTED[version]
    assert counts.modules >= expected.modules
    assert counts.functions >= expected.functions
    assert counts.instructions >= expected.instructions
    assert counts.assembled >= expected.assembled
    assert counts.malformed >= expected.malformed
    record_property(
        "summary",
        f"text reader, {version}: {counts.modules} modules without a false error, "
        f"{counts.functions} functions ({counts.instructions} instructions) and "
        f"{counts.assembled} whole modules as wat2wasm encodes them, "
        f"{counts.without_places} functions of types we cannot decode; "
        f"{counts.malformed} malformed modules noticed",
    )


@pytest.mark.parametrize("name", ["fib.wat", "hello.wat", "dot.wat"])
def test_examples(name: str) -> None:
    text = (ROOT / "examples" / name).read_text()
    compare(text, read(text.encode()), Counts())


@pytest.mark.parametrize(
    "text",
    [
        "(func)",
        "(module)",
        "(module $m)",
        "(module (func (if (i32.const 1) (then) (else nop))))",
        '(module (@other "x" (y) ";)" ) (func (; (; ;) ;) nop) ;; nop\n)',
        '(module (func (import "a" "b")) (func nop))',
        '(module (import "a" "b" (func $f (param $p i32))) (func nop))',
        "(module (func (param f32) f32.const nan:0x1 drop f32.const inf drop))",
        "(module (func (block (result i32) i32.const 1) if $l nop else nop end $l))",
        "(module (table 1 funcref) (func (drop (ref.null func)) ref.null extern drop))",
        "(module (func (drop (v128.const i8x16 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5))))",
        "(module (func (drop (f32.const 16777217.0000000000000000000000000000001))))",
        "(module (func (drop (f64.const 0x1.fffffffffffff7ffffffffffp-1022))))",
        "(module (func (drop (i32.const -0x8000_0000)) (drop (i64.const 1_000))))",
        """(module (type $t (func (param i32)))
            (func (type $t) (local $x i64) (local.set $x (i64.const 1))))""",
        """(module (memory $a 1) (memory $b 1)
            (func (drop (i32.load $a (i32.const 1)))
            (drop (i32.load $b offset=3 align=1 (i32.const 1)))))""",
        "(module (tag $e) (func try nop catch $e nop catch_all rethrow 0 end))",
        "(module (tag $e) (func (block $h (try_table (catch $e $h) (catch_all $h)))))",
        "(module (func try $l nop delegate 0))",
        '(module (func $"a b" (call $"a\\20b")))',
        "(module (func $a) (func $b (call $a)) (start $b) (elem declare func $a))",
        """(module (rec (type $s (struct (field $x (mut i8)) (field f64)))
            (type (array (ref null $s))))
            (func (param (ref $s)) (drop (struct.get_u $s $x (local.get 0)))))""",
        "(module (table $t i64 funcref (elem (ref.null func) (item ref.null func))))",
        """(module (memory i64 (data "a" "\\u{1f600}")))""",
        "(module (func (param $a i32) (param i32) (local i32 i32) (local $b f32)))",
        """(module (func (drop
            (select (result i32) (i32.const 1) (i32.const 2) (i32.const 3)))))""",
        '(module (@custom "x" "y") (func))',
    ],
)
def test_forms_of_text(text: str) -> None:
    compare(text, read(text.encode()), Counts())
