"""What each wasm instruction of a function became, as records with text.

`listing` joins an explanation with the wasm text and the disassembly of the code. The
records are complete and know nothing of layout: ``listing_text`` makes aligned lines of
them, ``listing_json`` a document; an editor's hover takes single `Line` records.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from lbtool import abi
from lbtool.compiler.outline import Outline
from lbtool.compiler.symbols import TRAP_LABELS, Labels, Relocations, context_fields
from lbtool.on_demand import Made
from lbtool.wasm.identifiers import identifiers
from lbtool.wasm.instruction_text import FuncNames, signature, text
from lbtool.wasm.instructions import BLOCK_OPENERS, local_decls, read_instruction
from lbtool.wasm.literals import f32, f64
from lbtool.x64.disassemble import count_instructions, disassemble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lbtool.compiler.explain import Explanation, InstructionExplanation
    from lbtool.wasm.module import Module
    from lbtool.x64.disassemble import Syntax

    Place = Callable[[int], tuple[int, int] | None]

__all__ = ["Code", "Datum", "Line", "Listing", "Part", "listing"]


class Code(NamedTuple):
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


class Part(NamedTuple):
    """Contiguous code ``[start, end)``; `label` of a part out of line, else empty."""

    start: int
    end: int
    label: str
    code: tuple[Code, ...]


class Datum(NamedTuple):
    """Bytes between or behind code: an entry of a jump table, a constant, padding.

    `label` is what the code calls it, empty for all but the first of a table.
    """

    offset: int
    bytes: bytes
    label: str
    text: str


class Line(NamedTuple):
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
    assembly: _Assembly
    lines: Sequence[Line]

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
    def prologue(self) -> tuple[Part, ...]:
        """What is done before the first instruction, out of line what it may need."""
        parts = (self.explanation.prologue, self.explanation.overflow)
        return tuple(self.assembly.part(each) for each in parts if each is not None)

    @cached_property
    def data(self) -> tuple[Datum, ...]:
        """Everything that is not code, in order."""
        return tuple(self.assembly.data())

    @cached_property
    def n_instructions(self) -> int:
        """Machine instructions, those out of line included."""
        at = found = 0
        for start, end in (*self.explanation.data, (len(self.code),) * 2):
            found += count_instructions(self.code[at:start])
            at = end
        return found


def listing(
    module: Module,
    funcidx: int,
    explanation: Explanation,
    syntax: Syntax = "intel",
    place: Place | None = None,
) -> Listing:
    """Text for an explained function; `place` finds an ordinal in its source text.

    Lines are made when somebody asks for them.
    """
    body = module.bodies[funcidx - module.n_imported_funcs]
    assembly = _Assembly(module, explanation, syntax)
    source = _Source(module, funcidx, len(explanation.instructions))

    def line(ordinal: int) -> Line:
        each = explanation.instructions[ordinal]
        offset, depth, text = source.instruction(ordinal)
        return Line(
            each,
            offset,
            place(ordinal) if place else None,
            depth,
            text,
            tuple(map(assembly.part, each.ranges)),
            explanation.micro[ordinal],
        )

    lines = Made(len(explanation.instructions), line)
    return Listing(module, funcidx, body[1] - body[0], explanation, assembly, lines)


class _Source:
    """The wasm text of one function, instruction by instruction."""

    def __init__(self, module: Module, funcidx: int, n: int) -> None:
        self.module = module
        start, self.end = module.bodies[funcidx - module.n_imported_funcs]
        _, first = local_decls(module.data, start, self.end)
        outline = Outline(module.data, first, self.end, n)
        self.offset, self.block = memoryview(outline.offset), memoryview(outline.block)
        self.parent, self.depth = memoryview(outline.parent), memoryview(outline.depth)
        self.opened = memoryview(outline.opened)
        ids = identifiers(module)
        self.names, self.labels = FuncNames(ids, funcidx), ids.labels(funcidx)
        self.names.labels.append(None)  # the function's own
        self.inside = -1

    def instruction(self, ordinal: int) -> tuple[int, int, str]:
        """Offset in the module, depth for indentation, text."""
        offset, block = self.offset[ordinal], self.block[ordinal]
        op, immediates, _ = read_instruction(self.module.data, offset, self.end)
        if self.labels:
            self.enter(block)
        made = text(self.module, self.names, op, immediates)
        if op.mnemonic in BLOCK_OPENERS:
            label = self.labels.get(self.opened[ordinal])
            if label is not None:
                word, _, rest = made.partition(" ")
                made = f"{word} {label} {rest}".rstrip()
        depth = self.depth[block] + 1 if block >= 0 else 0
        return offset, max(0, depth - (op.mnemonic in ("end", "else"))), made

    def enter(self, block: int) -> None:
        """Have the names of the labels around a place in this block.

        From one line to the next this is one block more or less.
        """
        labels = self.names.labels
        if block >= 0 and self.parent[block] == self.inside:
            labels.append(self.labels.get(block))
        elif self.inside >= 0 and self.parent[self.inside] == block:
            labels.pop()
        elif block != self.inside:
            del labels[1:]
            each = block
            while each >= 0:
                labels.insert(1, self.labels.get(each))
                each = self.parent[each]
        self.inside = block


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
        sites = array("I", artifact.sites)
        self.site_at, self.site_what = sites[::2], sites[1::2]
        self.tables = [each for each in explanation.data if not self._is_pool(each)]
        others = dict(self._others())
        self.labels = Labels(explanation.pieces, self._piece, others)

    def _is_pool(self, part: tuple[int, int]) -> bool:
        return part[0] >= self.explanation.body_end

    def _others(self) -> Iterator[tuple[int, str]]:
        """Where something begins that is no instruction's, and what it is called."""
        explanation, pieces = self.explanation, self.explanation.pieces
        start, end = explanation.prologue
        if start < end:
            yield start, "prologue"
        if explanation.overflow is not None:
            yield explanation.overflow[0], self._stub(explanation.overflow[1])
        for start, _ in self.tables:
            yield start, f"targets@{pieces.owners[pieces.at(start)]}"
        for number, start in enumerate(self._constants()):
            yield start, f"const:{number}"

    def _piece(self, number: int) -> str:
        """What an instruction's code is called."""
        pieces = self.explanation.pieces
        label = f"@{pieces.owners[number]}"
        if pieces.starts[number] < self.explanation.body_end:
            return label
        return self._stub(pieces.ends[number]) + label

    def _stub(self, end: int) -> str:
        """What code out of line is called: after the trap that it ends with."""
        at = bisect_right(self.site_at, end) - 1
        known = at >= 0 and self.site_at[at] == end
        trap = self.site_what[at] & 0xFF if known else abi.SITE_CALL
        return TRAP_LABELS.get(trap, "far")

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
            refers = self.relocations.refers(at, after)
            text = each.text.replace(" ptr [", " [")
            target = None
            if refers is not None:
                text = self.relocations.resolve(text)
            else:
                target = self.labels.target(text)
                text = self.labels.resolve(context_fields(text), after)
            data = self.bytes[at:after]
            code.append(Code(at, data, text, refers, target, each.reads, each.writes))
        out_of_line = start >= self.explanation.body_end
        label = self.labels.name(start) if out_of_line else ""
        return Part(start, end, label, tuple(code))

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
