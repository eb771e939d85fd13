"""The opcode table against an independent assembler and validator (wasmtime's)."""

from __future__ import annotations

import pytest
import wasmtime

from lbtool.wasm import decode, local_decls
from lbtool.wasm.instructions import read_instruction
from lbtool.wasm.opcodes import (
    BY_CODE,
    BY_MNEMONIC,
    GROUPS,
    OPS,
    PREFIXES,
    Op,
    join,
    split,
)
from lbtool.wasm.profile import Profile

# Text of plausible immediates by kind, in the order of the text format.
IMMEDIATES = {
    "blocktype": "(result i32)",
    "labelidx": "0",
    "labels": "0 0 0",
    "memarg": "offset=3",
    "memidx": "1",
    "tableidx": "1",
    "funcidx": "0",
    "typeidx": "0",
    "localidx": "1",
    "globalidx": "1",
    "tagidx": "0",
    "dataidx": "1",
    "elemidx": "1",
    "fieldidx": "1",
    "count": "3",
    "i32": "-7",
    "i64": "-70000000000",
    "f32": "1.5",
    "f64": "-0x1p-1000",
    "v128": "i64x2 1 -2",
    "lane": "1",
    "lanes16": " ".join(str(31 - i) for i in range(16)),
    "valtypes": "(result i64)",
    "heaptype": "extern",
    "catches": "(catch 0 0) (catch_all 0)",
    "zero": "",
    "castflags": "",
}
SPECIAL = {
    "call_indirect": "call_indirect 1 (type 0)",
    "return_call_indirect": "return_call_indirect 1 (type 0)",
    "memory.init": "memory.init 1 1",
    "table.init": "table.init 1 1",
    "br_on_cast": "br_on_cast 0 (ref null any) (ref i31)",
    "br_on_cast_fail": "br_on_cast_fail 0 (ref null any) (ref i31)",
}
# No text of its own: they stand inside of blocks.
BRACKETS = {
    "else": "if else end",
    "end": "block end",
    "catch": "try catch 0 end",
    "catch_all": "try catch_all end",
    "delegate": "try delegate 0",
    "rethrow": "try catch_all rethrow 0 end",
}
FIELDS = """
  (type (func (param i32)))
  (import "" "f" (func (type 0)))
  (import "" "g0" (global (mut i64))) (import "" "g1" (global (mut i64)))
  (memory 1) (memory 1) (table 1 funcref) (table 1 funcref) (tag (type 0))
  (data "a") (data "b") (elem func 0) (elem func 0)
"""


def text_of(op: Op) -> str:
    if op.mnemonic in BRACKETS:
        return BRACKETS[op.mnemonic]
    if op.mnemonic in SPECIAL:
        return SPECIAL[op.mnemonic]
    if op.mnemonic in ("ref.test", "ref.cast"):
        return f"{op.mnemonic} (ref {'null ' if op.code & 1 else ''}extern)"
    words = [op.mnemonic, *(IMMEDIATES[kind] for kind in op.immediates)]
    text = " ".join(words)
    return f"{text} end" if op.immediates[:1] == ("blocktype",) else text


def encoded(op: Op) -> bytes:
    prefix, code = split(op.code)
    if prefix is None:
        return bytes([code])
    leb = bytes([code]) if code < 0x80 else bytes([code & 0x7F | 0x80, code >> 7])
    return bytes([prefix]) + leb


@pytest.mark.parametrize("op", OPS, ids=lambda op: f"{op.code:x}-{op.mnemonic}")
def test_assembled_bytes_are_those_of_the_table(op: Op) -> None:
    text = text_of(op)
    binary = bytes(
        wasmtime.wat2wasm(f"(module {FIELDS} (func (local i32 i32) {text}))")
    )
    module = decode(binary)
    _, code = local_decls(module.data, *module.bodies[0])
    end = module.bodies[0][1]
    found = []
    while code < end:
        row, immediates, after = read_instruction(module.data, code, end)
        found.append((row, immediates, module.data[code:after]))
        code = after
    # `end` is looked for at the closed block: the function has one of its own.
    rows = [row for row, _, _ in found[:-1]]
    assert op in rows, f"{text}: decoded as {[row.mnemonic for row in rows]}"
    raw = next(raw for row, _, raw in found if row is op)
    assert raw.startswith(encoded(op))
    if op.mnemonic not in BRACKETS and "blocktype" not in op.immediates:
        assert len(found) == 2
        # memory64, multi-memory and friends make some immediates optional, never fewer
        assert len(found[0][1]) == len(op.immediates)


def test_the_number_of_instructions_is_that_of_the_specification() -> None:
    counts = {proposal: len(rows) for proposal, rows in GROUPS}
    assert counts["mvp"] == 172
    assert counts["sign-extension"] == 5
    assert counts["nontrapping-float-to-int"] == 8
    assert counts["bulk-memory"] == 7
    assert counts["reference-types"] == 9
    assert counts["simd"] == 236
    assert counts["relaxed-simd"] == 20
    assert counts["threads"] == 67
    assert counts["gc"] == 32
    assert len(BY_CODE) == len(OPS) == sum(counts.values())


