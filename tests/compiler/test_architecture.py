"""Promises of the architecture that no other test watches: who imports whom, what a
table has a row for, what an artifact is made of.
"""

from __future__ import annotations

import ast
import itertools
import json
import os
import struct
import subprocess
import sys
from dataclasses import fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from lbtool import abi
from lbtool.compiler import Target, codes, compile_module
from lbtool.compiler.explain import Explanation, explain_function
from lbtool.compiler.scan_tables import COMPILED
from lbtool.compiler.target import (
    ALL_GPRS,
    ALL_XMMS,
    FIXED_GPRS,
    FIXED_XMMS,
    USED_FEATURES,
)
from lbtool.wasm import Module, Profile, decode, read
from lbtool.wasm.opcodes import OPS, PREFIXES, Op, split
from lbtool.x64.disassemble import Instruction, disassemble
from tests.compiler.sources import generated, real
from tests.data import CORPUS, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# The explained functions are made once.
pytestmark = pytest.mark.xdist_group("compiler-architecture")
COMPILER = ROOT / "lbtool" / "compiler"


def run(code: str, **environment: str) -> Any:
    """What a Python program in a process of its own prints as JSON."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, timeout=120, check=False, text=True,
        env={**os.environ, **environment}, capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


# ---- imports


def at_run_time(path: Path) -> set[str]:
    """Modules of lbtool that a module imports when it runs."""
    found: set[str] = set()
    waiting: list[ast.AST] = [ast.parse(path.read_text())]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting += node.orelse
            continue
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            names = {f"{module}.{each.name}" for each in node.names}
            found |= {n for n in names if source(n)} or {module}
        waiting += ast.iter_child_nodes(node)
    return {name for name in found if name.startswith("lbtool")}


def source(module: str) -> Path | None:
    path = ROOT.joinpath(*module.split(".")).with_suffix(".py")
    return path if path.is_file() else None


def reached(start: str) -> set[str]:
    """Modules that are imported by a module, or by those that it imports."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        path = source(name)
        if name not in found and path is not None:
            waiting += at_run_time(path)
        found.add(name)
    return found


# Plain Python that code generation may use: tables, buffers, the shape of its result.
TABLES = {
    "lbtool.abi", "lbtool.buffers", "lbtool.compiler.artifact", "lbtool.compiler.codes",
    "lbtool.records", "lbtool.x64.encodings",
}  # fmt: skip


def compiled_core() -> set[str]:
    pxds = [*COMPILER.glob("*.pxd"), *(ROOT / "lbtool" / "x64").glob("*.pxd")]
    names = {".".join(p.relative_to(ROOT).with_suffix("").parts) for p in pxds}
    return {name for name in names if source(name)}


def test_code_generation_knows_no_module() -> None:
    found = reached("lbtool.compiler.generator")
    assert found <= compiled_core() | TABLES
    assert len(found) >= 15


def test_only_the_scan_reads_tables_of_wasm() -> None:
    allowed = {"lbtool.wasm.opcodes", "lbtool.wasm.types"}
    scan = {"lbtool.compiler.scan_codes", "lbtool.compiler.scan_tables"}
    for name in compiled_core():
        found = reached(name)
        assert found <= compiled_core() | TABLES | allowed | scan, name


def test_importing_the_compiler_imports_neither_runtime_nor_engines() -> None:
    code = """
import importlib, json, pkgutil, sys
import lbtool.compiler, lbtool.x64
for package in (lbtool.compiler, lbtool.x64):
    for each in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        importlib.import_module(each.name)
print(json.dumps(sorted(sys.modules)))
"""
    found = run(code)
    assert "lbtool.compiler.batch" in found
    assert "lbtool.compiler.listing_json" in found
    parts = ("runtime", "engines", "wast", "cli", "cache", "lsp")
    foreign = ("wasmtime", "iced_x86", "capstone", "click", "rich", "pygls")
    for name in (*(f"lbtool.{part}" for part in parts), *foreign):
        assert not [each for each in found if f"{each}.".startswith(f"{name}.")]


# ---- names and numbers


def constants(prefix: str) -> dict[str, int]:
    return {
        name: value
        for name, value in vars(codes).items()
        if name.startswith(prefix) and isinstance(value, int)
    }


def test_every_operation_has_a_name() -> None:
    operations = constants("M_")
    assert sorted(operations.values()) == [*range(len(operations))]
    assert len(codes.MICRO_NAMES) == len(operations) == len(set(codes.MICRO_NAMES))
    for name, value in operations.items():
        word = codes.MICRO_NAMES[value].replace(".", "_")
        assert name == f"M_{word.upper()}"
    # what Microwasm resolves is told apart from what it passes on
    assert min(constants("W_").values()) > max(operations.values())


