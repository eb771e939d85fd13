"""The printer: what it prints assembles to the same module again.

Comparison. Custom sections are stripped from both sides: the assembler writes a name
section of its own, others are not printed. What is left is either equal byte for byte,
or the two modules decode to the same records, bodies to the same locals and
instructions, and the bytes differ for one of the reasons of `reasons`, which are
counted and shown: nothing else is let through.
"""

from __future__ import annotations

import struct
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lbtool.errors import MalformedError, UnsupportedError
from lbtool.wasm import (
    decode,
    function_text,
    instruction_text,
    instructions,
    literals,
    local_decls,
    print_module,
    read,
)
from lbtool.wasm.opcodes import BY_MNEMONIC
from lbtool.wasm.printer import module_lines
from tests.wasm.binary import custom, functions, leb, name_map
from tests.wasm.suites import VERSIONS, cases, report

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from lbtool.wasm import ConstExpr, Module


def body(m: Module, start: int, end: int) -> tuple[list[int], list[Any], list[int]]:
    """Types of the locals, the instructions, and the bytes each one takes."""
    decls, code = local_decls(m.data, start, end)
    found = list(instructions(m.data, code, end))
    starts = [offset for _, offset, _, _ in found] + [end]
    lengths = [b - a for a, b in pairwise(starts)]
    expanded = [valtype for n, valtype in decls for _ in range(n)]
    return expanded, [(op.code, imm) for _, _, op, imm in found], lengths


def meaning(m: Module) -> dict[str, Any]:
    """What a module says, without how it is encoded."""

    def ops(expr: ConstExpr | None) -> tuple[tuple[int, object], ...]:
        return expr.ops if expr else ()

    return {
        "types": m.types,
        "imports": m.imports,
        "functions": m.func_types,
        "tables": m.tables,
        "memories": m.memories,
        "globals": (m.globals, [i.ops for i in m.global_inits]),
        "tags": m.tags,
        "exports": m.exports,
        "start": m.start,
        "elems": [
            (e.mode, e.type, e.tableidx, ops(e.offset), [i.ops for i in e.items])
            for e in m.elems
        ],
        "datas": [
            (d.mode, d.memidx, ops(d.offset), m.data[d.start : d.end]) for d in m.datas
        ],
        "bodies": [body(m, *span)[:2] for span in m.bodies],
    }


def contents(m: Module) -> dict[int, bytes]:
    return {s.id: m.data[s.start : s.end] for s in m.sections}


def reasons(old: Module, new: Module) -> set[str]:
    """Why two modules of the same meaning differ in bytes."""
    found: set[str] = set()
    before, after = contents(old), contents(new)
    for kind in before.keys() | after.keys():
        if before.get(kind) == after.get(kind):
            continue
        if kind not in after:
            unneeded = kind == 12 or before[kind].strip(b"\x80") == b"\0"
            assert unneeded, f"section {kind} is lost"
            found.add("data count not needed" if kind == 12 else "empty section")
        elif kind == 9 and [e.flags for e in old.elems] != [e.flags for e in new.elems]:
            found.add("another form of element segment")
        elif kind == 11 and [d.flags for d in old.datas] != [
            d.flags for d in new.datas
        ]:
            found.add("memory 0 written explicitly")
        elif kind == 10 and local_groups(old) != local_groups(new):
            found.add("locals grouped otherwise")
            widths = [body(m, *span)[2] for m in (old, new) for span in m.bodies]
            half = len(widths) // 2
            if widths[:half] != widths[half:]:
                found.add("integers longer than needed")
        else:
            assert len(before[kind]) > len(after[kind]), f"section {kind}"
            found.add("integers longer than needed")
    return found


def local_groups(m: Module) -> list[Any]:
    return [local_decls(m.data, *span)[0] for span in m.bodies]


def round_trip(m: Module, label: str, *, folded: bool) -> str:
    text = print_module(m, folded=folded)
    again = decode(read(text.encode()))
    ours, theirs = meaning(m), meaning(again)
    for key, value in ours.items():
        assert value == theirs[key], f"{label}: {key}"
    if contents(m) == contents(again):
        return "equal bytes"
    return "equal but for: " + ", ".join(sorted(reasons(m, again)))


