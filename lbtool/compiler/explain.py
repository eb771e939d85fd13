"""What became of each wasm instruction: code ranges, value locations, notes.

``recording`` runs the generator and writes down what changes with each step; of that
the record of an instruction is made when somebody asks for it. A state says where every
operand-stack entry and every local is at one point (``states``); an instruction has the
state before and after it, or None where the code is unreachable. Text for people
(disassembly, tables) is made elsewhere from these records.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from lbtool.abi import TRAP_STACK
from lbtool.compiler import codes
from lbtool.compiler.compile import FunctionCompiler, InternalError
from lbtool.compiler.env import ModuleEnv
from lbtool.compiler.recording import Recording
from lbtool.compiler.states import Location, State, States
from lbtool.on_demand import Made

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lbtool.compiler.artifact import CompiledFunction
    from lbtool.compiler.generator import Generator
    from lbtool.compiler.target import Target
    from lbtool.wasm.module import Module

__all__ = [
    "Explanation",
    "InstructionExplanation",
    "Location",
    "Pieces",
    "Reason",
    "State",
    "explain_function",
]


class Reason(StrEnum):
    """Why an instruction has no code of its own: the closed list."""

    STRUCTURE = "only structure"
    UNREACHABLE = "unreachable"
    IMMEDIATE = "constant, used where it is consumed"
    IN_PLACE = "local, read where it lives"
    DEFERRED = "load, done by the instruction that consumes it"
    INVERTED = "condition inverted"
    SETTLED = "value is already where it belongs"
    VIRTUAL_ZERO = "local is a known zero"
    RETYPED = "same bits, other type"
    DROPPED = "nothing to do"


INT3, JMP_REL8 = 0xCC, 0xEB


@dataclass(frozen=True, slots=True)
class InstructionExplanation:
    """One wasm instruction.

    ordinal   its number in the body, 0 first; every opcode counts
    ranges    half-open byte ranges of its code, ascending; those at or behind the
              explanation's `body_end` are out of line, one range for each stub
    reason    why `ranges` is empty, else None
    notes     from ``codes.NOTE_NAMES``
    before    state at the start of its code, after: at the end; None: nothing gets
              there, as behind a branch or behind the function's last return
    """

    ordinal: int
    ranges: tuple[tuple[int, int], ...]
    reason: Reason | None
    notes: tuple[str, ...]
    before: State | None
    after: State | None


@dataclass(frozen=True, slots=True)
class Pieces:
    """Code of instructions by its place, in line first, without jump tables.

    `starts` ascend; `owners` are the ordinals of the instructions.
    """

    starts: Sequence[int]
    ends: Sequence[int]
    owners: Sequence[int]

    def at(self, offset: int) -> int:
        """The last one that begins there or before, -1 without."""
        return bisect_right(self.starts, offset) - 1


@dataclass(frozen=True, slots=True)
class Explanation:
    """A compiled function with one record per wasm instruction.

    prologue  byte range before the first instruction
    body_end  where out-of-line code begins
    overflow  byte range of the prologue's stub for an exhausted stack, None without
    data      byte ranges that are not code: jump tables, constants, padding
    spills    values that went to the frame because registers ran out
    micro     the Microwasm operations of each instruction, by ordinal
    pieces    the ranges of all instructions
    work      steps that looking on took
    """

    compiled: CompiledFunction
    instructions: Sequence[InstructionExplanation]
    prologue: tuple[int, int]
    body_end: int
    overflow: tuple[int, int] | None
    data: tuple[tuple[int, int], ...]
    spills: int
    micro: Sequence[tuple[str, ...]]
    pieces: Pieces
    work: int


class _Instructions:
    """Makes the records of instructions from a recording."""

    def __init__(self, made: Recording, stubs: list[tuple[int, int, int]]) -> None:
        self.states = States(made)
        self.op, self.a, self.b = (memoryview(x) for x in (made.op, made.a, made.b))
        self.imm, self.notes = memoryview(made.imm), memoryview(made.notes)
        self.first, self.targets = memoryview(made.first), memoryview(made.targets)
        self.n_inline = made.n_pieces
        self.stubs: dict[int, list[tuple[int, int]]] = {}
        for start, end, ordinal in stubs:
            self.stubs.setdefault(ordinal, []).append((start, end))
        columns = []
        for number, column in enumerate((made.start, made.end, made.owner)):
            columns.append(array("i", memoryview(column)[: made.n_pieces]))
            columns[-1].extend(stub[number] for stub in stubs)
        self.pieces = Pieces(*columns)

    def instruction(self, ordinal: int) -> InstructionExplanation:
        """What became of it; a marker in live code, and dead code, have no steps."""
        start, stop = self.first[ordinal], self.first[ordinal + 1]
        before, after = self.states.at(start), self.states.at(stop)
        ranges = (*self._inline(ordinal), *self.stubs.get(ordinal, ()))
        reason = None
        if not ranges and start == stop:
            reason = Reason.UNREACHABLE if before is None else Reason.STRUCTURE
        elif not ranges:
            reason = self._reason(stop - 1)
        bits = 0
        for step in range(start, stop):
            bits |= self.notes[step]
        return InstructionExplanation(
            ordinal, ranges, reason, _notes(bits), before, after
        )

    def _inline(self, ordinal: int) -> Iterator[tuple[int, int]]:
        pieces, n = self.pieces, self.n_inline
        at = bisect_left(pieces.owners, ordinal, 0, n)
        while at < n and pieces.owners[at] == ordinal:
            yield pieces.starts[at], pieces.ends[at]
            at += 1

    def micro(self, ordinal: int) -> tuple[str, ...]:
        """Its Microwasm operations."""
        return tuple(map(self._text, range(*self.first[ordinal : ordinal + 2])))

    def _text(self, step: int) -> str:
        op, a, b = self.op[step], self.a[step], self.b[step]
        name = codes.MICRO_NAMES[op]
        if op in (
            codes.M_FENCE,
            codes.M_LOOP,
            codes.M_LABEL,
            codes.M_JUMP,
            codes.M_BRANCH,
        ):
            return f"{name} L{a}"
        if op == codes.M_UNLESS:
            return f"{name} L{a} end L{b}"
        if op == codes.M_ENDIF:
            return f"{name} L{a} else L{b}"
        if op == codes.M_TABLE:
            targets = " ".join(f"L{each}" for each in self.targets[b : b + a + 1])
            return f"{name} {targets}"
        if op in (codes.M_PICK, codes.M_SET, codes.M_TEE):
            return f"{name} {a}"
        if op == codes.M_CONST:
            return f"{name} {self.imm[step]:#x}"
        if codes.M_CALL <= op <= codes.M_REF_FUNC and op not in (
            codes.M_DROP,
            codes.M_SELECT,
        ):
            return f"{name} slot {a}"
        return name

    def _reason(self, step: int) -> Reason:
        op = self.op[step]
        if op <= codes.M_TABLE:
            return Reason.STRUCTURE
        if op == codes.M_CONST:
            return Reason.IMMEDIATE
        if op == codes.M_PICK:
            return Reason.IN_PLACE
        if op == codes.M_LOAD:
            return Reason.DEFERRED
        if op == codes.M_EQZ:
            return Reason.INVERTED
        if op in (codes.M_SET, codes.M_TEE):
            return Reason.VIRTUAL_ZERO if self.b[step] else Reason.SETTLED
        if op in (codes.M_REINTERPRET, codes.M_EXTEND_U, codes.M_WRAP):
            return Reason.RETYPED
        return Reason.DROPPED


@cache
def _notes(bits: int) -> tuple[str, ...]:
    return tuple(name for bit, name in enumerate(codes.NOTE_NAMES) if bits >> bit & 1)


def explain_function(
    module: Module,
    funcidx: int,
    target: Target,
    compiler: FunctionCompiler | None = None,
) -> Explanation:
    """Compile a defined function again and say what became of each instruction.

    `compiler` of the same module and target saves making one for each function. Raises
    the function's `ModuleError` when it does not validate or is not supported.
    """
    compiler = compiler or FunctionCompiler(ModuleEnv(module, target.profile), target)
    compiled = compiler.compile(module, funcidx)  # also grows every buffer to fit
    generator = compiler.generator
    made = Recording(generator)
    if made.run() != codes.OK:
        raise InternalError("a buffer overflowed while explaining")
    if generator.artifact().code != compiled.artifact.code:
        raise InternalError("explaining changed the code")
    stubs, end = _out_of_line(generator, made.body_end)
    overflow = None
    if generator.tables.n_traps and generator.tables.trap_code[0] == TRAP_STACK:
        # the stub for an exhausted stack is the prologue's
        at = generator.tables.trap_patch[0]
        overflow = next((start, stop) for start, stop, _ in stubs if start == at)
        stubs = [each for each in stubs if each[0] != at]
    rows = _Instructions(made, stubs)
    n = generator.function.n_instr
    return Explanation(
        compiled,
        Made(n, rows.instruction),
        (0, made.prologue),
        made.body_end,
        overflow,
        tuple(_data(generator, end)),
        generator.values.spills,
        Made(n, rows.micro),
        rows.pieces,
        made.work,
    )


def _out_of_line(
    generator: Generator, body_end: int
) -> tuple[list[tuple[int, int, int]], int]:
    """Far calls and trap stubs, with the instructions that need them; their end."""
    calls, tables = generator.calls, generator.tables
    n, m = calls.n_far, tables.n_traps
    starts = [*calls.far_patch[:n], *tables.trap_patch[:m]]
    ordinals = [*calls.far_ordinal[:n], *tables.trap_ordinal[:m]]
    end = body_end
    if m:
        end = tables.sites[2 * tables.n_sites - 2]
    elif n:
        code = generator.asm.buf
        end = _without_padding(code, generator.asm.n - 8 * tables.n_pool)
    return list(zip(starts, [*starts[1:], end], ordinals, strict=False)), end


def _without_padding(code: Sequence[int], at: int) -> int:
    """Where the last far call in front of constants ends: with a backward jump."""
    while code[at - 1] == INT3:
        at -= 1
    return at + 1 if code[at - 1] == JMP_REL8 else at


def _data(generator: Generator, end: int) -> Iterator[tuple[int, int]]:
    """Jump tables, and what is behind all code."""
    driver, n = generator.driver, generator.asm.n
    for i in range(driver.n_data):
        yield driver.data[2 * i], driver.data[2 * i + 1]
    if end < n:
        yield end, n