def test_every_note_has_a_name() -> None:
    notes = constants("NOTE_")
    assert sorted(notes.values()) == [1 << k for k in range(len(codes.NOTE_NAMES))]
    assert len(set(codes.NOTE_NAMES)) == len(notes)


def test_register_sequences() -> None:
    first, n = abi.FIRST_FLOAT_ARG, abi.N_FLOAT_ARGS
    assert (*range(first, first + n),) == abi.FLOAT_ARGS
    first, n = abi.FIRST_FLOAT_RESULT, abi.N_FLOAT_RESULTS
    assert (*range(first, first + n),) == abi.FLOAT_RESULTS
    assert not {*abi.FLOAT_ARGS, *abi.FLOAT_RESULTS} & {abi.FSCRATCH}
    reserved = {abi.RSP, abi.R14, abi.R15, abi.SCRATCH}
    assert not {*abi.INT_ARGS, *abi.INT_RESULTS, *abi.LIBCALL_ARGS} & reserved
    for sequence in (
        abi.INT_ARGS, abi.INT_RESULTS, abi.FLOAT_ARGS, abi.FLOAT_RESULTS
    ):  # fmt: skip
        assert len(set(sequence)) == len(sequence)
    # rdi is r15's, the others are the second to the sixth argument of C
    assert abi.LIBCALL_ARGS == (abi.RSI, abi.RDX, abi.RCX, abi.R8, abi.R9)


def test_allocatable_registers_leave_out_the_reserved_ones() -> None:
    reserved = (abi.RSP, abi.R14, abi.R15, abi.SCRATCH)
    assert not any(ALL_GPRS >> r & 1 for r in reserved)
    assert not ALL_XMMS >> abi.FSCRATCH & 1
    assert codes.HOME_GPRS & FIXED_GPRS == codes.HOME_XMMS & FIXED_XMMS == 0
    assert codes.HOME_GPRS & ~ALL_GPRS == codes.HOME_XMMS & ~ALL_XMMS == 0
    # homes of arguments: a parameter may stay where it arrives
    assert all(codes.HOME_GPRS >> r & 1 for r in abi.INT_ARGS)
    assert all(codes.HOME_XMMS >> r & 1 for r in abi.FLOAT_ARGS)


def test_the_context_has_room_for_its_parts() -> None:
    calls = {v for n, v in vars(abi).items() if n.startswith("LIB_")}
    assert calls == {*range(abi.N_LIBCALLS)}
    assert abi.VM_INSTANCE + 8 <= abi.VM_LIBCALLS
    assert abi.VM_LIBCALLS + 8 * abi.N_LIBCALLS <= abi.VM_CELLS
    traps = {v for n, v in vars(abi).items() if n.startswith("TRAP_")}
    assert traps == {*range(1, abi.N_TRAPS)}
    assert abi.N_TRAPS < abi.SITE_ACCESS


# ---- lowering

TYPES = {
    "i32": codes.T_I32, "i64": codes.T_I64, "f32": codes.T_F32, "f64": codes.T_F64,
    "funcref": codes.T_REF, "externref": codes.T_REF,
}  # fmt: skip
SHAPES = {
    (): codes.I_NONE, ("f32",): codes.I_BYTES4, ("f64",): codes.I_BYTES8,
    ("labels",): codes.I_BRTABLE, ("valtypes",): codes.I_VEC,
    ("heaptype",): codes.I_BYTE, ("memarg",): codes.I_LEB2,
}  # fmt: skip
TWO_OPERANDS = {
    codes.M_COMPARE, codes.M_BINARY, codes.M_MUL, codes.M_SHIFT, codes.M_DIVIDE,
    codes.M_FBINARY, codes.M_FMINMAX, codes.M_COPYSIGN, codes.M_FCOMPARE,
}  # fmt: skip
COLUMNS = ("KIND", "IMMEDIATE", "OP_T", "OP_R", "OP_B", "OP_W")


@cache
def lowering() -> dict[str, list[int]]:
    """The columns of the table, which are C arrays in the compiled core."""
    code = (
        "import json; from lbtool.compiler import lowering as l;"
        f"print(json.dumps({{n: list(getattr(l, n)) for n in {COLUMNS}}}))"
    )
    found: dict[str, list[int]] = run(code, LBTOOL_PURE="1")
    return found


def in_scope() -> Iterator[tuple[int, Op]]:
    """(row of the table, instruction) of what is compiled."""
    for op in OPS:
        if op.proposal in COMPILED:
            prefix, sub = split(op.code)
            assert prefix in {None, 0xFC}
            yield sub + (256 if prefix else 0), op