def check_all(modules: Iterable[tuple[str, bytes]], *, folded: bool) -> Counter[str]:
    counts: Counter[str] = Counter()
    for label, data in modules:
        try:
            m = decode(data)
            counts[round_trip(m, label, folded=folded)] += 1
        except UnsupportedError as error:
            counts[f"not representable: {error.proposal}"] += 1
    return counts


@pytest.mark.parametrize("folded", [False, True], ids=["flat", "folded"])
@pytest.mark.parametrize("version", VERSIONS)
def test_suites(spec_testsuite: Path, version: str, *, folded: bool) -> None:
    valid = ("module", "assert_unlinkable", "assert_trap")
    modules = [
        (case.label, case.binary() or b"")
        for case in cases(spec_testsuite, version)
        if case.kind in valid
    ]
    counts = check_all(modules, folded=folded)
    report(f"{version}, {'folded' if folded else 'flat'}: {len(modules)} modules")
    report("\n".join(f"  {n:5} {what}" for what, n in counts.most_common()))
    lost = {k: n for k, n in counts.items() if k.startswith("not representable")}
    assert version == "3.0" or not lost
    assert counts.total() == len(modules)
    assert counts["equal bytes"] > 0.93 * (len(modules) - sum(lost.values()))


@pytest.mark.parametrize("folded", [False, True], ids=["flat", "folded"])
def test_corpus(corpus: Path, *, folded: bool) -> None:
    paths = sorted(corpus.glob("*/*.wasm"))
    counts = check_all(((p.name, p.read_bytes()) for p in paths), folded=folded)
    report(f"corpus, {'folded' if folded else 'flat'}: {dict(counts)}")
    grouped = "equal but for: locals grouped otherwise"
    assert counts == {"equal bytes": 25, grouped: 2}


EVERYTHING = rb"""(module $mod
  (type $t (func (param i32 i64) (result f32)))
  (import "a" "b\u{202e}\e9\00" (func $imp (type $t)))
  (table $tab 1 10 funcref) (table $t2 1 externref)
  (memory $mem 1) (global $g (mut f64) (f64.const nan:0x123))
  (elem $e (i32.const 0) func $imp $f) (elem $e2 declare func $f)
  (elem externref (ref.null extern))
  (data $d "a\00\ff\"\\\t\n") (data (i32.const 3) "x")
  (func $f (export "f") (param $x i32) (param i64) (result f32)
    (local $z v128) (local i32 i32)
    block $outer (result f32)
      loop $l
        local.get $x br_if $l
        (if $i (local.get $x) (then br $outer (f32.const 1.5e-7)) (else))
        (br_table $l $outer $l (f32.const 1) (local.get $x)) drop
      end
      (call_indirect $tab (type $t) (i32.const 1) (i64.const -5) (i32.const 0))
      br 0
    end
    (table.set $t2 (i32.const 0) (ref.null extern))
    (memory.init $d (i32.const 0) (i32.const 0) (i32.const 0))
    (table.init $tab $e (i32.const 0) (i32.const 0) (i32.const 0))
    (table.init $t2 $e (i32.const 0) (i32.const 0) (i32.const 0))
    (table.copy $tab $t2 (i32.const 0) (i32.const 0) (i32.const 0))
    (table.copy $t2 $tab (i32.const 0) (i32.const 0) (i32.const 0))
    (memory.copy (i32.const 0) (i32.const 0) (i32.const 0))
    (local.set $z (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 31
      (v128.const i64x2 1 2) (local.get $z)))
    (drop (v128.load8_lane offset=4 align=1 3 (i32.const 0) (local.get $z)))
    (drop (select (result funcref) (ref.func $f) (ref.null func) (i32.const 1)))
    (i32.store offset=3 align=1 (i32.const 1) (i32.const 2))))""".replace(
    rb"\e9", "é".encode()
)


@pytest.mark.parametrize("folded", [False, True])
def test_names_survive(*, folded: bool) -> None:
    data = read(EVERYTHING)
    text = print_module(decode(data), folded=folded)
    assert read(text.encode()) == data  # the name section too
    for name in ("$mod", "$outer", "$l", "$i", "$x", "$z", "$e2", "$tab"):
        assert name in text


