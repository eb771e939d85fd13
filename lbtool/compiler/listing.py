"""What each wasm instruction of a function became, as records with text.

`listing` joins an explanation with the wasm text and the disassembly of the code. The
records are complete and know nothing of layout: ``listing_text`` makes aligned lines of
them, ``listing_json`` a document; an editor's hover takes single `Line` records.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from lbtool import abi
from lbtool.compiler.symbols import TRAP_LABELS, Labels, Relocations, context_fields
from lbtool.wasm.identifiers import identifiers
from lbtool.wasm.instruction_text import FuncNames, signature
from lbtool.wasm.instruction_text import text as wasm_text
from lbtool.wasm.instructions import BLOCK_OPENERS, instructions, local_decls
from lbtool.wasm.literals import f32, f64
from lbtool.x64.disassemble import disassemble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lbtool.compiler.explain import Explanation, InstructionExplanation
    from lbtool.wasm.module import Module
    from lbtool.x64.disassemble import Syntax

    Place = Callable[[int], tuple[int, int] | None]

__all__ = ["Code", "Datum", "Line", "Listing", "Part", "listing"]


@dataclass(frozen=True, slots=True)
class Code:
    """One machine instruction.

    offset  from the function's first byte
    bytes   as in the artifact: relocatable fields are zero
    text    with names for what they refer to
    refers  that name, None without a relocatable field
    target  offset that a direct jump goes to
    reads   memory accesses of one execution; writes likewise
    """

    offset: int
    bytes: bytes
    text: str
    refers: str | None
    target: int | None
    reads: int
    writes: int


@dataclass(frozen=True, slots=True)
class Part:
    """Contiguous code ``[start, end)``; `label` of a part out of line, else empty."""

    start: int
    end: int
    label: str
    code: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class Datum:
    """Bytes between or behind code: an entry of a jump table, a constant, padding.

    `label` is what the code calls it, empty for all but the first of a table.
    """

    offset: int
    bytes: bytes
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One wasm instruction.

    offset  of its opcode in the binary module
    place   line and column where the module is text, both from 1
    depth   nesting, for indentation
    parts   its code, the parts out of line last
    micro   its Microwasm operations
    """

    explanation: InstructionExplanation
    offset: int
    place: tuple[int, int] | None
    depth: int
    text: str
    parts: tuple[Part, ...]
    micro: tuple[str, ...]


@dataclass(frozen=True)
class Listing:
    """One function; `wasm_bytes` of its body, local declarations included."""

    module: Module
    funcidx: int
    wasm_bytes: int
    explanation: Explanation
    prologue: tuple[Part, ...]
    lines: tuple[Line, ...]
    data: tuple[Datum, ...]

    @property
    def name(self) -> str | None:
        """From the name section, an export or an import."""
        return self.module.func_name(self.funcidx)

    @property
    def type(self) -> str:
        """Signature in text format."""
        functype = self.module.func_type(self.funcidx)
        params = signature("param", functype.params)
        return (params + signature("result", functype.results)).strip()

    @property
    def code(self) -> bytes:
        """The machine code; relocatable fields are zero."""
        return self.explanation.compiled.artifact.code

    @property
    def frame_size(self) -> int:
        """Bytes that the prologue takes from the stack."""
        return self.explanation.compiled.artifact.frame_size

    @property
    def expansion(self) -> float:
        """Bytes of code for each byte of wasm."""
        return len(self.code) / self.wasm_bytes

    @cached_property
    def n_instructions(self) -> int:
        """Machine instructions, those out of line included."""
        parts = [*self.prologue, *(part for line in self.lines for part in line.parts)]
        return sum(len(part.code) for part in parts)


def listing(
    module: Module,
    funcidx: int,
    explanation: Explanation,
    syntax: Syntax = "intel",
    place: Place | None = None,
) -> Listing:
    """Text for an explained function; `place` finds an ordinal in its source text."""
    start, end = module.bodies[funcidx - module.n_imported_funcs]
    _, first = local_decls(module.data, start, end)
    assembly = _Assembly(module, explanation, syntax)
    prologue = [assembly.part(explanation.prologue)]
    if explanation.overflow is not None:
        prologue.append(assembly.part(explanation.overflow))
    return Listing(
        module,
        funcidx,
        end - start,
        explanation,
        tuple(prologue),
        tuple(_lines(funcidx, (first, end), assembly, place)),
        tuple(assembly.data()),
    )


