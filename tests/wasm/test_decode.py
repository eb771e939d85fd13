"""The decoder: what it gives, what it refuses, and where it says the fault is."""

from __future__ import annotations

import pickle
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from lbtool.abi import EXTERNREF, F64, FUNCREF, I32, I64
from lbtool.errors import MalformedError, ModuleError, UnsupportedError
from lbtool.wasm import Profile, decode, print_module, read, validate_module
from lbtool.wasm.module import Export, Import
from lbtool.wasm.types import FuncType, GlobalType, Limits, MemoryType, TableType
from tests.wasm.binary import (
    HEADER,
    custom,
    functions,
    leb,
    module,
    name,
    name_map,
    section,
    vec,
)
from tests.wasm.suites import VERSIONS, cases, report

if TYPE_CHECKING:
    from pathlib import Path

RICH = b"""(module $m
  (type (func (param i32 i64) (result f64)))
  (import "a" "f" (func $imported (type 0)))
  (import "a" "g" (global i32))
  (table 1 7 funcref) (table 2 externref)
  (memory 3 4)
  (global (mut i64) (i64.const -5)) (global funcref (ref.func 1))
  (export "run" (func 1)) (export "mem" (memory 0))
  (start 2)
  (elem (i32.const 1) func 1 0) (elem declare func 2)
  (elem externref (ref.null extern))
  (data (i32.const 8) "hello") (data "passive")
  (func $two (type 0) (local f32) (memory.init 1 (i32.const 0) (i32.const 0)
    (i32.const 0)) (f64.const 0))
  (func))"""


def test_a_module_with_everything() -> None:
    m = decode(read(RICH))
    assert m.types[0] == FuncType((I32, I64), (F64,))
    assert m.imports == (
        Import("a", "f", "func", 0),
        Import("a", "g", "global", GlobalType(I32, mutable=False)),
    )
    assert m.func_types == (0, 0, 1)
    assert m.n_imported_funcs == 1
    assert m.n_imported_globals == 1
    limits = Limits(1, 7)
    assert m.tables == (
        TableType(FUNCREF, limits),
        TableType(EXTERNREF, Limits(2, None)),
    )
    assert m.memories == (MemoryType(Limits(3, 4)),)
    assert m.globals[1:] == (GlobalType(I64, mutable=True), GlobalType(FUNCREF, False))
    assert [init.ops for init in m.global_inits] == [((0x42, -5),), ((0xD2, 1),)]
    assert m.exports == (Export("run", "func", 1), Export("mem", "memory", 0))
    assert m.start == 2
    assert [e.mode for e in m.elems] == ["active", "declarative", "passive"]
    assert [i.ops for i in m.elems[0].items] == [((0xD2, 1),), ((0xD2, 0),)]
    assert m.elems[2].type == EXTERNREF
    assert [m.data[d.start : d.end] for d in m.datas] == [b"hello", b"passive"]
    assert m.data_count == 2
    assert all(m.data[end - 1] == 0x0B for _, end in m.bodies)
    assert m.names.module == "m"
    assert m.names.funcs == {0: "imported", 1: "two"}
    assert m.func_name(0) == "imported"
    assert m.func_name(2) is None
    assert m.func_type(1) is m.types[0]
    assert m.body(0) is None
    assert m.body(1) == m.bodies[0]


def test_modules_travel_between_processes() -> None:
    m = decode(read(RICH))
    again = pickle.loads(pickle.dumps(m))
    assert (again.data, again.types, again.offsets) == (m.data, m.types, m.offsets)
    assert again.names.funcs == m.names.funcs


def test_every_byte_range_is_where_the_bytes_are() -> None:
    data = read(RICH)
    m = decode(data)
    for init in m.global_inits:
        assert data[init.end - 1] == 0x0B
    offsets = m.offsets[11]
    assert [data[offset] for offset in offsets] == [0, 1]
    assert [s.id for s in m.sections] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 10, 11]