def test_codes_split_and_join() -> None:
    for op in OPS:
        prefix, sub = split(op.code)
        assert prefix is None or join(prefix, sub) == op.code
        assert (prefix in PREFIXES) == (prefix is not None)
    assert join(0xFC, 0x100) is None
    assert BY_MNEMONIC["select"].code == 0x1B
    assert BY_MNEMONIC["ref.test"].code == 0xFB14


def test_prefix_bytes_and_gaps_are_no_instructions() -> None:
    for byte in (*PREFIXES, 0x16, 0x27, 0xC5, 0xFF):
        assert byte not in BY_CODE
    for sub in (0x9A, 0xA2, 0xA5, 0xBB, 0xC2, 0xEE):  # holes of the SIMD space
        assert 0xFD000 | sub not in BY_CODE


@pytest.fixture(scope="module")
def engine() -> wasmtime.Engine:
    config = wasmtime.Config()
    config.wasm_threads = True
    config.wasm_relaxed_simd = True
    config.wasm_wide_arithmetic = True
    config.shared_memory = True
    return wasmtime.Engine(config)


FIXED = [
    op
    for op in OPS
    if op.params is not None
    and op.results is not None
    and op.mnemonic not in ("ref.func", "elem.drop", "else", "end")
]


def accepts(engine: wasmtime.Engine, text: str) -> bool:
    try:
        wasmtime.Module.validate(engine, bytes(wasmtime.wat2wasm(text)))
    except wasmtime.WasmtimeError:
        return False
    return True


def function(op: Op, params: str, results: str, immediates: str) -> str:
    memory = "(memory 1 1 shared)" if op.proposal == "threads" else "(memory 1)"
    loads = " ".join(f"local.get {i}" for i in range(len(params.split())))
    return f"""(module {memory} (table 1 funcref) (data "a") (elem func)
      (func (param {params}) (result {results}) {loads} {op.mnemonic} {immediates}))"""


def immediates_of(op: Op, *, lane: int | None = None, align: int | None = None) -> str:
    special = {"memidx": "", "tableidx": "0", "dataidx": "0", "elemidx": "0"}
    words = []
    for kind in op.immediates:
        if kind == "memarg":
            words.append(f"align={align or op.width}")
        elif kind == "lane":
            words.append(str(op.lanes - 1 if lane is None else lane))
        elif kind == "lanes16":
            words.append(" ".join([str(op.lanes - 1 if lane is None else lane)] * 16))
        else:
            words.append(special.get(kind, IMMEDIATES[kind]))
    if op.mnemonic in ("table.copy", "memory.copy", "table.init"):
        words = ["0 0" if op.mnemonic == "table.copy" else words[0][:1]]
    return " ".join(words)


@pytest.mark.parametrize("op", FIXED, ids=lambda op: f"{op.code:x}-{op.mnemonic}")
def test_signature_width_and_lanes_are_what_a_validator_accepts(
    engine: wasmtime.Engine, op: Op
) -> None:
    params, results = op.params or "", op.results or ""
    good = immediates_of(op)
    assert accepts(engine, function(op, params, results, good))
    # Another type for each operand, one operand less, another result: all refused.
    swap = {"i32": "f64", "i64": "f64", "f32": "i64", "f64": "i32", "v128": "i32"}
    types = params.split()
    for i, name in enumerate(types):
        other = " ".join([*types[:i], swap[name], *types[i + 1 :]])
        assert not accepts(engine, function(op, other, results, good))
    assert not types or not accepts(
        engine, function(op, " ".join(types[1:]), results, good)
    )
    assert not accepts(engine, function(op, params, f"{results} i32", good))
    for name in results.split():
        wrong = results.replace(name, swap.get(name, "i32"), 1)
        assert not accepts(engine, function(op, params, wrong, good))
    if op.width:
        double = immediates_of(op, align=2 * op.width)
        assert not accepts(engine, function(op, params, results, double))
    if op.lanes:
        beyond = immediates_of(op, lane=op.lanes)
        assert not accepts(engine, function(op, params, results, beyond))


def test_every_operation_with_an_access_has_a_width() -> None:
    for op in OPS:
        assert (op.width > 0) == ("memarg" in op.immediates), op
        assert (op.lanes > 0) == bool({"lane", "lanes16"} & set(op.immediates)), op


def test_profiles_are_nested_and_named() -> None:
    one, two, three = Profile("1.0"), Profile(), Profile("3.0")
    assert two.name == "2.0"
    assert one.proposals < two.proposals < three.proposals
    assert sum(map(one.allows, OPS)) == 172
    assert sum(map(two.allows, OPS)) == 172 + 5 + 8 + 7 + 9 + 236
    with pytest.raises(ValueError, match=r"unknown WebAssembly version '4\.0'"):
        Profile("4.0")
