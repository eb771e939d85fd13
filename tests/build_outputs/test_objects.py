"""Object files: binutils read them, and they hold the code that would run."""

from __future__ import annotations

import ctypes
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from lbtool import Engine, Module
from lbtool.build.emit_asm import Explainer, defined
from lbtool.build.emit_obj import object_file
from lbtool.build.emit_unwind import heights
from lbtool.cli.terminal import printable
from lbtool.compiler.target import Target
from lbtool.errors import UnsupportedError
from lbtool.wasm import decode, read
from tests.data import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from lbtool.wasm import Module as WasmModule

# Calls, an import, every kind of cell, equal, missing and hostile names, functions with
# and without a frame, a jump table.
MIXED = r"""(module
  (import "env" "f" (func $imported (param i32) (result i32)))
  (memory 1) (table $tab 4 funcref) (global $g (mut i32) (i32.const 5))
  (type $t (func (param i32) (result i32)))
  (elem (i32.const 0) func $leaf)
  (func $leaf (type $t) (i32.mul (local.get 0) (i32.const 3)))
  (func $middle (type $t)
    (global.set $g (i32.add (global.get $g) (call $leaf (local.get 0))))
    (i32.store (i32.const 8) (memory.grow (i32.const 1)))
    (i32.add (global.get $g) (i32.load (i32.const 8))))
  (func $top (export "top") (type $t)
    (i32.add (i32.div_s (i32.const 12) (local.get 0)) (call $middle (local.get 0))))
  (func (type $t)
    (call_indirect (type $t) (call $imported (local.get 0)) (i32.const 0)))
  (func (export "leaf") (type $t) (local.get 0))
  (func (export "") (type $t)
    (block $a (block $b (block $c (br_table $a $b $c $a (local.get 0)))
      (return (i32.const 1))) (return (i32.const 2))) (ref.func $leaf) (drop)
    (table.size $tab))
  (func (export "\1b[2J\00x") (param i32 i64 i64 i64 i64 i64 i64 i64 i64) (result i64)
    (call 7 (local.get 0) (local.get 8) (local.get 7) (local.get 6) (local.get 5)
      (local.get 4) (local.get 3) (local.get 2) (local.get 1))))"""


class Object:
    """A module, its linked code and its object file."""

    def __init__(self, wasm: WasmModule, path: Path) -> None:
        module = Module(Engine(), wasm)
        code = module.code
        self.wasm, self.path = wasm, path
        self.functions = list(module.functions)
        self.starts = [code.start_of(k) for k in range(len(self.functions))]
        # Read where it would run.
        self.linked = ctypes.string_at(code.address, code.size)
        data = object_file(wasm, self.functions, self.linked, self.starts, printable)
        path.write_bytes(data)

    def text(self, path: Path) -> bytes:
        out = path.with_suffix(".bin")
        tool("objcopy", "-O", "binary", "-j", ".text", path, out)
        return out.read_bytes()


def tool(*command: str | Path) -> str:
    """A program of binutils, which comes with the compiler that the core needs."""
    done = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, check=True
    )
    assert not done.stderr, done.stderr
    return done.stdout


def symbols(path: Path) -> dict[str, tuple[int, int, str]]:
    """Name -> value, size and kind, by readelf."""
    rows = tool("readelf", "-sW", path).splitlines()[3:]
    found = {}
    for row in rows:
        _, value, size, kind, binding, _, _, *name = row.split(None, 7)
        assert "".join(name) not in found or kind == "SECTION"
        found["".join(name)] = int(value, 16), int(size, 0), f"{kind} {binding}"
    return found


@pytest.fixture
def mixed(tmp_path: Path) -> Object:
    return Object(decode(read(MIXED.encode()), path="mixed.wat"), tmp_path / "m.o")


def sources(corpus: Path) -> list[Path]:
    return [ROOT / "examples" / "sha256.wasm", *sorted(corpus.rglob("*.wasm"))]


def test_every_function_is_a_symbol(mixed: Object) -> None:
    found = symbols(mixed.path)
    functions = {k: v for k, v in found.items() if v[2].startswith("FUNC")}
    named = [name.removeprefix("$") for name in functions]
    assert sorted(named) == sorted(
        [
            *("leaf", "middle", "top", "func[4]", "leaf[5]", "func[6]"),
            *("\\u{1b}[2J\\u{0}x",),
        ]
    )
    sizes = sorted((value, size) for value, size, _ in functions.values())
    assert [value for value, _ in sizes] == mixed.starts
    assert [size for _, size in sizes] == [
        len(each.artifact.code) for each in mixed.functions
    ]
    exported = {name for name, row in functions.items() if row[2].endswith("GLOBAL")}
    assert exported == {"top", "leaf[5]", "func[6]", "\\u{1b}[2J\\u{0}x"}


def test_text_is_the_linked_code(mixed: Object) -> None:
    end = mixed.starts[-1] + len(mixed.functions[-1].artifact.code)
    assert mixed.text(mixed.path) == mixed.linked[:end]


def test_relocations_say_what_fields_refer_to(mixed: Object) -> None:
    listed = tool("objdump", "-drw", "-M", "intel", mixed.path)
    assert "R_X86_64_PLT32\tleaf-0x4" in listed
    for name in ("global:$g", "type:$t", "func:$imported.code", "table:$tab"):
        assert f"R_X86_64_NONE\t{name}" in listed
    # A cell's number is the displacement in the instruction.
    cells = symbols(mixed.path)
    for line in listed.splitlines():
        found = re.search(r"\[r15\+(0x[0-9a-f]+)\].*R_X86_64_NONE\t(\S+)", line)
        if found:
            assert int(found[1], 16) == cells[found[2]][0], line


