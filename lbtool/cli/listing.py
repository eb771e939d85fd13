"""A compiled function as a listing: what each wasm instruction became.

`listing` joins what the compiler explains (``lbtool.compiler.explain``) with text: the
instruction as text, the assembly of its code, and what relocated fields refer to. How a
listing is printed is in ``asm_text``; the JSON form is here, beside the records.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from lbtool import abi
from lbtool.cli.values import format_bits
from lbtool.compiler.explain import explain_function
from lbtool.wasm.identifiers import identifiers
from lbtool.wasm.instruction_text import instruction_text
from lbtool.wasm.instructions import BLOCK_OPENERS, instructions, local_decls
from lbtool.x64.disassemble import Instruction, disassemble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lbtool.compiler.explain import (
        Explanation,
        InstructionExplanation,
        Location,
        State,
    )
    from lbtool.compiler.target import Target
    from lbtool.wasm.module import Module
    from lbtool.wat.positions import TextMap
    from lbtool.x64.disassemble import Syntax

__all__ = ["Code", "Line", "Listing", "listing"]

GPRS = (
    *("rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi"),
    *(f"r{n}" for n in range(8, 16)),
)
# Types of locations that have a text of their own.
VALTYPES = {"i32": abi.I32, "i64": abi.I64, "f32": abi.F32, "f64": abi.F64}
# Slot kind -> index space, as ``lbtool.wasm.identifiers`` calls it.
SPACES = {
    abi.SLOT_FUNC: "funcidx",
    abi.SLOT_TYPE: "typeidx",
    abi.SLOT_TABLE: "tableidx",
    abi.SLOT_MEMORY: "memidx",
    abi.SLOT_GLOBAL: "globalidx",
    abi.SLOT_DATA: "dataidx",
    abi.SLOT_ELEM: "elemidx",
    abi.SLOT_TAG: "tagidx",
}


def register_name(number: int) -> str:
    """Name of a register: 0 to 15 are general purpose, 16 to 31 xmm0 to xmm15."""
    return GPRS[number] if number < 16 else f"xmm{number - 16}"


def constant_text(each: Location) -> str:
    """A constant as the text format writes it."""
    valtype = VALTYPES.get(each.type)
    if valtype is None:
        return hex(each.value)
    width = 64 if each.type.endswith("64") else 32
    return format_bits(each.value & (1 << width) - 1, valtype)


@dataclass(frozen=True, slots=True)
class Code:
    """One machine instruction; `refers` is what its relocated field stands for."""

    instruction: Instruction
    refers: str | None = None

    def as_json(self) -> dict[str, object]:
        """Offsets count from the function's first byte."""
        one = self.instruction
        made: dict[str, object] = {
            "offset": one.offset,
            "bytes": one.bytes.hex(),
            "text": one.text,
            "reads": one.reads,
            "writes": one.writes,
        }
        if self.refers is not None:
            made["refers"] = self.refers
        return made


@dataclass(frozen=True, slots=True)
class Line:
    """One wasm instruction with its code.

    offset  of its opcode in the binary module
    place   line and column where the module is text, both from 1
    depth   nesting, for indentation
    ranges  byte ranges of `code`, tables that lie between them left out
    """

    explanation: InstructionExplanation
    text: str
    offset: int
    place: tuple[int, int] | None
    depth: int
    ranges: tuple[tuple[int, int], ...]
    code: tuple[tuple[Code, ...], ...]
    microwasm: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """The instruction with locations before and after it."""
        each = self.explanation
        place: dict[str, int] = {"offset": self.offset}
        if self.place is not None:
            place = {"line": self.place[0], "column": self.place[1]}
        return {
            "ordinal": each.ordinal,
            **place,
            "wasm": self.text,
            "microwasm": list(self.microwasm),
            "code": [[one.as_json() for one in part] for part in self.code],
            "reason": str(each.reason) if each.reason else None,
            "notes": list(each.notes),
            "before": state_json(each.before),
            "after": state_json(each.after),
        }


@dataclass(frozen=True)
class Listing:
    """One function.

    wasm_bytes  of its instructions, local declarations not counted
    overflow    out-of-line code of the prologue, for an exhausted stack
    """

    module: Module
    funcidx: int
    wasm_bytes: int
    explanation: Explanation
    prologue: tuple[Code, ...]
    overflow: tuple[Code, ...]
    lines: tuple[Line, ...]

    @property
    def name(self) -> str:
        """Its identifier, or its index."""
        return identifiers(self.module).ref("funcidx", self.funcidx)

    @property
    def code(self) -> bytes:
        """The machine code; relocated fields are zero."""
        return self.explanation.compiled.artifact.code

    @property
    def data(self) -> tuple[tuple[int, int], ...]:
        """Jump tables and constants."""
        return self.explanation.data

    @cached_property
    def n_instructions(self) -> int:
        """Machine instructions, out-of-line ones included."""
        lines = sum(len(part) for line in self.lines for part in line.code)
        return len(self.prologue) + len(self.overflow) + lines

    @property
    def expansion(self) -> float:
        """Bytes of code for each byte of wasm."""
        return len(self.code) / self.wasm_bytes

    def as_json(self) -> dict[str, object]:
        """The whole function with its totals."""
        return {
            "index": self.funcidx,
            "name": self.module.func_name(self.funcidx),
            "totals": {
                "wasm_bytes": self.wasm_bytes,
                "bytes": len(self.code),
                "instructions": self.n_instructions,
                "expansion": round(self.expansion, 3),
                "spills": self.explanation.spills,
                "frame_size": self.explanation.compiled.artifact.frame_size,
            },
            "prologue": [one.as_json() for one in self.prologue],
            "overflow": [one.as_json() for one in self.overflow],
            "instructions": [line.as_json() for line in self.lines],
            "data": [
                {"offset": start, "bytes": self.code[start:end].hex()}
                for start, end in self.data
            ],
        }


