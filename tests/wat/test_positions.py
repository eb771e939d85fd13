"""The n-th instruction of the text is the n-th of the binary module."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import wasmtime

from lbtool.errors import Diagnostic, ModuleError
from lbtool.wasm import decode
from lbtool.wasm.instructions import instructions, local_decls
from lbtool.wat.forms import read_forms
from lbtool.wat.locate import locate
from lbtool.wat.positions import TextMap
from tests.data import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def compare(text: str) -> int:
    """Number of instructions that were compared; 0 when the text does not assemble."""
    try:
        data = bytes(wasmtime.wat2wasm(text))
        module = decode(data)
    except (wasmtime.WasmtimeError, ModuleError):
        return 0
    where = TextMap(text)
    assert len(where.functions) == len(module.func_types)
    count = 0
    for k, (start, end) in enumerate(module.bodies):
        _, code = local_decls(data, start, end)
        expected = [each[2].mnemonic for each in instructions(data, code, end)]
        found = where.functions[module.n_imported_funcs + k]
        assert [each.mnemonic for each in found] == expected
        for each in found:
            keyword = "" if each.mnemonic == "end" else each.mnemonic
            assert text.startswith(keyword, each.start)
            if not keyword:
                assert text.startswith(("end", ")"), each.start)
        count += len(expected)
    return count


# Modules in text and instructions that the suites hold; fewer would mean that something
# was not understood.
@pytest.mark.parametrize(
    ("suite", "n_modules", "n_instructions"),
    [("1.0", 613, 21_736), ("2.0", 1_365, 36_733), ("3.0", 1_678, 44_205)],
)
def test_every_module_of_the_suites(
    spec_testsuite: Path, suite: str, n_modules: int, n_instructions: int
) -> None:
    manifest = json.loads((spec_testsuite / "manifest.json").read_text())
    count = modules = 0
    for entry in manifest[suite].values():
        text = (spec_testsuite / entry["file"]).read_bytes().decode(errors="replace")
        for form in read_forms(text):
            module = text[form.start : form.end + 1]
            words = module[:60].split()
            if form.head != "module" or "binary" in words or "quote" in words:
                continue
            compared = compare(module.replace("(module definition", "(module", 1))
            modules += compared > 0
            count += compared
    assert modules >= n_modules
    assert count >= n_instructions


@pytest.mark.parametrize("name", ["fib.wat", "hello.wat", "dot.wat"])
def test_examples(name: str) -> None:
    assert compare((ROOT / "examples" / name).read_text()) > 20


@pytest.mark.parametrize(
    "text",
    [
        "(func)",
        "(module (func (if (i32.const 1) (then) (else nop))))",
        '(module (@other "x" (y) ";)" ) (func (; (; ;) ;) nop) ;; nop\n)',
        '(module (func (import "a" "b")) (func nop))',
        '(module (import "a" "b" (func $f (param i32))) (func nop))',
        "(module (func (param f32) f32.const nan:0x1 drop f32.const inf drop))",
        "(module (func (block (result i32) i32.const 1) if $l nop else nop end $l))",
        "(module (table 1 funcref) (func (drop (ref.null func)) ref.null extern drop))",
        "(module (func (drop (v128.const i8x16 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5))))",
    ],
)
def test_forms_of_text(text: str) -> None:
    assert compare(text) > 0


def test_deep_nesting_is_no_recursion() -> None:
    text = "(module (func " + "(drop (i32.eqz " * 1 + "(i32.eqz " * 3000
    text += "(i32.const 1)" + ")" * 3000 + "))))"
    assert len(TextMap(text).functions[0]) == 3004


@pytest.mark.parametrize(
    "text", ["", ")", "((((", '(func "', "(;", "(func (", ";;", "(@"]
)
def test_broken_text_gives_what_there_is(text: str) -> None:
    assert len(TextMap(text).functions) <= 1


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