def test_every_instruction_in_scope_has_a_row() -> None:
    table = lowering()
    scope = dict(in_scope())
    assert len(scope) >= 200
    for index, op in scope.items():
        kind = table["KIND"][index]
        assert kind != codes.W_UNKNOWN, op.mnemonic
        expected = SHAPES.get(op.immediates)
        if expected is None:
            expected = (codes.I_LEB, codes.I_LEB2)[len(op.immediates) - 1]
        assert table["IMMEDIATE"][index] == expected, op.mnemonic
    unknown = [i for i, kind in enumerate(table["KIND"]) if kind == codes.W_UNKNOWN]
    assert sorted([*scope, *unknown]) == [*range(len(table["KIND"]))]
    assert set(PREFIXES) <= set(unknown)


def test_rows_have_the_types_of_the_specification() -> None:
    table = lowering()
    checked = 0
    for index, op in in_scope():
        kind, t, r = (table[name][index] for name in ("KIND", "OP_T", "OP_R"))
        params = None if op.params is None else op.params.split()
        results = None if op.results is None else op.results.split()
        if kind in (codes.M_LOAD, codes.M_STORE):
            assert params is not None
            assert results is not None
            value = results[0] if kind == codes.M_LOAD else params[1]
            assert (TYPES[value], op.width) == (t, table["OP_W"][index]), op.mnemonic
        elif codes.M_EQZ <= kind <= codes.M_REINTERPRET and params:
            assert results
            assert (TYPES[params[0]], TYPES[results[0]]) == (t, r), op.mnemonic
            assert len(params) == 1 + (kind in TWO_OPERANDS), op.mnemonic
        elif kind == codes.M_CONST:
            assert results
            assert TYPES[results[0]] == t, op.mnemonic
        elif kind == codes.M_LIBCALL and params is not None and results is not None:
            assert len(params) == table["OP_B"][index], op.mnemonic
            assert (r == -1) == (not results), op.mnemonic
        else:
            continue
        checked += 1
    assert checked >= 160


# ---- artifacts


def texts(body: str) -> bytes:
    return read(f"(module (memory 1) (func (param i32 i32) {body}))".encode())


HOT = "".join(f"(local.set {k} (i32.const {k}))" for k in range(2, 30))
# Field of the target -> another value, and a module whose code tells them apart.
FIELDS: dict[str, tuple[Any, bytes | None]] = {
    "bounds": ("explicit", texts("(drop (i32.load (local.get 0)))")),
    "profile": (Profile("3.0"), None),
    "strict": (
        True,
        texts(
            f"(local {'i32 ' * 30}) {HOT} (loop (br_if 0 (local.tee 29"
            " (i32.add (local.get 29) (i32.const 1)))))"
        ),
    ),
    "gprs": (FIXED_GPRS, texts("(loop (br_if 0 (local.get 1)))")),
    "xmms": (
        FIXED_XMMS,
        texts(
            "(local f64) (loop (local.set 2 (f64.add (local.get 2) (f64.const 1)))"
            "(br_if 0 (f64.lt (local.get 2) (f64.const 9))))"
        ),
    ),
    "pins": ((0, 0), texts("(loop (br_if 0 (local.get 1)))")),
    "features": (
        frozenset(),
        texts("(drop (i32.clz (local.get 0))) (drop (i32.ctz (local.get 0)))"),
    ),
    "off": (
        frozenset({"fuse"}),
        texts("(loop (br_if 0 (i32.lt_s (local.get 0) (local.get 1))))"),
    ),
}
PLAIN = Target(features=USED_FEATURES)


def test_every_field_of_the_target_is_in_the_table() -> None:
    assert set(FIELDS) == {each.name for each in fields(Target)}


@pytest.mark.parametrize("name", FIELDS)
def test_what_a_field_of_the_target_changes(name: str) -> None:
    value, data = FIELDS[name]
    other = replace(PLAIN, **{name: value})
    assert other != PLAIN
    if data is None:
        for each in generated(12).values():
            module = decode(each)
            assert compile_module(module, PLAIN) == compile_module(module, other)
        return
    module = decode(data)
    one, changed = compile_module(module, PLAIN), compile_module(module, other)
    assert one[0].artifact.code != changed[0].artifact.code
    assert compile_module(module, replace(other)) == changed
    assert compile_module(module, replace(other, **{name: getattr(PLAIN, name)})) == one


TARGETS = (
    Target(), Target(bounds="explicit"), Target(strict=True),
    Target(gprs=0, xmms=0, features=frozenset()),
)  # fmt: skip


@cache
def explained(target: Target) -> list[tuple[Module, int, Explanation]]:
    found = []
    sources = list(generated(12).values())
    if CORPUS.present:
        sources += real(3000).values()
    for data in sources:
        module = decode(data)
        for k in range(len(module.bodies)):
            funcidx = module.n_imported_funcs + k
            found.append((module, funcidx, explain_function(module, funcidx, target)))
    return found