CASES = [
    (b"", "unexpected end", 0, None),
    (b"\0as", "unexpected end", 3, None),
    (b"wasm\x01\0\0\0", "magic header not detected", 0, None),
    (b"\0asm\x01\0\0", "unexpected end", 7, None),
    (b"\0asm\x02\0\0\0", "unknown binary version", 4, None),
    (module(section(14, b"")), "malformed section id 14", 8, None),
    (HEADER + b"\x01\x05\0", "length out of bounds", 9, None),
    (HEADER + b"\x01", "unexpected end", 9, None),
    (module(section(1, b"\0\0")), "section size mismatch", 11, "type"),
    (
        module(section(3, b"\0"), section(1, b"\0")),
        "unexpected content after last section",
        11,
        "type",
    ),
    (
        module(section(1, b"\0"), section(1, b"\0")),
        "unexpected content after last section",
        11,
        "type",
    ),
    (module(section(1, b"\x01\x61\0\0")), "malformed type 0x61", 11, "type"),
    (module(section(1, b"\x01\x60\x01\x55\0")), "malformed value type", 13, "type"),
    (module(section(1, vec(b"\x60\x02\x7f"))), "unexpected end", 14, "type"),
    (module(section(2, vec(b"\0\0\x05\0"))), "malformed import kind", 13, "import"),
    (module(section(2, vec(b"\x01\xff\0\0\0"))), "malformed UTF-8", 12, "import"),
    (module(section(2, vec(b"\x09a\0\0\0"))), "length out of bounds", 11, "import"),
    (
        module(section(3, vec(b"\0"))),
        "function and code section have inconsistent lengths",
        12,
        None,
    ),
    (module(section(4, vec(b"\x7f\0\0"))), "malformed reference type", 11, "table"),
    (module(section(4, vec(b"\x70\x02\0"))), "malformed limits flags", 12, "table"),
    (module(section(5, vec(b"\x10\0"))), "malformed limits flags", 11, "memory"),
    (
        module(section(5, vec(b"\0\x80\x80\x80\x80\x10"))),
        "integer too large",
        16,
        "memory",
    ),
    (
        module(section(5, vec(b"\0\x82\x80\x80\x80\x80\0"))),
        "integer representation too long",
        17,
        "memory",
    ),
    (
        module(section(6, vec(b"\x7f\x02\x41\0\x0b"))),
        "malformed mutability",
        12,
        "global",
    ),
    (module(section(6, vec(b"\x7f\0\x41\0"))), "unexpected end", 15, "global"),
    (module(section(6, vec(b"\x7f\0\xff\x0b"))), "illegal opcode ff", 13, "global"),
    (
        module(section(6, vec(b"\x7f\0\xfc\x99\x01\x0b"))),
        "illegal opcode fc 99",
        13,
        "global",
    ),
    (module(section(7, vec(b"\0\x07\0"))), "malformed export kind", 12, "export"),
    (module(section(9, vec(b"\x08"))), "malformed elements segment", 11, "elem"),
    (module(section(9, vec(b"\x01\x01\0"))), "malformed element kind", 12, "elem"),
    (module(section(10, vec(b"\x09\0"))), "unexpected end", 12, "code"),
    (module(section(11, vec(b"\x03"))), "malformed data segment", 11, "data"),
    (module(section(11, vec(b"\x01\x05ab"))), "unexpected end", 15, "data"),
    (
        module(section(12, b"\x01")),
        "data count and data section have inconsistent lengths",
        10,
        None,
    ),
    (module(section(13, vec(b"\x01\0"))), "malformed tag attribute", 11, "tag"),
    (module(section(0, b"\x01\xff")), "malformed UTF-8 encoding", 11, "custom"),
    (module(section(0, b"")), "unexpected end", 10, "custom"),
]


