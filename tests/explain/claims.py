"""Explanations as something that can be checked: where to look, and what must be there.

A function's plan says for each wasm instruction at which code offset its state before
it is claimed, and turns every location into a `Claim` about a probe there. An
instruction without code is claimed at the next code. Not here: running, and what the
values are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lbtool.x64 import encodings as x64
from tests.explain.stack_types import stack_types
from tests.explain.stepper import Kind, Probe
from tests.reference.numeric import is_nan
from tests.reference.opcodes import CODE, EXTERNREF, F32, F64, FUNCREF, I32, I64

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lbtool.compiler.explain import Explanation, Location, State
    from tests.reference.binary import RawModule

LOW, ALL = 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF
NAMES = {
    I32: "i32",
    I64: "i64",
    F32: "f32",
    F64: "f64",
    FUNCREF: "ref",
    EXTERNREF: "ref",
}
CARRY, PARITY, ZERO, SIGN, OVERFLOW = (1 << bit for bit in (0, 2, 6, 7, 11))
END, GET = CODE["end"], CODE["local.get"]
LOCAL = (GET, CODE["local.set"], CODE["local.tee"])


def condition(cc: int, flags: int) -> bool:
    """A condition code of ``lbtool.x64.encodings`` (SDM volume 1, appendix B)."""
    equal, less = bool(flags & ZERO), bool(flags & SIGN) != bool(flags & OVERFLOW)
    if cc >= x64.CC_FEQ:
        same = equal and not flags & PARITY
        return same if cc == x64.CC_FEQ else not same
    holds = (
        bool(flags & OVERFLOW),
        bool(flags & CARRY),
        equal,
        bool(flags & CARRY) or equal,
        bool(flags & SIGN),
        bool(flags & PARITY),
        less,
        less or equal,
    )[cc >> 1]
    return holds != bool(cc & 1)


@dataclass(frozen=True, slots=True)
class Claim:
    """`index` of the stack or of the locals is what `probe` sees, or is `constant`.

    mask     bits that count; all of them in general-purpose registers: an i32 has zeros
             in its upper half there
    valtype  of the value, by the tests' own typing
    cc       condition code when the probe sees flags, else -1
    part     bits of the value that are claimed
    shift    of what the probe sees, to the left
    """

    kind: str
    on_stack: bool
    index: int
    probe: int
    mask: int
    valtype: int
    constant: int = 0
    cc: int = -1
    part: int = ALL
    shift: int = 0

    def holds(self, word: int, expected: int) -> bool:
        """Does the word that the probe saw stand for the number?"""
        if self.cc >= 0:
            return condition(self.cc, word) == bool(expected) and expected <= 1
        word = (word << self.shift) & self.mask
        if word == expected & self.part:
            return True
        if self.valtype not in (F32, F64):
            return False
        width = 32 if self.valtype == F32 else 64
        return (
            word <= (1 << width) - 1 and is_nan(word, width) and is_nan(expected, width)
        )

    def __str__(self) -> str:
        return f"{'stack' if self.on_stack else 'local'} {self.index} as {self.kind}"


@dataclass(slots=True)
class Checks:
    """Claims about one state; about locals that are `nowhere` there are none."""

    claims: list[Claim] = field(default_factory=list)
    nowhere: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """One function, by ordinal: where instructions begin and what is claimed there.

    `local` is the local that the instruction reads or writes, or -1.
    `after` is about the state after an instruction, only where it is not the same as
    the one before the next; it is claimed where the next begins.
    """

    funcidx: int
    ops: list[int]
    local: list[int]
    at: list[int] = field(default_factory=list)
    has_code: list[bool] = field(default_factory=list)
    before: list[Checks | None] = field(default_factory=list)
    after: list[Checks | None] = field(default_factory=list)
    same_after: list[bool] = field(default_factory=list)


class Planner:
    """Collects the points of a module's functions; `start` is added to every offset."""

    def __init__(self, module: RawModule) -> None:
        self.module = module
        self.points: dict[int, list[Probe]] = {}
        self.problems: list[str] = []

    def plan(self, funcidx: int, explanation: Explanation, start: int) -> Plan:
        types, local_types = stack_types(self.module, funcidx)
        imported = len(self.module.imported("func"))
        code = self.module.bodies[funcidx - imported].code
        plan = Plan(
            funcidx,
            [instr[0] for instr in code],
            [instr[1] if instr[0] in LOCAL else -1 for instr in code],
        )
        offsets, has_code = self.offsets(explanation)
        plan.has_code = has_code
        plan.at = [start + offset for offset in offsets]
        rows = explanation.instructions
        for i, row in enumerate(rows):
            if code[i][0] == GET and row.before is not None:
                where = row.before.locals[code[i][1]]
                if where.kind == "nowhere":
                    self.problems.append(f"{funcidx} {i}: a local is read from nowhere")
            plan.before.append(
                self.checks(row.before, types[i], local_types, plan.at[i])
            )
            following = rows[i + 1] if i + 1 < len(rows) else None
            same = following is None or row.after == following.before
            plan.same_after.append(same)
            after = None
            if following is not None and not same:
                after = self.checks(
                    row.after, types[i + 1], local_types, plan.at[i + 1]
                )
            plan.after.append(after)
        return plan

    def offsets(self, explanation: Explanation) -> tuple[list[int], list[bool]]:
        """Where each instruction begins; the ranges must tile the body's code."""
        at = explanation.prologue[1]
        data = {a: b for a, b in explanation.data if b <= explanation.body_end}
        offsets, has_code = [], []
        for row in explanation.instructions:
            inline = [r for r in row.ranges if r[0] < explanation.body_end]
            offsets.append(at)
            has_code.append(bool(inline))
            for first, last in inline:
                at = data.get(at, at)
                if first != at:
                    self.problems.append(f"{row.ordinal}: code at {first}, not {at}")
                at = last
            at = data.get(at, at)
            if bool(row.ranges) == (row.reason is not None):
                self.problems.append(f"{row.ordinal}: {row.ranges} and {row.reason}")
        if at != explanation.body_end:
            self.problems.append(f"body ends at {explanation.body_end}, not {at}")
        return offsets, has_code

    def checks(
        self,
        state: State | None,
        stack_types: Sequence[int] | None,
        local_types: Sequence[int],
        at: int,
    ) -> Checks | None:
        """What `state` claims at code offset `at`; None for an unreachable one."""
        if state is None:
            return None
        found = Checks()
        self.points.setdefault(at, [])
        if stack_types is None or len(stack_types) != len(state.stack):
            self.problems.append(
                f"at {at}: stack {state.stack}, should be {stack_types}"
            )
            return found
        for i, location in enumerate(state.stack):
            self.claim(found, state, location, (True, i, stack_types[i]), at)
        for i, location in enumerate(state.locals):
            self.claim(found, state, location, (False, i, local_types[i]), at)
        return found

    def claim(
        self,
        to: Checks,
        state: State,
        location: Location,
        what: tuple[bool, int, int],
        at: int,
    ) -> None:
        """Append the claims of one location."""
        on_stack, index, valtype = what
        if location.type != NAMES[valtype]:
            self.problems.append(f"at {at}: {what} is said to be {location.type}")
        kind = location.kind
        if kind == "local":
            location = state.locals[location.value]
            if not on_stack or location.kind == "local":
                self.problems.append(f"at {at}: {what} is {kind} {location}")
                return
        if location.kind == "nowhere":
            if on_stack:
                self.problems.append(f"at {at}: stack entry {index} is nowhere")
            else:
                to.nowhere.append(index)
            return
        mask = LOW if valtype in (I32, F32) else ALL
        if location.kind in ("constant", "zero"):
            value = location.value if location.kind == "constant" else 0
            if mask == LOW and value != value & LOW:
                self.problems.append(
                    f"at {at}: constant {value:#x} is no {location.type}"
                )
            claim = Claim(kind, on_stack, index, -1, ALL, valtype, value & ALL)
            to.claims.append(claim)
            return
        cc = location.value if location.kind == "flags" else -1
        for probe in probes_of(location):
            # invariant: in a general-purpose register an i32 has a clean upper half
            seen = ALL if probe[0] in (Kind.GPR, Kind.FLAGS) else mask
            part, shift = ALL, 0
            if location.kind == "byte":
                seen = part = 0xFF
            elif location.kind == "scaled":
                seen, shift = mask, location.also or 0
            number = self.probe(at, probe)
            to.claims.append(
                Claim(kind, on_stack, index, number, seen, valtype, 0, cc, part, shift)
            )

    def probe(self, at: int, probe: Probe) -> int:
        """Number of the probe among those of the point at `at`."""
        wanted = self.points.setdefault(at, [])
        if probe not in wanted:
            wanted.append(probe)
        return wanted.index(probe)


def probes_of(location: Location) -> list[Probe]:
    """Where a value that is somewhere in the machine can be seen."""
    value, also = location.value, location.also
    if location.kind == "memory":
        return [(Kind.STACK, -1, value)]
    if location.kind == "scaled":
        return [(Kind.GPR, value, 0)]
    if location.kind in ("load", "byte"):
        return [(Kind.HEAP, value, also or 0)]
    if location.kind == "flags":
        return [(Kind.FLAGS, -1, 0)]
    assert location.kind == "register", location
    found: list[Probe] = [
        (Kind.GPR, value, 0) if value < 16 else (Kind.XMM, value - 16, 0)
    ]
    if also is not None:
        found.append((Kind.STACK, -1, also))
    return found
