"""What became of each wasm instruction: code ranges, value locations, notes.

The generator is run step by step and looked at between the steps, so the bytes are
those of any other compilation. A state says where every operand-stack entry and every
local is at one point; an instruction has the state before and after it, or None where
the code is unreachable. Text for people (disassembly, tables) is made elsewhere from
these records.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from lbtool.abi import TRAP_STACK
from lbtool.compiler import codes
from lbtool.compiler.compile import FunctionCompiler, InternalError
from lbtool.compiler.env import ModuleEnv

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lbtool.compiler.artifact import CompiledFunction
    from lbtool.compiler.generator import Generator
    from lbtool.compiler.target import Target
    from lbtool.wasm.module import Module

__all__ = [
    "Explanation",
    "InstructionExplanation",
    "Location",
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


LocationKind = Literal[
    "constant",
    "register",
    "memory",
    "local",
    "load",
    "byte",
    "scaled",
    "flags",
    "zero",
    "nowhere",
]


@dataclass(frozen=True, slots=True)
class Location:
    """Where one value is.

    ==========  ==================================================================
    constant    `value` is the bits
    register    `value` is the register (0-15 general purpose, 16-31 xmm0-15); `also`
                is the displacement from rsp of a word with the same value, if not None
    memory      `value` is the displacement of its word from rsp
    local       a reference to local `value`, wherever that is
    load        not loaded yet: linear memory at register `value` (-1: none) + `also`
    byte        the same, a byte, with any sign: it is only going to be compared
    scaled      register `value` shifted left by `also`, by the addition to come
    flags       a condition code of ``lbtool.x64.encodings`` in the CPU flags
    zero        the initial zero of a local, nowhere yet
    nowhere     not initialised, dead, or about to be replaced
    ==========  ==================================================================

    `type` is that of the value: i32, i64, f32, f64 or ref.
    """

    kind: LocationKind
    value: int = 0
    also: int | None = None
    type: str = ""


INT3, JMP_REL8 = 0xCC, 0xEB
TYPE_NAMES = ("i32", "i64", "f32", "f64", "ref")  # by codes.T_*


@dataclass(frozen=True, slots=True)
class State:
    """Locations at one point: the operand stack (bottom first) and the locals."""

    stack: tuple[Location, ...]
    locals: tuple[Location, ...]


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
class Explanation:
    """A compiled function with one record per wasm instruction.

    prologue  byte range before the first instruction
    body_end  where out-of-line code begins
    overflow  byte range of the prologue's stub for an exhausted stack, None without
    data      byte ranges that are not code: jump tables, constants, padding
    spills    values that went to the frame because registers ran out
    micro     the Microwasm operations of each instruction, by ordinal
    """

    compiled: CompiledFunction
    instructions: tuple[InstructionExplanation, ...]
    prologue: tuple[int, int]
    body_end: int
    overflow: tuple[int, int] | None
    data: tuple[tuple[int, int], ...]
    spills: int
    micro: tuple[tuple[str, ...], ...]


class _Record:
    """An instruction while its function is being compiled."""

    def __init__(self, before: State | None) -> None:
        self.before = before
        self.after: State | None = None
        self.ranges: list[tuple[int, int]] = []
        self.notes = 0
        self.reason = Reason.DROPPED
        self.micro: list[str] = []


class _Recorder:
    """Runs a generator step by step and writes the records."""

    def __init__(self, generator: Generator) -> None:
        self.generator = generator
        self.values = generator.values
        self.records: dict[int, _Record] = {}
        self.initialised = self._initially_set()
        self.at_label: dict[int, tuple[bool, ...]] = {}
        self.branched: set[int] = set()  # labels that live code leads to
        self.start: State | None = None
        self.overflow: tuple[int, int] | None = None
        # what the locations of locals depend on, and what they were for it last
        self.local_facts: tuple[object, ...] = ()
        self.local_state: tuple[Location, ...] = ()

    # ---- locals that hold a value on every path, by the scan's own rule: what a block
    # sets is forgotten at the label that ends it; and so is, where paths meet, what is
    # not read any more, because the edges do not bring it

    def _initially_set(self) -> tuple[bool, ...]:
        function = self.generator.function
        return tuple(
            l < function.n_params or bool(function.local_needs_zero[l])
            for l in range(function.n_locals)
        )

    # ---- states

    def state(self) -> State | None:
        micro = self.generator.micro
        returned = micro.op == codes.M_LABEL and micro.a == 0
        if returned or not self.generator.driver.live:
            return None
        entries = tuple(self._entry(i) for i in range(self.values.sp))
        return State(entries, self._locals())

    def _locals(self) -> tuple[Location, ...]:
        """Locations of all locals; most instructions change none of them."""
        v = self.values
        facts = (
            *(v.pin_undef, v.pin_zero, v.pin_reg, v.pin_mem, v.overwritten),
            self.initialised,
        )
        if facts != self.local_facts:
            n = self.generator.function.n_locals
            self.local_facts = facts
            self.local_state = tuple(self._local(l) for l in range(n))
        return self.local_state

    def _entry(self, i: int) -> Location:
        values = self.values
        kind, imm = values.kind[i], values.imm[i]
        of = TYPE_NAMES[values.typ[i]]
        if kind == codes.K_CONST:
            return Location("constant", imm, type=of)
        if kind == codes.K_REG:
            return Location("register", values.reg[i], type=of)
        if kind == codes.K_SLOT:
            return Location("memory", values.stack_disp + 8 * i, type=of)
        if kind == codes.K_LOCAL:
            if imm == values.overwritten:
                return Location("memory", values.ldisp[imm], type=of)
            return Location("local", imm, type=of)
        if kind == codes.K_SCALED:
            return Location("scaled", values.reg[i], imm, type=of)
        if i == values.narrow:
            return Location("byte", values.reg[i], imm, type=of)
        if kind == codes.K_LOAD:
            return Location("load", values.reg[i], imm, type=of)
        return Location("flags", imm, type=of)

    def _local(self, l: int) -> Location:
        values, function = self.values, self.generator.function
        home, disp = values.home[l], values.ldisp[l]
        of = TYPE_NAMES[values.ltype[l]]
        nowhere = Location("nowhere", type=of)
        if (
            not self.initialised[l]
            or function.local_weight[l] == 0
            or l == values.overwritten
        ):
            return nowhere
        if home < 0:
            return Location("memory", disp, type=of)
        bit = 1 << home
        if values.pin_undef & bit:
            return nowhere
        if values.pin_zero & bit:
            return Location("zero", type=of)
        if values.pin_reg & bit:
            also = disp if values.pin_mem & bit else None
            return Location("register", home, also, type=of)
        return Location("memory", disp, type=of) if values.pin_mem & bit else nowhere

    # ---- the run

    def run(self) -> None:
        generator = self.generator
        generator.begin()
        self.start = state = self.state()
        while True:
            at = generator.asm.n
            if not generator.step():
                break
            record = self.records.setdefault(self.values.here, _Record(state))
            self._track_locals()
            record.after = state = self.state()
            record.notes |= self.values.notes
            record.micro.append(self._micro_text())
            if generator.asm.n != at:
                record.ranges.append((at, generator.asm.n))
            record.reason = self._reason()
        self.end = generator.asm.n
        if generator.finish() != codes.OK:
            raise InternalError("a buffer overflowed while explaining")
        self._out_of_line()

    def _track_locals(self) -> None:
        micro = self.generator.micro
        op, label = micro.op, micro.a
        if op in (codes.M_SET, codes.M_TEE):
            self._initialise(micro.a)
        elif op in (codes.M_FENCE, codes.M_UNLESS):
            self.at_label[label] = self.initialised
            if op == codes.M_UNLESS:
                self.branched.add(label)
                self.at_label[micro.c] = self.at_label[label]
        elif op in (codes.M_JUMP, codes.M_BRANCH):
            self.branched.add(label)
        elif op == codes.M_TABLE:
            self.branched.update(micro.targets[: micro.a + 1])
        elif (op == codes.M_LABEL and label in self.branched) or op in (
            codes.M_ENDIF,
            codes.M_LOOP,
        ):
            known = self.at_label.get(label, self.initialised)
            last_use = self.generator.function.local_last_use
            self.initialised = tuple(
                is_set and last_use[l] > micro.ordinal for l, is_set in enumerate(known)
            )

    def _initialise(self, l: int) -> None:
        known = self.initialised
        if not known[l]:
            self.initialised = (*known[:l], True, *known[l + 1 :])

    def _micro_text(self) -> str:
        micro = self.generator.micro
        name = codes.MICRO_NAMES[micro.op]
        if micro.op in (
            codes.M_FENCE,
            codes.M_LOOP,
            codes.M_LABEL,
            codes.M_JUMP,
            codes.M_BRANCH,
        ):
            return f"{name} L{micro.a}"
        if micro.op == codes.M_UNLESS:
            return f"{name} L{micro.a} end L{micro.c}"
        if micro.op == codes.M_ENDIF:
            return f"{name} L{micro.a} else L{micro.b}"
        if micro.op == codes.M_TABLE:
            targets = " ".join(f"L{micro.targets[i]}" for i in range(micro.a + 1))
            return f"{name} {targets}"
        if micro.op in (codes.M_PICK, codes.M_SET, codes.M_TEE):
            return f"{name} {micro.a}"
        if micro.op == codes.M_CONST:
            return f"{name} {micro.imm:#x}"
        if codes.M_CALL <= micro.op <= codes.M_REF_FUNC and micro.op not in (
            codes.M_DROP,
            codes.M_SELECT,
        ):
            return f"{name} slot {micro.a}"
        return name

    def _reason(self) -> Reason:
        micro = self.generator.micro
        op = micro.op
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
            home = self.values.home[micro.a]
            zero = home >= 0 and self.values.pin_zero >> home & 1
            return Reason.VIRTUAL_ZERO if zero else Reason.SETTLED
        if op in (codes.M_REINTERPRET, codes.M_EXTEND_U, codes.M_WRAP):
            return Reason.RETYPED
        return Reason.DROPPED

    def _out_of_line(self) -> None:
        """Trap stubs and far calls belong to the instructions that need them.

        The stub for an exhausted stack is the prologue's.
        """
        generator, end = self.generator, self.end
        calls, tables = generator.calls, generator.tables
        starts = [
            (calls.far_patch[i], calls.far_ordinal[i]) for i in range(calls.n_far)
        ]
        starts += [
            (tables.trap_patch[i], tables.trap_ordinal[i])
            for i in range(tables.n_traps)
        ]
        self.stub_end = end
        if not starts:
            return
        if tables.n_traps:
            self.stub_end = tables.sites[2 * tables.n_sites - 2]
        else:
            self.stub_end = self._without_padding(generator.asm.n - 8 * tables.n_pool)
        overflow = -1
        if tables.n_traps and tables.trap_code[0] == TRAP_STACK:
            overflow = tables.trap_patch[0]
        ends = [*(start for start, _ in starts[1:]), self.stub_end]
        for (start, ordinal), stop in zip(starts, ends, strict=True):
            if start == overflow:
                self.overflow = (start, stop)
                continue
            self.records.setdefault(ordinal, _Record(None)).ranges.append((start, stop))

    def _without_padding(self, at: int) -> int:
        """Where the last far call in front of constants ends: with a backward jump."""
        code = self.generator.asm.buf
        while code[at - 1] == INT3:
            at -= 1
        return at + 1 if code[at - 1] == JMP_REL8 else at

    def data(self) -> tuple[tuple[int, int], ...]:
        """Jump tables, and what is behind all code."""
        driver, n = self.generator.driver, self.generator.asm.n
        found = [
            (driver.data[2 * i], driver.data[2 * i + 1]) for i in range(driver.n_data)
        ]
        if self.stub_end < n:
            found.append((self.stub_end, n))
        return tuple(found)


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
    recorder = _Recorder(generator)
    prologue_end = _prologue_end(generator)
    recorder.run()
    if bytes(generator.asm.buf[: generator.asm.n]) != compiled.artifact.code:
        raise InternalError("explaining changed the code")
    data = recorder.data()
    instructions, micro = [], []
    state = recorder.start
    for ordinal in range(generator.function.n_instr):
        record = recorder.records.get(ordinal)
        if record is None:
            # nothing was done: a marker in live code, or dead code
            reason = Reason.UNREACHABLE if state is None else Reason.STRUCTURE
            instructions.append(
                InstructionExplanation(ordinal, (), reason, (), state, state)
            )
        else:
            instructions.append(_instruction(ordinal, record, recorder.end, data))
            state = record.after
        micro.append(tuple(record.micro) if record else ())
    return Explanation(
        compiled,
        tuple(instructions),
        (0, prologue_end),
        recorder.end,
        recorder.overflow,
        data,
        generator.values.spills,
        tuple(micro),
    )


def _prologue_end(generator: Generator) -> int:
    generator.begin()
    return int(generator.asm.n)


def _instruction(
    ordinal: int, record: _Record, body_end: int, data: tuple[tuple[int, int], ...]
) -> InstructionExplanation:
    notes = tuple(
        name for bit, name in enumerate(codes.NOTE_NAMES) if record.notes >> bit & 1
    )
    ranges = tuple(_code_only(record.ranges, body_end, data))
    reason = None if ranges else record.reason
    return InstructionExplanation(
        ordinal, ranges, reason, notes, record.before, record.after
    )


def _code_only(
    ranges: list[tuple[int, int]], body_end: int, data: tuple[tuple[int, int], ...]
) -> Iterator[tuple[int, int]]:
    """Ranges without the jump tables in them; neighbours in line become one."""
    pieces: list[tuple[int, int]] = []
    for start, end in ranges:
        at = start
        for first, last in data:
            if at <= first < end:
                pieces.append((at, first))
                at = last
        pieces.append((at, end))
    whole: list[tuple[int, int]] = []
    for start, end in pieces:
        if whole and whole[-1][1] == start < body_end:
            whole[-1] = (whole[-1][0], end)
        elif start < end:
            whole.append((start, end))
    yield from whole