@pytest.mark.parametrize(("data", "message", "offset", "where"), CASES)
def test_malformed(data: bytes, message: str, offset: int, where: str | None) -> None:
    with pytest.raises(MalformedError) as caught:
        decode(data, path="x.wasm")
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.message.startswith(message)
    assert (diagnostic.offset, diagnostic.section) == (offset, where)
    assert diagnostic.path == "x.wasm"
    assert diagnostic.code.startswith("E01")
    assert diagnostic.code != "E0100", "every message has its code"


UNSUPPORTED = [
    (section(1, vec(b"\x5f\0")), "gc", 11),
    (section(1, vec(b"\x4e\x01\x60\0\0")), "gc", 11),
    (section(1, vec(b"\x60\x01\x64\x70\0")), "function-references", 13),
    (section(1, vec(b"\x60\x01\x6e\0")), "gc", 13),
    (section(4, vec(b"\x40\0\x70\0\0\xd0\x70\x0b")), "function-references", 11),
    (section(6, vec(b"\x69\0\xd0\x69\x0b")), "exception-handling", 11),
]


@pytest.mark.parametrize(("body", "proposal", "offset"), UNSUPPORTED)
def test_later_proposals_are_named(body: bytes, proposal: str, offset: int) -> None:
    with pytest.raises(UnsupportedError) as caught:
        decode(module(body))
    assert caught.value.proposal == proposal
    assert caught.value.diagnostics[0].proposal == proposal
    assert caught.value.diagnostics[0].offset == offset
    assert caught.value.diagnostics[0].code == "E0300"


def test_components_are_told_from_rubbish() -> None:
    with pytest.raises(UnsupportedError) as caught:
        decode(b"\0asm\x0d\0\x01\0")
    assert caught.value.proposal == "component-model"


def test_what_30_adds_and_records_hold_is_decoded() -> None:
    text = b"""(module (memory i64 1 2) (memory 1 1 shared) (memory 1 (pagesize 1))
      (table i64 1 2 funcref) (tag $t (param i32)) (export "t" (tag $t)))"""
    m = decode(read(text))
    assert m.memories[0].limits == Limits(1, 2, index64=True)
    assert m.memories[1].limits == Limits(1, 1, shared=True)
    assert m.memories[2].page_size_log2 == 0
    assert m.tables[0].limits == Limits(1, 2, index64=True)
    assert m.tags == (0,)
    proposals = [d.proposal for d in validate_module(m, Profile("2.0")) if d.proposal]
    assert proposals == [
        "memory64",
        "memory64",
        "threads",
        "custom-page-sizes",
        "exception-handling",
        "exception-handling",
    ]


def named(*subsections: tuple[int, bytes], tail: bytes = b"") -> bytes:
    body = b"".join(bytes([kind]) + leb(len(b)) + b for kind, b in subsections)
    return functions(b"\x0b", b"\x0b") + custom("name", body + tail)


def test_names_are_read_leniently() -> None:
    good = name_map({0: b"zero", 1: b"one"})
    m = decode(named((0, name("mod")), (1, good)))
    assert (m.names.module, m.names.funcs) == ("mod", {0: "zero", 1: "one"})
    # Bad UTF-8, a count that is too high, an unknown subsection, a size beyond the end.
    assert decode(named((1, name_map({0: b"\xff", 1: b"ok"})))).names.funcs == {1: "ok"}
    assert decode(named((1, b"\x09" + good[1:]))).names.funcs == {0: "zero", 1: "one"}
    assert decode(named((77, b"?"), (1, good))).names.funcs[1] == "one"
    assert decode(named((1, good), tail=b"\x02\x7f")).names.funcs[1] == "one"
    assert decode(named(tail=b"\x01\xff\xff\xff\xff\xff")).names.funcs == {}
    locals_ = vec(b"\0" + name_map({0: b"x"}), b"\x01" + name_map({2: b"y"}))
    assert decode(named((2, locals_))).names.locals == {0: {0: "x"}, 1: {2: "y"}}
    assert decode(functions(b"\x0b")).names.funcs == {}


