"""Registers and frame words: plain moves between them, and who owns which register.

Registers 0-15 are general purpose, 16-31 are xmm0-15. A register has one owner: an
entry of the operand stack, the local pinned to it (whose home it is), or the
instruction being compiled. Nothing here changes the flags while `flags_live` is set.
What an entry is, and what happens to one when its register is wanted, is in `entries`.
"""

from __future__ import annotations

from typing import Any

import cython

from lbtool.buffers import ints, longs

if not cython.compiled:
    from lbtool.abi import *  # noqa: F403
    from lbtool.compiler.codes import *  # noqa: F403
    from lbtool.x64.encodings import *  # noqa: F403

    memset: Any = None  # only compiled code has it

    def ctz(m: int) -> int:
        """Number of the lowest bit that is set; there is one."""
        return (m & -m).bit_length() - 1


class Places:
    """The arrays of the symbolic machine state, and moves that do not change it."""

    def __init__(self, asm: Any, tables: Any) -> None:
        self.asm = asm
        self.tables = tables
        self.sp = self.watermark = self.n_locals = 0
        self.pending = -1
        self.owner = ints(32)
        self.local_of, self.constant = ints(32), longs(32)
        self.free = self.locked = self.gprs = self.xmms = self.homes = 0
        self.pin_reg = self.pin_mem = self.pin_zero = self.pin_undef = 0
        self.pin_const = 0
        self.flags_live = False
        self.source = self.kept = self.overwritten = self.narrow = -1
        self.stack_disp = self.notes = self.spills = self.here = 0
        self.work = self.failed = self.off = self.vex = 0
        self.zf_end = self.zf_reg = -1
        self.zf_wide = 0
        self.counts = ints(N_OPTS)
        self.cap = self.cap_locals = 0
        self.fit(64, 64)

    def fit(self, depth: int, n_locals: int) -> None:
        """Make room for this many stack entries and locals (with the GIL held)."""
        if depth > self.cap:
            self.cap = 2 * depth
            self.kind, self.typ = ints(self.cap), ints(self.cap)
            self.reg, self.ordinal = ints(self.cap), ints(self.cap)
            self.imm = longs(self.cap)
        if n_locals > self.cap_locals:
            self.cap_locals = 2 * n_locals
            self.ltype, self.home = ints(self.cap_locals), ints(self.cap_locals)
            self.ldisp = ints(self.cap_locals)

    # ---------------------------------------------------------------- optimisations
    def use(self, opt: int) -> bool:
        """May the optimisation `opt` apply here? Counted if so."""
        if (self.off >> opt) & 1:
            return False
        self.counts[opt] += 1
        return True

    def begin_counts(self) -> int:
        for opt in range(N_OPTS):
            self.counts[opt] = 0
        return 0

    # ------------------------------------------------------------------ plain moves
    def slot(self, i: int) -> int:
        """rsp displacement of the frame word of stack entry i (never -1: words
        align)."""
        return self.stack_disp + 8 * i

    def wide(self, t: int) -> int:
        """REX.W for an integer of this type."""
        return 0 if t == T_I32 else 1

    def load_slot(self, r: int, t: int, disp: int) -> int:
        if r >= 16:
            op = (MOVSS if t == T_F32 else MOVSD) | self.vex
            self.asm.mem(op, 0, r, RSP, -1, 0, disp)
        else:
            self.asm.mem(MOV, t != T_I32, r, RSP, -1, 0, disp)
        return 0

    def store_slot(self, r: int, t: int, disp: int) -> int:
        if r >= 16:
            op = (MOVSS_MR if t == T_F32 else MOVSD_MR) | self.vex
            self.asm.mem(op, 0, r, RSP, -1, 0, disp)
        else:
            self.asm.mem(MOV_MR, t != T_I32, r, RSP, -1, 0, disp)
        return 0

    def move(self, dst: int, src: int, t: int) -> int:
        if dst != src:
            if dst >= 16:
                self.asm.rr(MOVAPS, 0, dst, src)
            else:
                self.asm.rr(MOV, t != T_I32, dst, src)
        return 0

    @cython.locals(v=cython.longlong)
    def load_const(self, r: int, t: int, v: int) -> int:
        if r >= 16:
            if v == 0:
                self.asm.rr(XORPS, 0, r, r)
            else:
                op = (MOVSS if t == T_F32 else MOVSD) | self.vex
                self.tables.constant(op, 0, r, v)
        elif v == 0 and not self.flags_live and self.use(OPT_XOR):
            self.asm.rr(XOR, 0, r, r)
        else:
            self.asm.mov_imm(r, v)
        return 0

    @cython.locals(v=cython.longlong, narrow=cython.longlong)
    def store_const(self, t: int, v: int, disp: int) -> int:
        """The constant to a frame word (only the bytes of its type count)."""
        narrow = v
        if t == T_I32 or t == T_F32:
            narrow = v - ((v >> 31) << 32)
            self.asm.mem(MOV_MI, 0, 0, RSP, -1, 0, disp)
            self.asm.u32(narrow)
        elif (v >> 31) == 0 or (v >> 31) == -1:
            self.asm.mem(MOV_MI, 1, 0, RSP, -1, 0, disp)
            self.asm.u32(narrow)
        else:
            self.asm.mov_imm(SCRATCH, v)
            self.asm.mem(MOV_MR, 1, SCRATCH, RSP, -1, 0, disp)
        return 0

    # -------------------------------------------------------------------- registers
    def class_of(self, t: int) -> int:
        """Mask of the allocatable registers for a type."""
        return self.xmms if t == T_F32 or t == T_F64 else self.gprs

    @cython.locals(one=cython.longlong)
    def release(self, r: int) -> int:
        one = 1
        self.owner[r] = NOBODY
        self.free |= one << r
        return 0

    def disown(self) -> int:
        """No register belongs to anybody."""
        if cython.compiled:
            memset(cython.address(self.owner[0]), -1, 32 * 4)  # NOBODY is -1
        else:
            for r in range(32):
                self.owner[r] = NOBODY
        return 0

    def done(self, r: int) -> int:
        """End of a borrow: a register taken for it is free again, a pin stays."""
        if self.owner[r] == TAKEN:
            self.release(r)
        return 0