def test_a_function_is_printed_before_the_next_is_read() -> None:
    data = read(b"(module (func (drop (i32.const 7))) (func (drop (i32.const 8))))")
    lines = module_lines(decode(data.replace(b"\x41\x08", b"\xff\x08")))
    assert any("i32.const 7" in next(lines) for _ in range(5))
    with pytest.raises(MalformedError, match="illegal opcode ff"):
        list(lines)


def test_without_names() -> None:
    m = decode(read(EVERYTHING))
    text = print_module(m, names=False)
    assert "$" not in text
    assert meaning(decode(read(text.encode()))) == meaning(m)


FOLDED = """\
(func $gcd (type 0) (param $a i32) (param $b i32) (result i32)
  (if (result i32)
    (i32.eqz (local.get $b))
    (then
      (local.get $a)
    )
    (else
      (call $gcd (local.get $b) (i32.rem_u (local.get $a) (local.get $b)))
    )
  )
)
"""
FLAT = """\
(func $gcd (type 0) (param $a i32) (param $b i32) (result i32)
  local.get $b
  i32.eqz
  if (result i32)
    local.get $a
  else
    local.get $b
    local.get $a
    local.get $b
    i32.rem_u
    call $gcd
  end
)
"""


def test_shape() -> None:
    m = decode(read(b"(module" + FOLDED.replace(" (type 0)", "").encode() + b")"))
    assert function_text(m, 0, folded=True) == FOLDED
    assert function_text(m, 0) == FLAT


def test_operands_that_do_not_fold_stay_in_order() -> None:
    source = b"""(module (func $two (result i32 i32) i32.const 1 i32.const 2)
      (func (param i32) (result i32)
        i32.const 5 local.get 0 i32.const 1 local.set 0 i32.add
        call $two i32.add i32.add
        i32.const 3 block (param i32) (result i32) i32.const 4 i32.add end i32.add))"""
    m = decode(read(source))
    assert round_trip(m, "unfoldable", folded=True) == "equal bytes"


def with_names(entries: dict[int, bytes]) -> Module:
    sub = name_map(entries)
    data = functions(b"\x10\x01\x0b", b"\x0b", b"\x0b")
    return decode(data + custom("name", b"\x01" + leb(len(sub)) + sub))


def test_names_that_are_no_identifiers_or_not_unique_are_numbers() -> None:
    m = with_names({0: b"main(int)", 1: b"twice", 2: b"twice"})
    text = print_module(m)
    assert "$" not in text
    assert "call 1" in text
    good = print_module(with_names({0: b"a!#$%&'*+-./:<=>?@^_`|~", 1: b"x"}))
    assert "$a!#$%&'*+-./:<=>?@^_`|~" in good
    assert "call $x" in good


def test_instruction_text() -> None:
    m = decode(read(EVERYTHING))
    i = BY_MNEMONIC
    assert instruction_text(m, i["call"], (1,)) == "call $f"
    assert instruction_text(m, i["local.get"], (0,)) == "local.get 0"
    assert instruction_text(m, i["local.get"], (0,), funcidx=1) == "local.get $x"
    assert instruction_text(m, i["i32.load"], ((2, 0, 0),)) == "i32.load"
    text = instruction_text(m, i["i32.load8_u"], ((1, 7, 1),))
    assert text == "i32.load8_u 1 offset=7 align=2"
    assert instruction_text(m, i["br_table"], ((1, 0, 2),)) == "br_table 1 0 2"
    assert instruction_text(m, i["block"], (-64,)) == "block"
    assert instruction_text(m, i["loop"], (-1,)) == "loop (result i32)"
    assert instruction_text(m, i["call_indirect"], (0, 1)) == (
        "call_indirect $t2 (type $t)"
    )
    assert instruction_text(m, i["table.get"], (0,)) == "table.get $tab"
    assert instruction_text(m, i["memory.init"], (0, 0)) == "memory.init $d"
    # Indices out of range, as in a module that is being edited.
    assert instruction_text(m, i["call"], (99,)) == "call 99"
    assert instruction_text(m, i["block"], (99,)) == "block (type 99)"


def constant_bytes(kind: str, text: str) -> bytes:
    m = decode(read(f"(module (func {kind}.const {text} drop))".encode()))
    start, _ = m.bodies[0]
    return m.data[start + 2 : start + 2 + (4 if kind == "f32" else 8)]