def _lines(
    funcidx: int, body: tuple[int, int], assembly: _Assembly, place: Place | None
) -> Iterator[Line]:
    module, explanation = assembly.module, assembly.explanation
    ids = identifiers(module)
    names, labels = FuncNames(ids, funcidx), ids.labels(funcidx)
    names.labels.append(None)  # the function's own
    seen = depth = 0
    for ordinal, offset, op, immediates in instructions(module.data, *body):
        text = wasm_text(module, names, op, immediates)
        depth -= op.mnemonic in ("end", "else")
        if op.mnemonic == "end":
            names.labels.pop()
        if op.mnemonic in BLOCK_OPENERS:
            label = labels.get(seen)
            names.labels.append(label)
            seen += 1
            if label is not None:
                word, _, rest = text.partition(" ")
                text = f"{word} {label} {rest}".rstrip()
        yield Line(
            explanation.instructions[ordinal],
            offset,
            place(ordinal) if place else None,
            max(0, depth),
            text,
            tuple(map(assembly.part, explanation.instructions[ordinal].ranges)),
            explanation.micro[ordinal],
        )
        depth += op.mnemonic in BLOCK_OPENERS or op.mnemonic == "else"


class _Assembly:
    """Disassembly of one function, part by part."""

    def __init__(
        self, module: Module, explanation: Explanation, syntax: Syntax
    ) -> None:
        self.module = module
        self.explanation = explanation
        self.syntax = syntax
        artifact = explanation.compiled.artifact
        self.bytes = artifact.code
        self.relocations = Relocations(module, explanation.compiled)
        rows = struct.iter_unpack("<2I", artifact.sites)
        self.sites = {offset: what & 0xFF for offset, what in rows}
        self.stubs: dict[int, str] = {}
        self.tables = [each for each in explanation.data if not self._is_pool(each)]
        self.labels = Labels(list(self._parts()))

    def _is_pool(self, part: tuple[int, int]) -> bool:
        return part[0] >= self.explanation.body_end

    def _parts(self) -> Iterator[tuple[int, str]]:
        """Where something begins, and what it is called."""
        explanation = self.explanation
        start, end = explanation.prologue
        if start < end:
            yield start, "prologue"
        if explanation.overflow is not None:
            yield self._stub(explanation.overflow, "")
        before = {}
        for each in explanation.instructions:
            for start, end in each.ranges:
                before[end] = each.ordinal
                if start >= explanation.body_end:
                    yield self._stub((start, end), f"@{each.ordinal}")
                else:
                    yield start, f"@{each.ordinal}"
        for start, _ in self.tables:
            yield start, f"targets@{before[start]}"
        for number, start in enumerate(self._constants()):
            yield start, f"const:{number}"

    def _stub(self, part: tuple[int, int], of: str) -> tuple[int, str]:
        start, end = part
        trap = self.sites.get(end, abi.SITE_CALL)
        label = f"{TRAP_LABELS.get(trap, 'far')}{of}"
        self.stubs[start] = label
        return start, label

    def _constants(self) -> Iterator[int]:
        for start, end in filter(self._is_pool, self.explanation.data):
            yield from range((start + 7) & -8, end, 8)

    def part(self, part: tuple[int, int]) -> Part:
        """Machine instructions of a byte range."""
        start, end = part
        code = []
        for each in disassemble(self.relocations.marked[start:end], start, self.syntax):
            at = start + each.offset
            after = at + len(each.bytes)
            fields = self.relocations.fields
            field = next((i for i in range(at, after) if i in fields), None)
            text = each.text.replace(" ptr [", " [")
            target = None
            if field is not None:
                text = self.relocations.resolve(text)
            else:
                target = self.labels.target(text)
                text = self.labels.resolve(context_fields(text), after)
            refers = None if field is None else fields[field]
            data = self.bytes[at:after]
            code.append(Code(at, data, text, refers, target, each.reads, each.writes))
        return Part(start, end, self.stubs.get(start, ""), tuple(code))

    def data(self) -> Iterator[Datum]:
        """Everything that is not code, in order."""
        code = self.bytes
        for start, end in self.tables:
            label = self.labels.name(start)
            for at in range(start, end, 4):
                (distance,) = struct.unpack_from("<i", code, at)
                text = f"-> {self.labels.name(start + distance)}"
                yield Datum(at, code[at : at + 4], label if at == start else "", text)
        for start, end in filter(self._is_pool, self.explanation.data):
            pool = (start + 7) & -8
            if pool > start:
                yield Datum(start, code[start:pool], "", "padding")
            for at in range(pool, end, 8):
                text = _constant(code[at : at + 8])
                yield Datum(at, code[at : at + 8], self.labels.name(at), text)


def _constant(data: bytes) -> str:
    """An f32 where the upper half is zero, as no f64 that is not tiny has."""
    (bits,) = struct.unpack("<Q", data)
    return f"f64 {f64(bits)}" if bits >> 32 else f"f32 {f32(bits)}"
