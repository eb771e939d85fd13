"""The code generator of one function: the pipeline from Microwasm to bytes, in one
loop.

    Microwasm.next -> Driver (control) or selector (straight-line) -> Values -> x64

`begin`, `step` until it answers 0, `finish`; `run` is the three of them without the
GIL. Between steps everything can be looked at, which is all that explaining takes:
there is one code path, so the bytes are the same with and without it.
"""

from __future__ import annotations

from typing import Any

import cython

from lbtool.compiler.ahead import Ahead
from lbtool.compiler.artifact import Artifact
from lbtool.compiler.driver import Driver
from lbtool.compiler.frame import Frame
from lbtool.compiler.microwasm import Microwasm
from lbtool.compiler.moves import Mover
from lbtool.compiler.select_bulk import BulkSelect
from lbtool.compiler.select_call import CallSelect
from lbtool.compiler.select_condition import ConditionSelect
from lbtool.compiler.select_float import FloatSelect
from lbtool.compiler.select_int import IntSelect
from lbtool.compiler.select_memory import MemorySelect
from lbtool.compiler.select_product import ProductSelect
from lbtool.compiler.tables import Tables
from lbtool.compiler.values import Values
from lbtool.x64.assembler import Assembler

if not cython.compiled:
    from lbtool.abi import *  # noqa: F403
    from lbtool.compiler.codes import *  # noqa: F403
    from lbtool.compiler.lowering import (
        OP_A,
        OP_B,
        OP_R,
        OP_T,
        OP_W,
        TYPE_CODE,
    )
    from lbtool.x64.encodings import *  # noqa: F403