def state_json(state: State | None) -> dict[str, object] | None:
    """Locations of the operand stack, bottom first, and of the locals; None if dead."""
    if state is None:
        return None
    return {
        "stack": [location_json(each) for each in state.stack],
        "locals": [location_json(each) for each in state.locals],
    }


def location_json(each: Location) -> dict[str, str | int]:
    """A location by its kind, with names instead of register numbers."""
    made: dict[str, str | int] = {"kind": each.kind}
    if each.type:
        made["type"] = each.type
    if each.kind == "register":
        made["register"] = register_name(each.value)
        if each.also is not None:
            made["rsp"] = each.also
    elif each.kind == "memory":
        made["rsp"] = each.value
    elif each.kind == "load":
        if each.value >= 0:
            made["register"] = register_name(each.value)
        made["address"] = each.also or 0
    elif each.kind == "constant":
        made["value"] = constant_text(each)
    elif each.kind == "local":
        made["local"] = each.value
    elif each.kind == "flags":
        made["condition"] = each.value
    return made


def listing(
    module: Module,
    funcidx: int,
    target: Target,
    syntax: Syntax = "intel",
    where: TextMap | None = None,
) -> Listing:
    """Compile and explain one defined function of a module; `where`: of its text.

    Raises the function's `ModuleError` when it does not validate or is not supported.
    """
    explanation = explain_function(module, funcidx, target)
    start, end = module.bodies[funcidx - module.n_imported_funcs]
    _, first = local_decls(module.data, start, end)
    assembly = _Assembly(module, explanation, syntax)
    return Listing(
        module,
        funcidx,
        end - first,
        explanation,
        assembly.code(explanation.prologue),
        assembly.code(explanation.overflow) if explanation.overflow else (),
        tuple(_lines(funcidx, (first, end), assembly, where)),
    )


def _lines(
    funcidx: int, body: tuple[int, int], assembly: _Assembly, where: TextMap | None
) -> Iterator[Line]:
    module, explanation = assembly.module, assembly.explanation
    depth = 0
    for ordinal, offset, op, immediates in instructions(module.data, *body):
        each = explanation.instructions[ordinal]
        closes = op.mnemonic in ("end", "else")
        depth -= closes
        ranges = tuple(_without(each.ranges, explanation.data))
        yield Line(
            each,
            instruction_text(module, op, immediates, funcidx),
            offset,
            None if where is None else where.place(funcidx, ordinal),
            max(0, depth),
            ranges,
            tuple(assembly.code(part) for part in ranges),
            explanation.micro[ordinal],
        )
        depth += op.mnemonic in BLOCK_OPENERS or op.mnemonic == "else"


def _without(
    ranges: tuple[tuple[int, int], ...], data: tuple[tuple[int, int], ...]
) -> Iterator[tuple[int, int]]:
    """`ranges` with `data` cut out of them; both are in order."""
    for start, end in ranges:
        at = start
        for low, high in data:
            if start <= low < end:
                yield at, low
                at = high
        if at < end:
            yield at, end


class _Assembly:
    """Disassembly of parts of one function, with what relocations refer to."""

    def __init__(
        self, module: Module, explanation: Explanation, syntax: Syntax
    ) -> None:
        self.module = module
        self.explanation = explanation
        self.syntax = syntax
        compiled = explanation.compiled
        self.bytes = compiled.artifact.code
        self.binding = struct.unpack(f"<{len(compiled.slot_kinds)}i", compiled.binding)
        self.relocs = {
            offset: (kind, slot)
            for offset, kind, slot, _ in struct.iter_unpack(
                "<4I", compiled.artifact.relocs
            )
        }

    def code(self, part: tuple[int, int]) -> tuple[Code, ...]:
        """Machine instructions of a byte range."""
        start, end = part
        found = disassemble(self.bytes[start:end], start, self.syntax)
        return tuple(self._one(each, start) for each in found)

    def _one(self, each: Instruction, start: int) -> Code:
        at = each.offset + start
        moved = Instruction(at, each.bytes, each.text, each.reads, each.writes)
        for field in range(at, at + len(each.bytes)):
            if field in self.relocs:
                return Code(moved, self._refers(*self.relocs[field]))
        return Code(moved)

    def _refers(self, kind: int, slot: int) -> str:
        space = self.explanation.compiled.slot_kinds[slot]
        name = SPACES[space].removesuffix("idx")
        what = (
            f"{name} {identifiers(self.module).ref(SPACES[space], self.binding[slot])}"
        )
        if kind == abi.RELOC_CELL:
            return f"cell of {what}"
        if kind == abi.RELOC_FUNCREF:
            return f"funcref of {what}"
        return f"index of {what}" if kind == abi.RELOC_INDEX else what
