"""Integer instructions: arithmetic, shifts, counts, extensions.

Each method consumes its operands from `Values` and pushes the result. `hint` is the
home register of the local that the next instruction sets, or -1: where it can be, the
result is computed there.
"""

from __future__ import annotations

from typing import Any

import cython

if not cython.compiled:
    from lbtool.abi import *  # noqa: F403
    from lbtool.compiler.codes import *  # noqa: F403
    from lbtool.x64.encodings import *  # noqa: F403


class IntSelect:
    """Instruction selection for i32 and i64."""

    def __init__(self, values: Any, tables: Any) -> None:
        self.values = values
        self.tables = tables
        self.asm = values.asm
        self.has_lzcnt = self.has_tzcnt = False

    # ------------------------------------------------------------------ arithmetic
    def binary(self, enc: int, ext: int, t: int, hint: int) -> int:
        """add, sub, and, or, xor by encoding and group-1 extension."""
        b = self.values.pop()
        a = self.values.pop()
        if ext == EXT_ADD:
            if self.values.kind[a] == K_SCALED:
                return self.add_scaled(t, a, b, hint)
            if self.values.kind[b] == K_SCALED:
                return self.add_scaled(t, b, a, hint)
        if ext == EXT_SUB and self.negate(b):
            enc = ADD
            ext = EXT_ADD
        if ext != EXT_SUB:
            ka = self.values.kind[a]
            kb = self.values.kind[b]
            swap = 1 if ka == K_CONST or (ka == K_LOAD and kb != K_CONST) else 0
            if (
                kb != K_CONST
                and kb != K_LOAD
                and (
                    (hint >= 0 and self.values.in_reg(b) == hint)
                    or (
                        kb == K_REG
                        and ka != K_REG
                        and (hint < 0 or self.values.in_reg(a) != hint)
                    )
                )
            ):
                swap = 1
            if swap:
                a, b = b, a
        elif self.values.kind[a] == K_CONST and self.values.imm[a] == 0:
            d = self.values.dest(b, -1, hint)
            self.asm.rr(GROUP3, self.values.wide(t), EXT_NEG, d)
            return self.values.push_result(t, d)
        if ext == EXT_ADD and self.lea(t, a, b, hint):
            return 0
        if ext == EXT_AND and self.narrow(t, a, b, hint):
            return 0
        return self.apply(enc, ext, t, a, b, hint)

    @cython.locals(v=cython.longlong, one=cython.longlong)
    def negate(self, i: int) -> int:
        """Entry i becomes its negative if both are small constants: x - c is x + -c,
        which can be a lea."""
        if not self.values.fits(i):
            return 0
        one = 1
        v = -self.values.simm(self.values.typ[i], self.values.imm[i])
        if v == one << 31:
            return 0
        if self.values.typ[i] == T_I32:
            v &= (one << 32) - 1
        self.values.imm[i] = v
        return 1

    @cython.locals(v=cython.longlong)
    def lea(self, t: int, a: int, b: int, hint: int) -> int:
        """Addition into a third register; 0 if the two-operand form is as good."""
        ra = self.values.in_reg(a)
        if ra < 0 or ra == hint:
            return 0
        if self.values.kind[a] == K_REG and hint < 0:
            return 0
        rb = -1
        v = 0
        if self.values.fits(b):
            v = self.values.simm(t, self.values.imm[b])
        else:
            rb = self.values.in_reg(b)
            if rb < 0 or rb == hint:
                return 0
        if hint < 0 and rb >= 0 and self.values.kind[b] == K_REG:
            return 0
        if not self.values.use(OPT_LEA):
            return 0
        if hint >= 0:
            d = self.values.begin_target(hint)
        else:
            self.values.locked |= cython.cast(cython.longlong, 1) << ra
            if rb >= 0:
                self.values.locked |= cython.cast(cython.longlong, 1) << rb
            d = self.values.alloc(self.values.gprs)
        self.asm.mem(LEA, t != T_I32, d, ra, rb, 0, cython.cast(cython.int, v))
        self.values.forget(a)
        self.values.forget(b)
        self.values.push_result(t, d)
        return 1

    def scale(self, t: int) -> int:
        """shl by 1 to 3 that waits for the addition behind it; 0 if it is none."""
        b = self.values.sp - 1
        if self.values.kind[b] != K_CONST or self.values.kind[b - 1] == K_CONST:
            return 0
        n = cython.cast(cython.int, self.values.imm[b] & (31 if t == T_I32 else 63))
        if n < 1 or n > 3 or not self.values.use(OPT_SCALE):
            return 0
        self.values.pop()
        r = self.values.borrow(self.values.pop())
        self.values.push(K_SCALED, t, n)
        b = self.values.sp - 1
        self.values.reg[b] = r
        if self.values.owner[r] == TAKEN:
            self.values.owner[r] = b
        self.values.notes |= NOTE_DEFERRED
        return 1

    @cython.locals(one=cython.longlong)
    def add_scaled(self, t: int, s: int, b: int, hint: int) -> int:
        """b + (s << 1 to 3) by lea, which wraps as the type does."""
        one = 1
        w = self.values.wide(t)
        r = self.values.reg[s]
        n = cython.cast(cython.int, self.values.imm[s])
        self.values.locked |= one << r
        self.values.notes |= NOTE_FOLDED
        rb = -1
        if not self.values.fits(b):
            rb = self.values.borrow(b)
            self.values.locked |= one << rb
        if hint >= 0:
            d = self.values.begin_target(hint)
        elif self.values.owner[r] == TAKEN:
            d = r
        elif rb >= 0 and self.values.owner[rb] == TAKEN:
            d = rb
        else:
            d = self.values.alloc(self.values.gprs)
        if rb >= 0:
            self.asm.mem(LEA, w, d, rb, r, n, 0)
            if rb != d:
                self.values.done(rb)
        else:
            self.asm.scaled(
                LEA,
                w,
                d,
                r,
                n,
                cython.cast(cython.int, self.values.simm(t, self.values.imm[b])),
            )
        if r != d:
            self.values.done(r)
        return self.values.push_result(t, d)

    def in_place(self, enc: int, ext: int, t: int, l: int) -> int:
        """An operation of local l with something, for local l: in its frame word.

        0 if it is none. The entry that is pushed reads the word, which has the new
        value already: setting the local is nothing then.
        """
        b = self.values.sp - 1
        a = b - 1
        if l < 0:
            return 0
        if not self.refers(a, l):
            if ext == EXT_SUB or not self.refers(b, l):
                return 0
            a, b = b, a
        if self.refers(b, l) or self.values.kind[b] == K_SCALED:
            return 0
        j = self.values.sp - WINDOW
        if j < self.values.watermark:
            j = self.values.watermark
        while j < self.values.sp - 2:
            if self.refers(j, l):
                return 0
            j += 1
        if not self.values.use(OPT_IN_PLACE):
            return 0
        self.values.pop()
        self.values.pop()
        w = self.values.wide(t)
        disp = self.values.ldisp[l]
        if self.values.fits(b):
            self.asm.alu_mem_imm(
                ext, w, RSP, disp, self.values.simm(t, self.values.imm[b])
            )
        else:
            r = self.values.borrow(b)
            self.asm.mem(enc - ADD + ADD_MR, w, r, RSP, -1, 0, disp)
            self.values.done(r)
        self.values.zf_is_of(-2 - l, w)
        self.values.overwritten = l
        self.values.notes |= NOTE_TARGET
        self.values.push(K_LOCAL, t, l)
        return 1

    def refers(self, i: int, l: int) -> bool:
        """Is entry i a reference to local l?"""
        return self.values.kind[i] == K_LOCAL and self.values.imm[i] == l

    @cython.locals(v=cython.longlong)
    def narrow(self, t: int, a: int, b: int, hint: int) -> int:
        """and with 2**8 - 1 or 2**16 - 1 as a zero extension; 0 if it is none."""
        if self.values.kind[b] != K_CONST or self.values.kind[a] == K_LOAD:
            return 0
        v = self.values.imm[b]
        if (v != 0xFF and v != 0xFFFF) or not self.values.use(OPT_NARROW):
            return 0
        op = MOVZX8 if v == 0xFF else MOVZX16
        if self.values.in_memory(a):
            d = self.values.result(t, hint)
            self.values.op_entry(op, 0, d, a)
        else:
            d = self.values.apart(a, hint)
            self.asm.rr(op, 0, d, self.values.source)
        self.values.push_result(t, d)
        return 1

    @cython.locals(v=cython.longlong)
    def apply(self, enc: int, ext: int, t: int, a: int, b: int, hint: int) -> int:
        """dst = a; dst op= b."""
        d = self.values.dest(a, b, hint)
        w = self.values.wide(t)
        if self.values.fits(b):
            v = self.values.simm(t, self.values.imm[b])
            if ext == EXT_ADD and (
                v == 128 or (v < 0 and v != -128 and v >= -0x7FFFFFFF)
            ):
                # reads better, and 128 is shorter so; -2**31 has no opposite
                ext = EXT_SUB
                v = -v
            self.asm.alu_imm(ext, w, d, v)
        else:
            self.values.op_entry(enc, w, d, b)
        self.values.zf_is_of(d, w)
        return self.values.push_result(t, d)

    def shift(self, ext: int, t: int, hint: int) -> int:
        """shl, shr, sar, rol, ror by group-2 extension."""
        b = self.values.pop()
        a = self.values.pop()
        w = self.values.wide(t)
        if self.values.kind[b] == K_CONST:
            n = cython.cast(cython.int, self.values.imm[b] & (63 if w else 31))
            d = self.values.dest(a, -1, hint)
            if n != 0:
                self.asm.shift_imm(ext, w, d, n)
            return self.values.push_result(t, d)
        if self.values.reads(a) == RCX:
            self.values.avoid(a, 1 << RCX)
        self.values.take_into(b, RCX)
        d = self.values.dest(a, -1, hint)
        self.asm.rr(GROUP2_CL, w, ext, d)
        self.values.release(RCX)
        return self.values.push_result(t, d)

    # ------------------------------------------------------------------ unary
    def count(self, which: int, t: int, hint: int) -> int:
        """clz (0), ctz (1), popcnt (2)."""
        a = self.values.pop()
        w = self.values.wide(t)
        width = 64 if w else 32
        d = self.values.dest(a, -1, hint)
        if which == 2:
            self.asm.rr(POPCNT, w, d, d)
        elif which == 0 and self.has_lzcnt:
            self.asm.rr(LZCNT, w, d, d)
        elif which == 1 and self.has_tzcnt:
            self.asm.rr(TZCNT, w, d, d)
        elif which == 0:
            # bsr leaves its destination undefined for 0: give it width * 2 - 1 then
            self.asm.mov_imm(SCRATCH, 2 * width - 1)
            self.asm.rr(BSR, w, d, d)
            self.asm.rr(CMOV + CC_E, w, d, SCRATCH)
            self.asm.alu_imm(EXT_XOR, w, d, width - 1)
        else:
            self.asm.mov_imm(SCRATCH, width)
            self.asm.rr(BSF, w, d, d)
            self.asm.rr(CMOV + CC_E, w, d, SCRATCH)
        return self.values.push_result(t, d)

    def extend(self, enc: int, from_: int, to: int, hint: int) -> int:
        """Sign extension by movsx; memory operands only of the value's own width."""
        a = self.values.pop()
        w = 1 if to != T_I32 else 0
        if self.values.in_memory(a) and (
            self.values.kind[a] != K_LOAD or enc == MOVSXD
        ):
            d = self.values.result(to, hint)
            self.values.op_entry(enc, w, d, a)
        else:
            d = self.values.apart(a, hint)
            self.asm.rr(enc, w, d, self.values.source)
        return self.values.push_result(to, d)

    def extend_u(self) -> int:
        """i64.extend_i32_u: the upper half is zero already."""
        i = self.values.sp - 1
        if self.values.kind[i] == K_CONST:
            self.values.typ[i] = T_I64
            return 0
        a = self.values.pop()
        d = self.values.take(a)
        return self.values.push_result(T_I64, d)

    def wrap(self, hint: int) -> int:
        """i32.wrap_i64: cut the upper half off."""
        a = self.values.pop()
        if self.values.kind[a] == K_CONST:
            return self.values.push(
                K_CONST,
                T_I32,
                self.values.imm[a] & ((cython.cast(cython.longlong, 1) << 32) - 1),
            )
        d = self.values.apart(a, hint)
        self.asm.rr(MOV, 0, d, self.values.source)
        return self.values.push_result(T_I32, d)
