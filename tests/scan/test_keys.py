"""Which edits of a module change which canonical functions, on real modules.

A renumbering keeps every function's canonical bytes; a changed fact changes those of
exactly the functions that refer to it. Two hundred (module, edit) pairs and more.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from lbtool.compiler.check import validate
from lbtool.compiler.codes import UNSUPPORTED
from lbtool.wasm import Profile, decode
from tests.data import CORPUS, SPEC_TESTSUITE, require
from tests.reference import binary
from tests.scan import edits
from tests.scan.scanning import Scanned, corpus_modules, scan_all, scan_one, scan_wat
from tests.wasm.suites import cases

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.reference.binary import RawModule

# Suite files whose modules have many functions, calls, tables, globals and segments.
FILES = (
    "bulk.wast", "call.wast", "call_indirect.wast", "global.wast", "ref_func.wast",
    "table_copy.wast", "table_fill.wast", "table_grow.wast", "table_init.wast",
    "memory_init.wast", "elem.wast", "block.wast", "if.wast", "select.wast",
)  # fmt: skip
PER_FILE = 2


@cache
def modules() -> dict[str, RawModule]:
    """Corpus modules without SIMD, and the first modules with bodies of some files."""
    found = {}
    for name, data in corpus_modules(require(CORPUS, len(edits.RENUMBER))):
        if not name.startswith("simd"):
            found[name] = binary.decode(data)
    taken: dict[str, int] = {}
    for case in cases(require(SPEC_TESTSUITE, len(edits.RENUMBER)), "2.0"):
        if case.kind != "module" or case.file not in FILES:
            continue
        binary_form = case.binary()
        if binary_form is None or taken.get(case.file, 0) >= PER_FILE:
            continue
        raw = binary.decode(binary_form)
        if len(raw.bodies) >= 2:
            taken[case.file] = taken.get(case.file, 0) + 1
            found[f"{case.file}:{case.line}"] = raw
    return found


def scanned(data: bytes) -> list[Scanned]:
    module = decode(data)
    assert validate(module, Profile()) == []
    return list(scan_all(module))


@cache
def before(name: str) -> list[Scanned]:
    return scanned(binary.encode(modules()[name]))


@pytest.mark.parametrize("edit", edits.RENUMBER, ids=lambda e: e.__name__)
def test_renumbering_keeps_every_key(edit: Callable[[RawModule], None]) -> None:
    pairs = 0
    for name, raw in modules().items():
        changed, _ = edits.edited(raw, edit)
        old, new = before(name), scanned(binary.encode(changed))
        if edit is edits.func_front:
            new = new[1:]
        if edit is edits.func_back:
            new = new[:-1]
        if edit is edits.funcs_swapped:
            new[0], new[-1] = new[-1], new[0]
        assert [f.key for f in old] == [f.key for f in new], name
        assert [f.summary for f in old] == [f.summary for f in new], name
        pairs += 1
    assert pairs * len(edits.RENUMBER) >= 200


def uses(raw: RawModule, k: int, place: tuple[str, int]) -> bool:
    """Does the k-th defined function refer to this item?"""
    if place[0] == "own":
        return len(raw.imported("func")) + k == place[1]
    return any(place in edits.indices(instr) for instr in raw.bodies[k].code)


@pytest.mark.parametrize("edit", edits.FACTS, ids=lambda e: e.__name__)
def test_a_fact_changes_the_keys_of_its_users(
    edit: Callable[[RawModule], tuple[str, int] | None],
) -> None:
    touched = left = 0
    for name, raw in modules().items():
        changed, place = edits.edited(raw, edit)
        if place is None:
            continue
        old, new = before(name), scanned(binary.encode(changed))
        skip = len(old) - len(new)
        for k, (a, b) in enumerate(zip(old[skip:], new, strict=True), start=skip):
            used = uses(raw, k, place)
            assert (a.key != b.key) == used, (name, a.funcidx, place)
            touched += used
            left += not used
    # Few modules have a global that is read and never written.
    assert touched >= (1 if edit is edits.global_mutability else 10)
    assert left >= 10


def test_widths_of_indices_do_not_matter() -> None:
    for name, raw in modules().items():
        old, new = before(name), scanned(edits.encode_wide(raw))
        assert [f.key for f in old] == [f.key for f in new], name
        assert [f.summary for f in old] == [f.summary for f in new], name
        assert [f.slot_index for f in old] == [f.slot_index for f in new], name


# The same body bytes under another environment.
FACT_PAIRS = {
    "callee result": (
        "(func (drop (call $f))) (func $f (result i32) unreachable)",
        "(func (drop (call $f))) (func $f (result i64) unreachable)",
    ),
    "callee parameters": (
        "(func unreachable (call $f)) (func $f (param i32))",
        "(func unreachable (call $f)) (func $f (param i64 i32))",
    ),
    "type of call_indirect": (
        (
            "(type $t (func (result i32))) (table 1 funcref)"
            "(func (drop (call_indirect (type $t) (i32.const 0))))"
        ),
        (
            "(type $t (func (result f32))) (table 1 funcref)"
            "(func (drop (call_indirect (type $t) (i32.const 0))))"
        ),
    ),
    "block type": (
        (
            "(type $t (func (result i32 i32)))"
            "(func (block (type $t) unreachable) drop drop)"
        ),
        (
            "(type $t (func (result i32 f64)))"
            "(func (block (type $t) unreachable) drop drop)"
        ),
    ),
    "global type": (
        "(global $g i32 (i32.const 0)) (func (drop (global.get $g)))",
        "(global $g f64 (f64.const 0)) (func (drop (global.get $g)))",
    ),
    "global mutability": (
        "(global $g i32 (i32.const 0)) (func (drop (global.get $g)))",
        "(global $g (mut i32) (i32.const 0)) (func (drop (global.get $g)))",
    ),
    "table element type": (
        "(table 1 funcref) (func (drop (table.get 0 (i32.const 0))))",
        "(table 1 externref) (func (drop (table.get 0 (i32.const 0))))",
    ),
    "imported memory": (
        "(memory 1) (func (drop (i32.load (i32.const 0))))",
        '(import "m" "m" (memory 1)) (func (drop (i32.load (i32.const 0))))',
    ),
    "imported function in ref.func": (
        "(func (drop (ref.func $f))) (func $f) (elem declare func $f)",
        '(import "m" "f" (func $f)) (func (drop (ref.func $f)))(elem declare func $f)',
    ),
    "own signature": ("(func (param i32))", "(func (param i64))"),
    "own result": (
        "(func (result i32) unreachable)",
        "(func (result i64) unreachable)",
    ),
    "declared locals": ("(func (local i32 i64))", "(func (local i64 i32))"),
    "parameter or local": ("(func (param i32))", "(func (local i32))"),
    "one callee or two": (
        "(func (call $f) (call $f)) (func $f) (func $g)",
        "(func (call $f) (call $g)) (func $f) (func $g)",
    ),
}


@pytest.mark.parametrize("pair", FACT_PAIRS.values(), ids=FACT_PAIRS.keys())
def test_a_changed_fact_changes_the_key(pair: tuple[str, str]) -> None:
    one, other = (scan_wat(f"(module {fields})")[0].key for fields in pair)
    assert one
    assert other
    assert one != other


SAME_KEYS = {
    "another callee of the same kind": (
        "(func (call $f)) (func $f) (func $g)",
        "(func (call $g)) (func $f) (func $g)",
    ),
    "table limits": (
        "(table 1 funcref) (func (drop (table.size 0)))",
        "(table 7 9 funcref) (func (drop (table.size 0)))",
    ),
    "initial value of a global": (
        "(global $g i32 (i32.const 0)) (func (drop (global.get $g)))",
        "(global $g i32 (i32.const 5)) (func (drop (global.get $g)))",
    ),
    "grouping of local declarations": (
        "(func (local i32) (local i32) (local i64))",
        "(func (local i32 i32 i64))",
    ),
}


@pytest.mark.parametrize("pair", SAME_KEYS.values(), ids=SAME_KEYS.keys())
def test_what_is_no_fact_of_the_key(pair: tuple[str, str]) -> None:
    one, other = (scan_wat(f"(module {fields})")[0].key for fields in pair)
    assert one == other != b""


def test_equal_types_are_one_slot() -> None:
    found = scan_one(
        "(module (type $a (func (param i32))) (type $b (func (param i32)))"
        "(table 1 funcref)"
        "(func (call_indirect (type $a) (i32.const 1) (i32.const 0))"
        "      (call_indirect (type $b) (i32.const 1) (i32.const 0))))"
    )
    assert found.slot_index == (0, 0)


def test_simd_has_a_key_too() -> None:
    found = scan_one("(module (func (param v128) (drop (i32x4.neg (local.get 0)))))")
    assert found.status == UNSUPPORTED
    assert found.key