class Generator:
    """Buffers and stages of code generation; one per thread, reused."""

    def __init__(self, target: Any) -> None:
        self.function: Any = None
        self.asm = Assembler()
        self.tables = Tables(self.asm)
        self.values = Values(self.asm, self.tables)
        self.mover = Mover(self.values)
        self.micro = Microwasm()
        self.ints = IntSelect(self.values, self.tables)
        self.products = ProductSelect(self.values, self.tables)
        self.conditions = ConditionSelect(self.values)
        self.floats = FloatSelect(self.values, self.tables)
        self.memory = MemorySelect(self.values, self.tables)
        self.bulk = BulkSelect(self.values, self.memory)
        self.calls = CallSelect(self.values, self.tables, self.mover, self.memory)
        self.ahead = Ahead(self.micro, self.values, self.calls)
        self.reach = REACH
        self.frame = Frame(self.values, self.tables, self.mover, self.calls)
        self.driver = Driver(self.micro, self.mover, self.conditions, self.calls)
        self.configure(target)

    def configure(self, target: Any) -> None:
        """Apply a `Target`: registers, CPU features, options."""
        self.values.gprs = target.gprs
        self.values.xmms = target.xmms << 16
        self.ints.has_lzcnt = target.has("lzcnt")
        self.ints.has_tzcnt = target.has("bmi1")
        self.values.off = target.switches
        self.values.vex = VEX if target.has("avx") and "vex" not in target.off else 0
        self.asm.long_only = "short" in target.off
        self.reach = 0 if self.asm.long_only else REACH
        self.memory.explicit_bounds = (
            target.bounds == "explicit" or "guard" in target.off
        )
        self.frame.max_gpr_pins, self.frame.max_xmm_pins = target.pins

    def open(self, function: Any) -> None:
        """Fit every buffer to a scanned function (with the GIL held)."""
        self.function = function
        self.fresh(function)
        self.values.fit(function.max_depth + 40, function.n_locals)
        self.micro.open(function)
        self.driver.open(function)
        self.calls.open(function)
        self.frame.open(function)

    def reserve(self, body: int) -> None:
        """Room for the code of a body of this many bytes, by experience; see `grow`."""
        self.asm.fit(6 * body, body // 4)
        self.tables.fit(body // 4)

    def fits(self, function: Any) -> int:
        """Is this the opened function's object, and do the buffers suffice for it?"""
        return (
            function is self.function
            and function.max_depth + 40 <= self.values.cap
            and function.n_locals <= self.values.cap_locals
            and function.n_labels + 2 <= self.micro.cap
            and function.body_len <= self.micro.cap_targets
            and 2 * function.n_labels + 4 <= self.driver.cap_labels
            and 2 * function.n_labels + 4 <= self.driver.cap_edges
            and function.n_params <= self.frame.cap_arrival
        )

    def fresh(self, function: Any) -> int:
        """Nothing is known yet about this function, which is compiled next.

        One jump that is too short compiles all of it again: the more labels, the less
        is risked.
        """
        self.driver.reach = min(self.reach, ALL_REACH // (1 + function.n_labels))
        return 0

    def overflowed(self) -> bool:
        """Did the last run stop for want of room? Its bytes are worthless."""
        return self.asm.overflow != 0

    def grow(self) -> None:
        """After RESTART: double what overflowed."""
        if self.asm.overflow & OVER_CODE:
            self.asm.grow()
        if self.asm.overflow & OVER_TABLES:
            self.tables.grow()
        if self.asm.overflow & OVER_LABELS:
            self.driver.fit_args(self.driver.cap_args + 1)
        if self.asm.overflow & OVER_CALLS:
            self.calls.grow()
        if self.asm.overflow & OVER_SHORT:
            self.driver.reach = 0

    def artifact(self) -> Artifact:
        """What the last run made."""
        return Artifact(
            bytes(self.asm.buf[: self.asm.n]),
            self.driver.frame_size,
            bytes(self.tables.relocs[: 4 * self.tables.n_relocs]),
            bytes(self.tables.sites[: 2 * self.tables.n_sites]),
        )

    # ------------------------------------------------------------------ the pipeline
    def run(self) -> int:
        """Compile the opened function; OK, RESTART or INTERNAL."""
        self.begin()
        while self.step():
            pass
        return self.finish()

    def begin(self) -> int:
        self.asm.reset()
        self.tables.reset()
        self.calls.n_far = 0
        self.values.failed = self.values.spills = self.values.notes = 0
        self.values.here = self.values.work = 0
        self.values.overwritten = self.values.narrow = -1
        self.values.pin_const = 0
        self.values.begin_counts()
        self.memory.memory_slot = self.function.memory0_slot
        self.values.zf_end = -1
        self.micro.begin()
        self.driver.begin()
        self.frame.plan()
        self.frame.prologue()
        self.driver.frame_size = 0 if self.frame.leaf else self.frame.size
        return self.driver.function_label(0, self.frame.stack_args)

    def step(self) -> int:
        """One Microwasm operation; 0 at the end of the function."""
        op = self.micro.next()
        if op == M_END or self.asm.overflow != 0:
            return 0
        self.values.here = self.micro.ordinal
        self.values.locked = 0
        self.values.notes = 0
        self.values.work += 1
        if op <= M_TABLE:
            self.control(op)
        elif op <= M_CONST:
            self.variables(op)
        elif op == M_LOAD:
            self.load(self.micro.row, self.ahead.hint(op))
        elif op == M_STORE:
            row = self.micro.row
            self.memory.store(
                OP_A[row], OP_B[row], OP_T[row], OP_W[row], self.micro.imm
            )
        elif op <= M_WRAP:
            self.numeric(op, self.micro.row, self.ahead.hint(op))
        else:
            self.floating(op, self.micro.row, self.ahead.hint(op))
        return 1

    def finish(self) -> int:
        """Out-of-line code and constants; OK, or RESTART after an overflow."""
        if self.overflowed():
            return RESTART
        self.calls.far_calls()
        self.tables.finish()
        self.values.counts[OPT_SHORT] = self.asm.shorts
        if self.overflowed():
            return RESTART
        return INTERNAL if self.values.failed else OK

    # ------------------------------------------------------------------ operations
    def control(self, op: int) -> int:
        a = self.micro.a
        if op == M_BRANCH:
            self.driver.branch(a)
        elif op == M_FENCE:
            self.driver.fence(a, self.micro.b)
        elif op == M_LABEL:
            self.driver.label(a)
        elif op == M_JUMP:
            self.driver.jump(a)
        elif op == M_UNLESS:
            self.driver.unless(a, self.micro.b, self.micro.c)
        elif op == M_ENDIF:
            self.driver.endif(a, self.micro.b)
        elif op == M_LOOP:
            self.driver.loop(a, self.micro.b, self.micro.c)
        elif op == M_TABLE:
            self.driver.table(a)
        elif op == M_TRAP:
            self.trap()
        return 0

    def variables(self, op: int) -> int:
        a = self.micro.a
        if op == M_PICK:
            self.values.push_local(a)
        elif op == M_SET:
            self.values.set_local(a, self.values.pop(), False)
        elif op == M_TEE:
            self.values.set_local(a, self.values.pop(), True)
        elif op == M_CONST:
            self.values.push(K_CONST, a, self.micro.imm)
        elif op == M_CALL:
            self.calls.call(a)
        elif op == M_CALL_INDIRECT:
            self.calls.call_indirect(a, self.micro.b)
        elif op == M_DROP:
            self.drop()
        elif op == M_SELECT:
            self.conditions.select(self.ahead.hint(op))
        elif op == M_GLOBAL_GET:
            self.memory.global_get(
                a,
                TYPE_CODE[self.function.slot_type[a]],
                self.function.slot_flags[a] & SLOT_IMPORTED != 0,
                self.ahead.hint(op),
            )
        elif op == M_GLOBAL_SET:
            self.memory.global_set(
                a,
                TYPE_CODE[self.function.slot_type[a]],
                self.function.slot_flags[a] & SLOT_IMPORTED != 0,
            )
        elif op == M_MEMORY_SIZE:
            self.memory.size(a, self.ahead.hint(op))
        elif op == M_LIBCALL:
            self.library(self.micro.row)
        elif op == M_TABLE_GET:
            self.memory.table_get(a)
        elif op == M_TABLE_SET:
            self.memory.table_set(a)
        elif op == M_TABLE_SIZE:
            self.memory.table_size(a)
        elif op == M_REF_FUNC:
            self.memory.ref_func(a)
        return 0

    def library(self, row: int) -> int:
        """A runtime routine, unless it is simpler than its call."""
        a = self.micro.a
        b = self.micro.b
        which = OP_A[row]
        if which == LIB_MEMORY_COPY and self.bulk.copy(a, b):
            return 0
        if which == LIB_MEMORY_FILL and self.bulk.fill(a):
            return 0
        return self.calls.library(which, OP_B[row], OP_R[row], a, b)

    def numeric(self, op: int, row: int, hint: int) -> int:
        t = OP_T[row]
        a = OP_A[row]
        if op == M_BINARY:
            if OP_B[row] == EXT_AND and self.ahead.tests(t):
                self.conditions.test(t)
            elif not self.ints.in_place(a, OP_B[row], t, self.ahead.word()):
                self.ints.binary(a, OP_B[row], t, hint)
        elif op == M_COMPARE:
            if self.ahead.consumes_flags():
                self.conditions.compare(a, t)
            else:
                self.conditions.compare_value(a, t, hint)
        elif op == M_EQZ:
            if self.ahead.consumes_flags():
                self.conditions.eqz(t)
            else:
                self.conditions.eqz_value(t, hint)
        elif op == M_SHIFT:
            if a != EXT_SHL or not self.ahead.adds(t) or not self.ints.scale(t):
                self.ints.shift(a, t, hint)
        elif op == M_MUL:
            self.products.mul(t, hint)
        elif op == M_EXTEND:
            self.ints.extend(a, t, OP_R[row], hint)
        elif op == M_EXTEND_U:
            self.ints.extend_u()
        elif op == M_WRAP:
            self.ints.wrap(hint)
        elif op == M_COUNT:
            self.ints.count(a, t, hint)
        elif op == M_DIVIDE:
            self.products.divide(a, OP_B[row], t, hint)
        return 0

    def floating(self, op: int, row: int, hint: int) -> int:
        t = OP_T[row]
        r = OP_R[row]
        a = OP_A[row]
        if op == M_FBINARY:
            self.floats.binary(a, OP_B[row], t, hint)
        elif op == M_FCOMPARE:
            self.floats.compare(a, OP_B[row], t)
            if not self.ahead.consumes_flags():
                self.conditions.materialise(hint)
        elif op == M_FROM_INT:
            self.floats.from_int(a, t, r, hint)
        elif op == M_TRUNCATE:
            self.floats.truncate(a, OP_B[row], t, r)
        elif op == M_FUNARY:
            self.floats.unary(a, t, r, hint)
        elif op == M_FSIGN:
            self.floats.sign(a, t, hint)
        elif op == M_FMINMAX:
            self.floats.min_max(a, t, hint)
        elif op == M_FROUND:
            self.floats.rounded(a, t, hint)
        elif op == M_COPYSIGN:
            self.floats.copysign(t, hint)
        elif op == M_REINTERPRET:
            self.floats.reinterpret(r, hint)
        return 0

    def load(self, row: int, hint: int) -> int:
        """A full-width load may wait for its consumer; one that sets a local need
        not. A byte may wait for a comparison."""
        t = OP_T[row]
        if (row == 0x2C or row == 0x2D) and self.ahead.compares_byte(row == 0x2C):
            self.memory.load(
                OP_A[row], OP_B[row], t, OP_W[row], self.micro.imm, True, -1
            )
            if self.values.pending >= 0:
                self.values.narrow = self.values.pending
            return 0
        return self.memory.load(
            OP_A[row],
            OP_B[row],
            t,
            OP_W[row],
            self.micro.imm,
            hint < 0 and row <= 0x2B,
            hint,
        )

    def drop(self) -> int:
        """A dropped load still traps."""
        self.values.force_pending()
        return self.values.forget(self.values.pop())

    def trap(self) -> int:
        """unreachable: call the trap entry right here."""
        self.values.force_pending()
        self.values.notes |= NOTE_TRAPS
        self.asm.mem(GROUP5, 0, EXT_CALL, R15, -1, 0, VM_TRAP)
        self.tables.site(self.asm.n, TRAP_UNREACHABLE, self.values.here)
        self.driver.live = False
        return 0
