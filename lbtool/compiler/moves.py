"""Moving many values at once: block arguments, call arguments, results.

Destinations in memory are written first, in the order given (the callers' orders make
that safe, see `Driver`). Register destinations are one parallel assignment: chains from
their ends, cycles through the scratch registers; constants and memory sources come
last. The symbolic state (`Values`) is read, never changed, so a move sequence can sit
on one side of a conditional branch.
"""

from __future__ import annotations

from typing import Any

import cython

from lbtool.buffers import ints, longs

if not cython.compiled:
    from lbtool.abi import *  # noqa: F403
    from lbtool.compiler.codes import *  # noqa: F403
    from lbtool.compiler.places import ctz
    from lbtool.x64.encodings import *  # noqa: F403


class Mover:
    """One pending parallel assignment over the 32 registers."""

    def __init__(self, values: Any) -> None:
        self.values = values
        self.asm = values.asm
        self.dst_kind, self.dst_type, self.dst_src = ints(32), ints(32), ints(32)
        self.dst_imm = longs(32)
        self.readers = ints(32)
        self.wanted = 0

    def begin(self) -> int:
        self.wanted = 0
        return 0

    @cython.locals(wide=cython.bint)
    def entry_to_memory(self, i: int, disp: int) -> int:
        """Entry i to the frame word (or argument word) at rsp + disp, now.

        All eight bytes of an i32: the word may be an argument or a result.
        """
        k = self.values.kind[i]
        t = self.values.typ[i]
        word = T_I64 if t == T_I32 else t
        if k == K_CONST:
            return self.values.store_const(word, self.values.imm[i], disp)
        r = self.values.in_reg(i)
        if r >= 0:
            return self.values.store_slot(r, word, disp)
        wide = t != T_I32 and t != T_F32
        if k == K_SLOT:
            src = self.values.slot(i)
        else:
            src = self.values.ldisp[cython.cast(cython.int, self.values.imm[i])]
        if src != disp:
            self.asm.mem(MOV, wide, SCRATCH, RSP, -1, 0, src)
            self.asm.mem(MOV_MR, t != T_F32, SCRATCH, RSP, -1, 0, disp)
        return 0

    @cython.locals(one=cython.longlong)
    def entry_to_reg(self, i: int, r: int) -> int:
        """Register r shall hold entry i (not a pending load, not flags)."""
        k = self.values.kind[i]
        self.dst_type[r] = self.values.typ[i]
        self.dst_imm[r] = self.values.imm[i]
        s = self.values.in_reg(i)
        if s >= 0:
            if s == r:
                return 0
            self.dst_kind[r] = K_REG
            self.dst_src[r] = s
        elif k == K_CONST:
            self.dst_kind[r] = K_CONST
        else:
            self.dst_kind[r] = K_SLOT
            if k == K_SLOT:
                self.dst_src[r] = self.values.slot(i)
            else:
                self.dst_src[r] = self.values.ldisp[
                    cython.cast(cython.int, self.values.imm[i])
                ]
        one = 1
        self.wanted |= one << r
        return 0

    @cython.locals(bit=cython.longlong)
    def pin_to_reg(self, h: int) -> int:
        """Home h shall hold its local, which is now in memory or a virtual zero."""
        bit = 1
        bit <<= h
        l = self.values.local_of[h]
        self.dst_type[h] = self.values.ltype[l]
        if self.values.pin_zero & bit:
            self.dst_kind[h] = K_CONST
            self.dst_imm[h] = 0
        elif self.values.pin_mem & bit:
            self.dst_kind[h] = K_SLOT
            self.dst_src[h] = self.values.ldisp[l]
        else:
            return 0
        self.wanted |= bit
        return 0

    def settle(self, r: int) -> int:
        """Fill register r from a constant or from memory."""
        if self.dst_kind[r] == K_CONST:
            return self.values.load_const(r, self.dst_type[r], self.dst_imm[r])
        return self.values.load_slot(r, self.dst_type[r], self.dst_src[r])

    @cython.locals(left=cython.longlong, m=cython.longlong, one=cython.longlong)
    def finish(self) -> int:
        """Emit the parallel assignment."""
        one = 1
        left = 0
        m = self.wanted
        while m != 0:
            r = ctz(m)
            m &= m - 1
            self.readers[r] = 0
            if self.dst_kind[r] == K_REG:
                self.readers[self.dst_src[r]] = 0
                left |= one << r
        m = left
        while m != 0:
            r = ctz(m)
            m &= m - 1
            self.readers[self.dst_src[r]] += 1
        while left != 0:
            moved = 0
            m = left
            while m != 0:
                r = ctz(m)
                m &= m - 1
                if self.readers[r] == 0:
                    self.values.move(r, self.dst_src[r], self.dst_type[r])
                    self.readers[self.dst_src[r]] -= 1
                    left &= ~(one << r)
                    moved = 1
            if moved == 0:
                # only cycles are left: park one value, and its readers follow it
                r = ctz(left)
                park = 16 + FSCRATCH if r >= 16 else SCRATCH
                wide = T_F64 if r >= 16 else T_I64
                self.values.move(park, r, wide)
                self.readers[park] = 0
                self.readers[r] = 0
                m = left
                while m != 0:
                    d = ctz(m)
                    m &= m - 1
                    if self.dst_src[d] == r:
                        self.dst_src[d] = park
                        self.readers[park] += 1
        m = self.wanted
        while m != 0:
            r = ctz(m)
            m &= m - 1
            if self.dst_kind[r] != K_REG:
                self.settle(r)
        return 0
