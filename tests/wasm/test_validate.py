"""Module-level validation: phrases, several errors at once, versions."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from lbtool.errors import MalformedError, UnsupportedError, ValidationError
from lbtool.wasm import (
    Profile,
    declared_funcs,
    decode,
    read,
    require_valid,
    validate_module,
)
from tests.wasm.binary import module, section, vec
from tests.wasm.suites import VERSIONS, cases, report

if TYPE_CHECKING:
    from pathlib import Path

    from lbtool.errors import Diagnostic


def problems(source: bytes, version: str = "2.0") -> list[Diagnostic]:
    return validate_module(decode(read(source)), Profile(version))


INVALID = [
    ('(import "" "" (func (type 3)))', "unknown type 3"),
    ("(func (type 0))", "unknown type 0"),
    ("(memory 2 1)", "size minimum must not be greater than maximum"),
    ("(table 2 1 funcref)", "size minimum must not be greater than maximum"),
    ("(memory 65537)", "memory size must be at most 65536 pages (4GiB)"),
    ("(memory 0 65537)", "memory size must be at most 65536 pages (4GiB)"),
    ("(memory 1) (memory 1)", "multiple memories"),
    ('(import "" "" (memory 1)) (memory 1)', "multiple memories"),
    ("(global i32 (i64.const 0))", "type mismatch"),
    ("(global i32)", "type mismatch"),
    ("(global i32 (i32.const 0) (i32.const 0))", "type mismatch"),
    ("(global i32 (i32.ctz (i32.const 0)))", "constant expression required"),
    ("(global i32 (nop))", "constant expression required"),
    ("(global i32 (i32.const 0)) (global i32 (global.get 0))", "unknown global 0"),
    (
        '(import "" "" (global (mut i32))) (global i32 (global.get 0))',
        "constant expression required",
    ),
    ("(global funcref (ref.func 3))", "unknown function 3"),
    ("(global funcref (ref.null extern))", "type mismatch"),
    ('(export "a" (func 0))', "unknown function 0"),
    ('(export "a" (table 0))', "unknown table 0"),
    ('(export "a" (memory 0))', "unknown memory 0"),
    ('(export "a" (global 0))', "unknown global 0"),
    ('(func) (export "a" (func 0)) (export "a" (func 0))', "duplicate export name"),
    ("(start 0)", "unknown function 0"),
    ("(func (param i32)) (start 0)", "start function"),
    ("(func (result i32) (i32.const 0)) (start 0)", "start function"),
    ("(elem (i32.const 0) func)", "unknown table 0"),
    ("(table 1 funcref) (elem (i64.const 0) func)", "type mismatch"),
    ("(table 1 funcref) (elem (i32.const 0) func 0)", "unknown function 0"),
    ("(table 1 funcref) (elem (i32.const 0) externref)", "type mismatch"),
    ("(elem funcref (ref.null extern))", "type mismatch"),
    ("(data (i32.const 0))", "unknown memory 0"),
    ("(memory 1) (data (i64.const 0))", "type mismatch"),
    ("(memory 1) (data (nop))", "constant expression required"),
]


@pytest.mark.parametrize(("fields", "message"), INVALID)
def test_invalid(fields: str, message: str) -> None:
    (problem,) = problems(f"(module {fields})".encode())
    assert problem.message.startswith(message)
    assert problem.code.startswith("E02")
    assert problem.offset is not None
    assert problem.section is not None


def values(n: int) -> str:
    return " i32" * n


def test_implementation_limits() -> None:
    assert not problems(
        f"(type (func (param{values(1000)})))".encode().join((b"(module ", b")"))
    )
    for kind, what in (("param", "parameters"), ("result", "results")):
        text = f"(module (type (func ({kind}{values(1001)}))))"
        (found,) = problems(text.encode())
        assert found.message == f"implementation limit: 1000 {what} of a type, not 1001"
        assert found.code == "E0301"
    body = b"\x00" + b"\x01" * 7_654_320 + b"\x0b"
    leb = b"\xb2\x97\xd3\x03"
    assert len(body) == 7_654_322
    code = section(10, b"\x01" + leb + body)
    data = module(section(1, b"\x01\x60\x00\x00"), section(3, b"\x01\x00"), code)
    (found,) = problems(data)
    assert found.message == "implementation limit: 7654321 bytes of a function body"
    assert found.funcidx == 0


def test_several_problems_each_with_its_place() -> None:
    source = b"""(module
      (func (type 9)) (func (type 8))
      (memory 2 1)
      (global i32 (i64.const 0)) (global i32 (f32.const 0))
      (export "a" (func 7)) (export "a" (memory 0))
      (start 5))"""
    data = read(source)
    found = validate_module(decode(data, path="m.wasm"), Profile())
    assert [(d.message.split(":")[0], d.section) for d in found] == [
        ("unknown type 9", "function"),
        ("unknown type 8", "function"),
        ("size minimum must not be greater than maximum", "memory"),
        ("type mismatch", "global"),
        ("type mismatch", "global"),
        ("unknown function 7", "export"),
        ('duplicate export name "a"', "export"),
        ("unknown function 5", "start"),
    ]
    assert [d.funcidx for d in found[:2]] == [0, 1]
    assert [data[d.offset] for d in found[:2] if d.offset] == [9, 8]
    assert [data[d.offset] for d in found[3:5] if d.offset] == [0x42, 0x43]
    assert str(found[0]).startswith("m.wasm:0x")


def test_what_versions_allow() -> None:
    two_tables = b"(module (table 1 funcref) (table 1 funcref))"
    assert problems(two_tables) == []
    assert [d.message for d in problems(two_tables, "1.0")] == ["multiple tables"]
    results = b"(module (type (func (result i32 i32))))"
    assert problems(results) == []
    assert [d.message for d in problems(results, "1.0")] == ["invalid result arity"]
    memories = b"(module (memory 1) (memory 1))"
    assert [d.message for d in problems(memories)] == ["multiple memories"]
    assert problems(memories, "3.0") == []
    extended = b"(module (global i32 (i32.add (i32.const 1) (i32.const 2))))"
    assert problems(extended, "3.0") == []
    assert [d.code for d in problems(extended)] == ["E0214"]
    later = b"(module (global i32 (i32.const 1)) (global i32 (global.get 0)))"
    assert problems(later, "3.0") == []
    # Exporting and importing mutable globals is part of 1.0.
    mutable = b"""(module (import "" "g" (global (mut i32)))
      (export "g" (global 0)) (export "h" (global 0)))"""
    assert problems(mutable, "1.0") == []


@pytest.mark.parametrize(
    ("fields", "proposal"),
    [
        ("(global v128 (v128.const i64x2 0 0))", "simd"),
        ("(global funcref (ref.null func))", "reference-types"),
        ("(table 1 externref)", "reference-types"),
        ("(type (func (param externref)))", "reference-types"),
        ('(data "passive")', "bulk-memory"),
        ("(elem func)", "bulk-memory"),
        ("(elem declare func)", "bulk-memory"),
    ],
)
def test_features_beyond_10_are_named(fields: str, proposal: str) -> None:
    source = f"(module {fields})".encode()
    found = problems(source, "1.0")
    assert {d.proposal for d in found} == {proposal}
    assert {d.code for d in found} == {"E0300"}
    assert problems(source) == []
    with pytest.raises(UnsupportedError) as caught:
        require_valid(decode(read(source)), Profile("1.0"))
    assert caught.value.proposal == proposal


def test_a_data_count_section_is_beyond_10() -> None:
    m = decode(module(section(12, b"\0")))
    assert [d.proposal for d in validate_module(m, Profile("1.0"))] == ["bulk-memory"]
    assert validate_module(m, Profile()) == []


def test_table_elements_of_10_in_todays_encodings() -> None:
    # The assembler writes table 0 and expressions explicitly: it means a 1.0 segment.
    source = b"(module (func) (table funcref (elem 0)))"
    assert problems(source, "1.0") == []


def test_require_valid_prefers_real_faults() -> None:
    both = decode(read(b'(module (data "p") (start 0))'))
    with pytest.raises(ValidationError) as caught:
        require_valid(both, Profile("1.0"))
    assert len(caught.value.diagnostics) == 2
    require_valid(decode(read(b"(module)")), Profile("1.0"))


def test_declared_functions() -> None:
    source = b"""(module
      (func (export "a")) (func) (func) (func) (func) (func) (func)
      (table 9 funcref) (start 6)
      (elem (i32.const 0) func 1) (elem func 2) (elem declare func 3)
      (global funcref (ref.func 4)))"""
    m = decode(read(source))
    # neither 5 nor the start function
    assert list(declared_funcs(m)) == [1, 1, 1, 1, 1, 0, 0]


def test_unknown_kinds_of_init_do_not_crash() -> None:
    # A block inside an initialiser decodes; it is not constant.
    init = b"\x02\x40\x0b\x41\x00\x0b"
    m = decode(module(section(6, vec(b"\x7f\0" + init))))
    (problem,) = validate_module(m, Profile())
    assert problem.message.startswith("constant expression required")


@pytest.mark.parametrize("version", VERSIONS)
def test_invalid_modules_of_the_suites(spec_testsuite: Path, version: str) -> None:
    counts: Counter[str] = Counter()
    for case in cases(spec_testsuite, version):
        if case.kind != "assert_invalid":
            continue
        data = case.binary()
        assert data is not None, case.label
        try:
            m = decode(data)
        except UnsupportedError as error:
            assert version == "3.0", case.label
            counts[f"unsupported: {error.proposal}"] += 1
            continue
        except MalformedError:
            # 3.0 reads sizes as 64 bits and calls them invalid, not malformed.
            assert case.message in ("memory size", "table size"), case.label
            counts["refused by the decoder"] += 1
            continue
        found = validate_module(m, Profile(case.profile))
        if not found:
            counts["left to the validation of bodies"] += 1
            continue
        words = [d.message for d in found]
        assert any(w.startswith(case.message) for w in words), (case.label, words)
        counts["invalid, same words"] += 1
    report(f"{version}: {dict(counts)}")
    expected = {"1.0-2018": 79, "1.0": 79, "2.0": 128, "3.0": 136}[version]
    assert counts["invalid, same words"] == expected