def test_custom_sections_keep_their_place() -> None:
    m = decode(
        HEADER
        + custom("a", b"1")
        + section(1, b"\0")
        + custom("b", b"22")
        + section(3, b"\0")
        + custom("name", b"")
    )
    found = [(c.name, m.data[c.start : c.end], c.after) for c in m.customs]
    assert found == [("a", b"1", 0), ("b", b"22", 1), ("name", b"", 3)]


# Messages of the older interpreters for what has another phrase today.
RENAMED = {
    "invalid UTF-8 encoding": "malformed UTF-8 encoding",
    "invalid mutability": "malformed mutability",
    "invalid section id": "malformed section id",
    "invalid value type": "malformed value type",
}

# What only the validation of bodies can find, because it depends on the version or on
# the rest of the module; `lbtool wast` counts those. Nothing else may be accepted.
LEFT_TO_BODIES = {
    "zero flag expected",
    "zero byte expected",
    "malformed memop flags",
    "data count section required",
    "i32 constant",
    "integer representation too long",
    "integer too large",
}


@pytest.mark.parametrize("version", VERSIONS)
def test_malformed_modules_of_the_suites(spec_testsuite: Path, version: str) -> None:
    counts: Counter[str] = Counter()
    other_words = []
    accepted = []
    for case in cases(spec_testsuite, version):
        if case.kind != "assert_malformed":
            continue
        data = case.binary()
        if data is None:
            counts["refused as text"] += 1
            continue
        try:
            print_module(decode(data))
        except MalformedError as error:
            expected = RENAMED.get(case.message, case.message)
            same = error.message.startswith(expected)
            counts["malformed, same words" if same else "malformed, other words"] += 1
            if not same:
                other_words.append(f"{case.label}: {error.message}")
        except UnsupportedError as error:
            counts[f"unsupported: {error.proposal}"] += 1
        else:
            assert case.message in LEFT_TO_BODIES, case.label
            accepted.append(case.label)
            counts["left to the validation of bodies"] += 1
    report(f"{version}: {dict(counts)}")
    report("\n".join(["other words:", *other_words, "left:", *accepted]))
    expected_left = {"1.0-2018": 12, "1.0": 18, "2.0": 20, "3.0": 2}[version]
    assert counts["left to the validation of bodies"] == expected_left
    assert counts["unsupported: gc"] == (1 if version == "3.0" else 0)
    # The reference reads over the end of a section and complains about what it meets
    # there, we stop at the end; 3.0 features in 2.0 tests have their own messages.
    expected_other = {"1.0-2018": 8, "1.0": 10, "2.0": 28, "3.0": 19}[version]
    assert len(other_words) == expected_other


@pytest.mark.parametrize("version", VERSIONS)
def test_valid_modules_of_the_suites_decode(spec_testsuite: Path, version: str) -> None:
    unsupported: Counter[str] = Counter()
    n = 0
    for case in cases(spec_testsuite, version):
        if case.kind not in ("module", "assert_unlinkable", "assert_trap"):
            continue
        data = case.binary()
        assert data is not None, case.label
        n += 1
        try:
            m = decode(data)
        except UnsupportedError as error:
            unsupported[error.proposal] += 1
            continue
        found = validate_module(m, Profile(case.profile))
        assert not found, f"{case.label}: {found[0]}"
    report(f"{version}: {n} modules, unsupported {dict(unsupported)}")
    assert n > 500
    if version != "3.0":
        assert not unsupported


def test_corpus_decodes(corpus: Path) -> None:
    paths = sorted(corpus.glob("*/*.wasm"))
    assert len(paths) == 27
    for path in paths:
        m = decode(path.read_bytes(), path=str(path))
        assert validate_module(m, Profile()) == []


def test_large_counts_do_not_reserve_memory() -> None:
    for kind in (1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 13):
        with pytest.raises(ModuleError):
            decode(module(section(kind, b"\xff\xff\xff\xff\x0f" + b"\0" * 50)))
