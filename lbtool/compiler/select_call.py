"""Calls: arguments to where the convention of ``lbtool.abi`` puts them, results from
there.

Around every call all registers are clobbered: entries below the arguments go to their
frame words, pinned locals that are needed later are stored unless memory has them
already, and come back when they are read.
"""

from __future__ import annotations

from typing import Any

import cython

from lbtool import abi
from lbtool.buffers import ints

if not cython.compiled:
    from lbtool.abi import *  # noqa: F403
    from lbtool.compiler.codes import *  # noqa: F403
    from lbtool.compiler.lowering import TYPE_CODE
    from lbtool.compiler.places import ctz
    from lbtool.x64.encodings import *  # noqa: F403

    INT_ARG = [0] * 8
    INT_RESULT = [0] * 8
    LIBCALL_ARG = [0] * 8

for _i, _r in enumerate(abi.INT_ARGS):
    INT_ARG[_i] = _r
for _i, _r in enumerate(abi.INT_RESULTS):
    INT_RESULT[_i] = _r
for _i, _r in enumerate(abi.LIBCALL_ARGS):
    LIBCALL_ARG[_i] = _r


class Signature:
    """Walks the places of arguments or results in order.

    FLOAT_ARGS and FLOAT_RESULTS are consecutive register numbers (a test says so).
    """

    def __init__(self) -> None:
        self.function: Any = None
        self.n_int = self.n_float = self.n_stack = 0

    def begin(self) -> int:
        self.n_int = self.n_float = self.n_stack = 0
        return 0

    def arg(self, t: int) -> int:
        """Register of the next argument, or 64 + its stack word."""
        if t == T_F32 or t == T_F64:
            if self.n_float < N_FLOAT_ARGS:
                self.n_float += 1
                return 16 + FIRST_FLOAT_ARG + self.n_float - 1
        elif self.n_int < N_INT_ARGS:
            self.n_int += 1
            return INT_ARG[self.n_int - 1]
        self.n_stack += 1
        return 64 + self.n_stack - 1

    def result(self, t: int) -> int:
        """Register of the next result, or 64 + its stack word above the arguments."""
        if t == T_F32 or t == T_F64:
            if self.n_float < N_FLOAT_RESULTS:
                self.n_float += 1
                return 16 + FIRST_FLOAT_RESULT + self.n_float - 1
        elif self.n_int < N_INT_RESULTS:
            self.n_int += 1
            return INT_RESULT[self.n_int - 1]
        self.n_stack += 1
        return 64 + self.n_stack - 1

    def stack_args(self, ty: int) -> int:
        """Stack words of the arguments of type ty."""
        self.begin()
        start = self.function.type_start[ty]
        i = 0
        while i < self.function.type_nparams[ty]:
            self.arg(TYPE_CODE[self.function.type_vals[start + i]])
            i += 1
        return self.n_stack

    def stack_words(self, ty: int) -> int:
        """Stack words of arguments and results together."""
        n = self.stack_args(ty)
        self.begin()
        start = self.function.type_start[ty] + self.function.type_nparams[ty]
        i = 0
        while i < self.function.type_nresults[ty]:
            self.result(TYPE_CODE[self.function.type_vals[start + i]])
            i += 1
        return n + self.n_stack