@settings(deadline=None)  # other work on the machine is no failure
@given(st.integers(0, 2**32 - 1))
def test_every_f32_reads_back(bits: int) -> None:
    assert constant_bytes("f32", literals.f32(bits)) == struct.pack("<I", bits)


@settings(deadline=None)  # other work on the machine is no failure
@given(st.integers(0, 2**64 - 1))
def test_every_f64_reads_back(bits: int) -> None:
    assert constant_bytes("f64", literals.f64(bits)) == struct.pack("<Q", bits)


@pytest.mark.parametrize(
    ("bits", "text"),
    [
        (0, "0"),
        (0x80000000, "-0"),
        (0x3F800000, "1"),
        (0x3DCCCCCD, "0.1"),
        (0x34210FB0, "1.5e-07"),
        (1, "1e-45"),
        (0x7F7FFFFF, "3.4028235e+38"),
        (0x7F800000, "inf"),
        (0xFF800000, "-inf"),
        (0x7FC00000, "nan"),
        (0xFFC00001, "-nan:0x400001"),
        (0x7F800001, "nan:0x1"),
    ],
)
def test_f32_texts(bits: int, text: str) -> None:
    assert literals.f32(bits) == text
    assert constant_bytes("f32", text) == struct.pack("<I", bits)


# At powers of two the values below lie closer; between two values a reader may round.
@pytest.mark.parametrize("exponent", range(1, 255))
def test_f32_around_powers_of_two(exponent: int) -> None:
    for bits in ((exponent << 23) - 1, exponent << 23, (exponent << 23) + 1):
        text = literals.f32(bits)
        assert struct.pack("<f", float(text)) == struct.pack("<I", bits)


@settings(deadline=None)  # other work on the machine is no failure
@given(st.binary(max_size=300), st.text(st.characters(codec="utf-8"), max_size=40))
def test_strings_read_back(data: bytes, name: str) -> None:
    strings = f"{literals.name_string(name)} (global i32)"
    source = f"(module (import {literals.bytes_string(b'')} {strings})"
    source += f"(memory 1) (data {literals.bytes_string(data)}))"
    m = decode(read(source.encode()))
    assert m.imports[0].name == name
    assert m.data[m.datas[0].start : m.datas[0].end] == data


@pytest.mark.parametrize("folded", [False, True])
def test_deep_and_long_bodies_are_printed_without_recursion(*, folded: bool) -> None:
    def size(n: int) -> int:
        code = (
            b"\x02\x40" * n + b"\x0b" * n + b"\x41\0" + b"\x41\1\x6a" * n + b"\x1a\x0b"
        )
        return len(print_module(decode(functions(code)), folded=folded))

    assert size(20_000) <= 2.2 * size(10_000)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (b"\x0b\x0b", "END opcode expected"),
        (b"\x02\x40\x0b", "unexpected end"),
        (b"\x05\x0b", "else without if"),
        (b"\x02\x40\x05\x0b\x0b", "else without if"),
        (b"\x04\x40\x05\x05\x0b\x0b", "else without if"),
        (b"\xff\x0b", "illegal opcode ff"),
        (b"\x41\xff", "unexpected end"),
    ],
)
@pytest.mark.parametrize("folded", [False, True])
def test_bodies_that_text_cannot_express(
    code: bytes, message: str, *, folded: bool
) -> None:
    m = decode(functions(b"\x0b", code))
    with pytest.raises(MalformedError) as caught:
        print_module(m, folded=folded)
    (problem,) = caught.value.diagnostics
    assert problem.message.startswith(message)
    assert (problem.section, problem.funcidx) == ("code", 1)
    assert problem.offset is not None
    assert problem.offset > m.bodies[1][0]


def test_an_absurd_number_of_locals_is_refused() -> None:
    data = bytearray(functions(b"\x0b"))
    locals_ = b"\x01\xff\xff\xff\xff\x0f\x7f\x0b"
    data[-5:] = leb(len(locals_) + 2) + b"\x01" + leb(len(locals_)) + locals_
    with pytest.raises(MalformedError, match="too many locals to print"):
        print_module(decode(bytes(data)))