def test_a_linker_writes_the_same_bytes(mixed: Object, tmp_path: Path) -> None:
    again = tmp_path / "again.o"
    tool("ld", "-r", mixed.path, "-o", again)
    assert mixed.text(again) == mixed.text(mixed.path)


def test_nothing_in_the_file_is_odd_to_readelf(mixed: Object) -> None:
    shown = tool("readelf", "-aW", "--debug-dump=frames", mixed.path)
    assert shown.count(" FDE ") == len(mixed.functions)
    assert "GNU-stack" in shown
    assert " UND " not in shown.replace("NOTYPE  LOCAL  DEFAULT  UND", "")


def test_a_module_without_functions_is_an_object(tmp_path: Path) -> None:
    made = Object(decode(read(b"(module (memory 1))")), tmp_path / "none.o")
    assert tool("objdump", "-d", made.path)
    assert not [k for k, v in symbols(made.path).items() if v[2].startswith("FUNC")]


def check_heights(made: Object) -> int:
    """Frame addresses, by the rule and by the disassembly; how many instructions."""
    explainer = Explainer(made.wasm, Target(), None)
    n = 0
    for funcidx in defined(made.wasm):
        listing = explainer.listing(funcidx)
        artifact = made.functions[funcidx - made.wasm.n_imported_funcs].artifact
        rows = heights(artifact)
        frame, entered = listing.frame_size, False
        for part in (*listing.prologue, *(p for li in listing.lines for p in li.parts)):
            for each in part.code:
                if part.label == "trap.stack" or each.text == "ret":
                    wanted = 8
                elif part is listing.prologue[0] and not entered:
                    wanted = 8
                    entered = each.text.startswith("sub rsp,")
                else:
                    wanted = frame + 8
                found = [high for offset, high in rows if offset <= each.offset][-1]
                assert found == wanted, (funcidx, each)
                n += 1
    return n


def test_unwinding_agrees_with_the_disassembly(mixed: Object, tmp_path: Path) -> None:
    assert check_heights(mixed) > 100
    wasm = decode(read(ROOT / "examples" / "sha256.wasm"))
    assert check_heights(Object(wasm, tmp_path / "sha256.o")) > 200


def test_real_modules(corpus: Path, tmp_path: Path) -> None:
    n = 0
    for path in sources(corpus):
        wasm = decode(read(path), path=path.name)
        try:
            made = Object(wasm, tmp_path / "made.o")
        except UnsupportedError:
            continue
        text = made.text(made.path)
        assert text == made.linked[: len(text)]
        # Linking is the cheapest way to have every table read and every byte written.
        tool("ld", "-r", made.path, "-o", tmp_path / "again.o")
        assert made.text(tmp_path / "again.o") == text
        n += len(made.functions)
    assert n > 500


PROGRAM = r"""
#include <execinfo.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
extern char top[];
uint64_t vm[256];  /* a VMContext: no stack limit, memory 0 not used */
static void trap(void) {
  void *frames[64];
  int n = backtrace(frames, 64);
  for (int i = 0; i < n; i++) printf("%lx\n", (long)((char *)frames[i] - top));
  exit(3);
}
/* enter(code, argument): saves what C owns, the stack aligned at the call. */
asm("enter: .cfi_startproc\n"
    "push %rbx; push %rbp; push %r14; push %r15; sub $8, %rsp\n"
    ".cfi_def_cfa_offset 48\n"
    "lea vm(%rip), %r15; mov %rdi, %rax; mov %rsi, %rdi; call *%rax\n"
    "add $8, %rsp; pop %r15; pop %r14; pop %rbp; pop %rbx\n"
    ".cfi_def_cfa_offset 8\n"
    "ret; .cfi_endproc");
uint64_t enter(void *code, uint64_t argument);
int main(void) {
  vm[3] = (uint64_t)trap;
  printf("%d\n", (int)enter(top, 6));
  fflush(stdout);
  enter(top, 0);
}
"""
PLAIN = """(module
  (global $g (mut i32) (i32.const 0))
  (func $leaf (param i32) (result i32) (i32.mul (local.get 0) (i32.const 3)))
  (func $middle (param i32) (result i32)
    (global.set $g (i32.add (global.get $g) (call $leaf (local.get 0))))
    (i32.div_s (i32.const 12) (local.get 0)))
  (func (export "top") (param i32) (result i32)
    (i32.add (call $middle (local.get 0)) (global.get $g))))"""


@pytest.mark.parametrize("flags", [["-pie"], ["-static", "-no-pie"]], ids=" ".join)
def test_a_program_links_runs_and_unwinds(tmp_path: Path, flags: list[str]) -> None:
    made = Object(decode(read(PLAIN.encode())), tmp_path / "plain.o")
    source, program = tmp_path / "main.c", tmp_path / "main"
    source.write_text(PROGRAM)
    tool("gcc", "-O1", *flags, source, made.path, "-o", program)
    done = subprocess.run([program], capture_output=True, text=True, check=False)
    assert done.returncode == 3, done
    first, *frames = done.stdout.split()
    assert int(first) == 12 // 6 + 3 * 6
    rows = symbols(made.path)
    base = rows["top"][0]

    def name(frame: str) -> str:
        # A return address belongs to the call in front of it.
        at = (int(frame, 16) + base - 1) & 0xFFFF_FFFF_FFFF_FFFF
        return next(
            (each for each, (v, size, _) in rows.items() if v <= at < v + size), "?"
        )

    names = [name(frame) for frame in frames]
    assert names[1:3] == ["middle", "top"]
    assert len(names) > 4, "main and what called it"