def records(packed: bytes, n: int) -> list[tuple[int, ...]]:
    return list(struct.iter_unpack(f"<{n}I", packed))


def machine(explanation: Explanation) -> dict[int, Instruction]:
    """Instructions by their offset; what is data is left out."""
    code = explanation.compiled.artifact.code
    found: dict[int, Instruction] = {}
    at = 0
    for start, end in (*sorted(explanation.data), (len(code), len(code))):
        for each in disassemble(code[at:start], address=at):
            found[at + each.offset] = each._replace(offset=at + each.offset)
        at = end
    return found


@pytest.mark.parametrize("target", TARGETS, ids=("guard", "explicit", "strict", "few"))
def test_frames_and_relocations(target: Target) -> None:
    kinds = {
        abi.RELOC_CALL: {abi.SLOT_FUNC},
        abi.RELOC_FUNCREF: {abi.SLOT_FUNC},
        abi.RELOC_CELL: {
            abi.SLOT_FUNC, abi.SLOT_TYPE, abi.SLOT_TABLE, abi.SLOT_MEMORY,
            abi.SLOT_GLOBAL,
        },
        abi.RELOC_INDEX: {
            abi.SLOT_TABLE, abi.SLOT_MEMORY, abi.SLOT_DATA, abi.SLOT_ELEM
        },
    }  # fmt: skip
    met = set()
    for _, _, explanation in explained(target):
        compiled = explanation.compiled
        artifact = compiled.artifact
        size = artifact.frame_size
        assert size == 0 or (size > 0 and size % 16 == 8)
        relocs = records(artifact.relocs, 4)
        for before, after in itertools.pairwise(relocs):
            assert before[0] + 4 <= after[0]
        for offset, kind, slot, addend in relocs:
            field = artifact.code[offset : offset + 4]
            assert field == bytes(4)
            assert slot < len(compiled.slot_kinds)
            assert compiled.slot_kinds[slot] in kinds[kind]
            assert kind != abi.RELOC_CALL or not compiled.imported[slot]
            assert addend < max(abi.CELL_FUNCREF, abi.CELL_GLOBAL)
            met.add(kind)
        n = len(compiled.slot_kinds)
        assert (len(compiled.binding), len(compiled.imported)) == (4 * n, n)
    assert met == set(kinds)


@pytest.mark.parametrize("target", TARGETS, ids=("guard", "explicit", "strict", "few"))
def test_sites_say_what_stands_there(target: Target) -> None:
    """Every return address and every access to a memory is in the table."""
    calls = accesses = 0
    for module, funcidx, explanation in explained(target):
        artifact = explanation.compiled.artifact
        sites = records(artifact.sites, 2)
        # the access right behind a call has the offset of the call's return address
        assert sites == sorted(set(sites))
        code = machine(explanation)
        ends = {at + len(each.bytes): each for at, each in code.items()}
        returns, faulting = set(), set()
        for at, packed in sites:
            ordinal, what = packed >> 8, packed & 0xFF
            assert ordinal < len(explanation.instructions)
            if what & abi.SITE_ACCESS:
                assert what == abi.SITE_ACCESS | abi.TRAP_MEMORY
                assert code[at].accesses, (module, funcidx, at)
                faulting.add(at)
            else:
                assert what < abi.N_TRAPS
                assert ends[at].text.startswith("call ")
                returns.add(at)
        made = {end for end, each in ends.items() if each.text.startswith("call ")}
        assert returns == made, funcidx
        if target.bounds == "guard":
            linear = {at for at, i in code.items() if "[r14" in i.text and i.accesses}
            assert faulting >= linear, funcidx
        calls += len(returns)
        accesses += len(faulting)
    assert calls > 500
    assert accesses > 100 or target.bounds == "explicit"


@pytest.mark.parametrize("target", TARGETS, ids=("guard", "explicit", "strict", "few"))
def test_jumps_lead_to_instructions_of_the_same_function(target: Target) -> None:
    jumps = 0
    for _, funcidx, explanation in explained(target):
        code = machine(explanation)
        fields_ = {at for at, *_ in records(explanation.compiled.artifact.relocs, 4)}
        for at, each in code.items():
            assert each.text != "(bad)", (funcidx, at)
            end = at + len(each.bytes)
            word, _, rest = each.text.partition(" ")
            operand = rest.removeprefix("short ").removeprefix("near ")
            if not word.startswith("j") or "[" in rest or operand.startswith("r"):
                continue
            if end - 4 in fields_:
                continue
            assert int(operand, 0) in code, (funcidx, at, each.text)
            jumps += 1
    assert jumps > 500