class CallSelect:
    """Direct, indirect and library calls."""

    def __init__(self, values: Any, tables: Any, mover: Any, memory: Any) -> None:
        self.values = values
        self.tables = tables
        self.asm = values.asm
        self.mover = mover
        self.memory = memory
        self.signature = Signature()
        self.save_disp = self.n_far = 0
        self.cap_far = 32
        self.grow()

    def grow(self) -> None:
        self.cap_far *= 2
        self.far_patch = ints(self.cap_far)
        self.far_back = ints(self.cap_far)
        self.far_ordinal = ints(self.cap_far)

    def open(self, function: Any) -> None:
        self.function = function
        self.signature.function = function

    # ------------------------------------------------------------------ parts of a call
    @cython.locals(live=cython.longlong, one=cython.longlong, m=cython.longlong)
    def live_pins(self) -> int:
        """Mask of the homes whose local may still be read after this instruction."""
        live = 0
        one = 1
        here = self.values.here
        m = self.values.homes
        while m != 0:
            h = ctz(m)
            m &= m - 1
            if self.needed(self.values.local_of[h], here):
                live |= one << h
        return live

    def needed(self, l: int, here: int) -> bool:
        """May local l still be read after the instruction with this ordinal?"""
        return self.function.local_last_use[l] > here and (
            l < self.function.n_params
            or self.function.local_needs_zero[l] != 0
            or (
                self.function.local_first_write[l] >= 0
                and self.function.local_first_write[l] <= here
            )
        )

    def last_place(self, slot: int) -> int:
        """Place of the last argument of a function (see `Signature.arg`), or -1."""
        ty = self.function.slot_type[slot]
        start = self.function.type_start[ty]
        place = -1
        self.signature.begin()
        i = 0
        while i < self.function.type_nparams[ty]:
            place = self.signature.arg(TYPE_CODE[self.function.type_vals[start + i]])
            i += 1
        return place

    def prepare(self, n: int) -> int:
        """Everything but the top n entries leaves the registers."""
        self.values.force_pending()
        self.values.flush(self.values.sp - n)
        return self.values.save_pins(self.live_pins())

    def pass_args(self, ty: int, n: int) -> int:
        """Queue the moves of the top n entries to their argument places."""
        start = self.function.type_start[ty]
        first = self.values.sp - n
        self.signature.begin()
        i = 0
        while i < n:
            place = self.signature.arg(TYPE_CODE[self.function.type_vals[start + i]])
            if place >= 64:
                self.mover.entry_to_memory(first + i, 8 * (place - 64))
            else:
                self.mover.entry_to_reg(first + i, place)
            i += 1
            self.values.work += 1
        return 0

    def drop_args(self, n: int) -> int:
        while n > 0:
            self.values.forget(self.values.pop())
            n -= 1
        return 0

    @cython.locals(one=cython.longlong)
    def results(self, ty: int) -> int:
        """Push the results of a call of type ty."""
        n = self.function.type_nresults[ty]
        if n == 0:
            return 0
        above = 0
        if n > N_INT_RESULTS or n > N_FLOAT_RESULTS:
            above = self.signature.stack_args(ty)
        self.signature.begin()
        one = 1
        start = self.function.type_start[ty] + self.function.type_nparams[ty]
        i = 0
        while i < n:
            t = TYPE_CODE[self.function.type_vals[start + i]]
            place = self.signature.result(t)
            if place >= 64:
                disp = 8 * (above + place - 64)
                self.asm.mem(MOV, 1, SCRATCH, RSP, -1, 0, disp)
                self.asm.mem(
                    MOV_MR, 1, SCRATCH, RSP, -1, 0, self.values.slot(self.values.sp)
                )
                self.values.push(K_SLOT, t, 0)
            else:
                self.values.free &= ~(one << place)
                self.values.owner[place] = TAKEN
                self.values.push_reg(t, place)
            i += 1
        return 0

    def foreign(self, base: int, code: int, vmctx: int) -> int:
        """Call [base + code] in the instance [base + vmctx]; r15 and r14 come back."""
        self.asm.mem(MOV_MR, 1, R15, RSP, -1, 0, self.save_disp)
        self.asm.mem(MOV, 1, R15, base, -1, 0, vmctx)
        self.asm.mem(MOV, 1, R14, R15, -1, 0, VM_MEMORY0)
        self.asm.mem(GROUP5, 0, EXT_CALL, base, -1, 0, code)
        return 0

    # ------------------------------------------------------------------ calls
    def call(self, slot: int) -> int:
        ty = self.function.slot_type[slot]
        n = self.function.type_nparams[ty]
        self.prepare(n)
        self.mover.begin()
        self.pass_args(ty, n)
        self.mover.finish()
        self.drop_args(n)
        self.values.drop_pins()
        if self.function.slot_flags[slot] & SLOT_IMPORTED:
            at = self.asm.mem32(LEA, 1, SCRATCH, R15)
            self.tables.reloc(at, RELOC_CELL, slot, 0)
            self.foreign(SCRATCH, REF_CODE, REF_VMCTX)
            self.tables.site(self.asm.n, SITE_CALL, self.values.here)
            self.asm.mem(MOV, 1, R15, RSP, -1, 0, self.save_disp)
            self.asm.mem(MOV, 1, R14, R15, -1, 0, VM_MEMORY0)
        else:
            self.asm.room()
            self.asm.u8(0xE8)
            self.tables.reloc(self.asm.n, RELOC_CALL, slot, 0)
            self.asm.u32(0)
            self.tables.site(self.asm.n, SITE_CALL, self.values.here)
        return self.results(ty)

    def call_indirect(self, type_slot: int, table_slot: int) -> int:
        """rax holds the index, then the funcref, while the arguments are in place."""
        ty = self.function.slot_type[type_slot]
        n = self.function.type_nparams[ty]
        self.values.notes |= NOTE_TRAPS
        self.prepare(n + 1)
        self.mover.begin()
        # the index leaves the stack's top only after its move has been queued
        self.mover.entry_to_reg(self.values.sp - 1, RAX)
        index = self.values.pop()
        self.pass_args(ty, n)
        self.mover.finish()
        self.values.forget(index)
        self.drop_args(n)
        self.values.drop_pins()
        here = self.values.here
        self.memory.cell(MOV, 1, SCRATCH, table_slot, 0)
        self.asm.mem(CMP, 1, RAX, SCRATCH, -1, 0, TAB_LEN)
        self.tables.trap_if(CC_AE, TRAP_UNDEFINED, here)
        self.asm.mem(MOV, 1, SCRATCH, SCRATCH, -1, 0, TAB_BASE)
        self.asm.mem(MOV, 1, RAX, SCRATCH, RAX, 3, 0)
        self.asm.rr(TEST, 1, RAX, RAX)
        self.tables.trap_if(CC_E, TRAP_NULL, here)
        self.memory.cell(MOV, 1, SCRATCH, type_slot, 0)
        self.asm.mem(CMP, 1, SCRATCH, RAX, -1, 0, REF_TYPE)
        self.tables.trap_if(CC_NE, TRAP_SIGNATURE, here)
        self.asm.mem(CMP, 1, R15, RAX, -1, 0, REF_VMCTX)
        i = self.n_far
        if i >= self.cap_far:
            self.asm.overflow |= OVER_CALLS
            return 0
        self.far_patch[i] = self.asm.jump(CC_NE, -1, 0)
        self.asm.mem(GROUP5, 0, EXT_CALL, RAX, -1, 0, REF_CODE)
        self.tables.site(self.asm.n, SITE_CALL, here)
        self.far_back[i] = self.asm.n
        self.far_ordinal[i] = here
        self.n_far = i + 1
        return self.results(ty)

    def far_calls(self) -> int:
        """Out of line: indirect calls whose callee lives in another instance."""
        i = 0
        while i < self.n_far:
            self.asm.bind(self.far_patch[i])
            self.far_patch[i] = self.asm.n  # from here on: where the stub starts
            self.foreign(RAX, REF_CODE, REF_VMCTX)
            self.tables.site(self.asm.n, SITE_CALL, self.far_ordinal[i])
            self.asm.mem(MOV, 1, R15, RSP, -1, 0, self.save_disp)
            self.asm.mem(MOV, 1, R14, R15, -1, 0, VM_MEMORY0)
            self.asm.jump_back(-1, self.far_back[i])
            i += 1
        return 0

    def library(self, which: int, n: int, result: int, a: int, b: int) -> int:
        """A runtime routine: n operands, then what slots a and b stand for."""
        if (
            which != LIB_MEMORY_GROW
            and which != LIB_TABLE_GROW
            and which != LIB_DATA_DROP
            and which != LIB_ELEM_DROP
        ):
            self.values.notes |= NOTE_TRAPS
        self.prepare(n)
        self.mover.begin()
        first = self.values.sp - n
        i = 0
        while i < n:
            self.mover.entry_to_reg(first + i, LIBCALL_ARG[i])
            i += 1
        self.mover.finish()
        self.drop_args(n)
        self.values.drop_pins()
        self.slot_arg(LIBCALL_ARG[n], a)
        if b >= 0:
            self.slot_arg(LIBCALL_ARG[n + 1], b)
        self.asm.mem(GROUP5, 0, EXT_CALL, R15, -1, 0, VM_LIBCALLS + 8 * which)
        self.tables.site(self.asm.n, SITE_CALL, self.values.here)
        if result >= 0:
            # what comes from outside has no upper half until we cut it
            self.asm.rr(MOV, 0, RAX, RAX)
            self.values.reserve(RAX)
            self.values.push_reg(result, RAX)
        return 0

    def slot_arg(self, r: int, slot: int) -> int:
        """The pointer to a memory or table from its cell; the index of a segment."""
        kind = self.function.slot_kind[slot]
        if kind == SLOT_MEMORY or kind == SLOT_TABLE:
            return self.memory.cell(MOV, 1, r, slot, 0)
        self.asm.room()
        if r >= 8:
            self.asm.u8(0x41)
        self.asm.u8(0xB8 | (r & 7))
        self.tables.reloc(self.asm.n, RELOC_INDEX, slot, 0)
        return self.asm.u32(0)
