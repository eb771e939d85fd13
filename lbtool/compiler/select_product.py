"""Integer multiplication, division and remainder."""

from __future__ import annotations

from typing import Any

import cython

if not cython.compiled:
    from lbtool.abi import *  # noqa: F403
    from lbtool.compiler.codes import *  # noqa: F403
    from lbtool.x64.encodings import *  # noqa: F403


class ProductSelect:
    """Instruction selection for mul, div and rem of i32 and i64."""

    def __init__(self, values: Any, tables: Any) -> None:
        self.values = values
        self.tables = tables
        self.asm = values.asm

    @cython.locals(c=cython.longlong)
    def mul(self, t: int, hint: int) -> int:
        b = self.values.pop()
        a = self.values.pop()
        ka = self.values.kind[a]
        kb = self.values.kind[b]
        if (
            ka == K_CONST
            or (ka == K_LOAD and kb != K_CONST)
            or (kb == K_REG and ka != K_REG)
        ):
            a, b = b, a
        if self.values.fits(b):
            c = self.values.simm(t, self.values.imm[b])
            return self.mul_const(t, a, c, hint)
        d = self.values.dest(a, b, hint)
        self.values.op_entry(IMUL, t != T_I32, d, b)
        return self.values.push_result(t, d)

    @cython.locals(c=cython.longlong, p=cython.longlong)
    def mul_const(self, t: int, a: int, c: int, hint: int) -> int:
        """Multiply by a constant: shift for 2**n, lea for 3, 5, 9, else imul."""
        w = self.values.wide(t)
        if c > 0 and (c & (c - 1)) == 0 and self.values.use(OPT_REDUCE):
            n = 0
            p = c
            while p > 1:
                p >>= 1
                n += 1
            d = self.values.dest(a, -1, hint)
            if n > 0:
                self.asm.shift_imm(EXT_SHL, w, d, n)
            self.values.notes |= NOTE_REDUCED
            return self.values.push_result(t, d)
        if (c == 3 or c == 5 or c == 9) and self.values.use(OPT_REDUCE):
            d = self.values.apart(a, hint)
            r = self.values.source
            self.asm.mem(LEA, w, d, r, r, 1 if c == 3 else (2 if c == 5 else 3), 0)
            self.values.notes |= NOTE_REDUCED
            return self.values.push_result(t, d)
        op = IMUL_I8 if -128 <= c <= 127 else IMUL_I32
        if self.values.in_memory(a):
            d = self.values.result(T_I64, hint)
            self.values.op_entry(op, w, d, a)
        else:
            d = self.values.apart(a, hint)
            self.asm.rr(op, w, d, self.values.source)
        if op == IMUL_I8:
            self.asm.u8(cython.cast(cython.int, c & 255))
        else:
            self.asm.u32(c)
        return self.values.push_result(t, d)

    # ------------------------------------------------------------------ division
    @cython.locals(c=cython.longlong)
    def divide(self, signed_: int, rem: int, t: int, hint: int) -> int:
        """div and rem: rax:rdx by any other register, with the traps of the spec.

        A divisor that is in memory, a constant, or in rax or rdx goes through SCRATCH.
        """
        self.values.force_pending()
        b = self.values.pop()
        a = self.values.pop()
        w = self.values.wide(t)
        known = 1 if self.values.kind[b] == K_CONST else 0
        c = 0
        if known:
            c = self.values.simm(t, self.values.imm[b])
            if (
                not signed_
                and c > 0
                and (c & (c - 1)) == 0
                and self.values.use(OPT_REDUCE)
            ):
                n = 0
                while c > 1:
                    c >>= 1
                    n += 1
                return self.divide_by_power(n, rem, t, a, hint)
        rb = self.values.in_reg(b)
        if rb < 0 or rb == RAX or rb == RDX:
            rb = SCRATCH
            self.values.load_entry(b, SCRATCH)
        self.values.take_into(a, RAX)
        self.values.reserve(RDX)
        if not known or c == 0 or (signed_ and not rem and c == -1):
            self.values.notes |= NOTE_TRAPS
        if w and (not known or (c > 0 and c >> 32 == 0)) and self.values.use(OPT_HALF):
            narrow = self.both_narrow(rb, known)
            self.divide_by(rb, signed_, rem, 1, known, c)
            done = self.asm.skip(-1)
            self.asm.land(narrow)
            self.divide_by(rb, 0, rem, 0, known, c)
            self.asm.land(done)
        else:
            if not signed_:
                self.asm.rr(XOR, 0, RDX, RDX)
            self.divide_by(rb, signed_, rem, w, known, c)
        if rb != SCRATCH:
            self.values.done(rb)
        if rem:
            self.values.release(RAX)
            return self.values.push_reg(t, RDX)
        self.values.release(RDX)
        return self.values.push_reg(t, RAX)

    def both_narrow(self, rb: int, known: int) -> int:
        """edx = 0; a `skip` if rax and rb (known: rax) have no upper half.

        Signed or not, they are divided in 32 bits then. The test has a register of its
        own: the division does not wait for it.
        """
        self.asm.rr(XOR, 0, RDX, RDX)
        r = SCRATCH
        if rb == SCRATCH:
            r = self.values.alloc(self.values.gprs)
        self.asm.rr(MOV, 1, r, RAX)
        if not known:
            self.asm.rr(OR, 1, r, rb)
        self.asm.shift_imm(EXT_SHR, 1, r, 32)
        if r != SCRATCH:
            self.values.release(r)
        return self.asm.skip(CC_E)

    @cython.locals(c=cython.longlong)
    def divide_by(
        self, rb: int, signed_: int, rem: int, w: int, known: int, c: int
    ) -> int:
        """rax by rb, with the checks that it needs; edx is 0 if unsigned."""
        if not known or c == 0:
            self.asm.rr(TEST, w, rb, rb)
            self.tables.trap_if(CC_E, TRAP_DIVIDE, self.values.here)
        if not signed_:
            return self.asm.rr(GROUP3, w, EXT_DIV, rb)
        done = -1
        if not known or c == -1:
            self.asm.alu_imm(EXT_CMP, w, rb, -1)
            other = self.asm.skip(CC_NE)
            if rem:
                self.asm.rr(XOR, 0, RDX, RDX)
                done = self.asm.skip(-1)
            elif w:
                self.asm.mov_imm(RDX, cython.cast(cython.longlong, 1) << 63)
                self.asm.rr(CMP, 1, RAX, RDX)
                self.tables.trap_if(CC_E, TRAP_OVERFLOW, self.values.here)
            else:
                self.asm.rr(GROUP1_I32, 0, EXT_CMP, RAX)
                self.asm.u32(cython.cast(cython.longlong, 1) << 31)
                self.tables.trap_if(CC_E, TRAP_OVERFLOW, self.values.here)
            self.asm.land(other)
        self.asm.prefix(CDQ, w << 3, 0)
        self.asm.rr(GROUP3, w, EXT_IDIV, rb)
        if done >= 0:
            self.asm.land(done)
        return 0

    @cython.locals(m=cython.longlong)
    def divide_by_power(self, log2: int, rem: int, t: int, a: int, hint: int) -> int:
        """Unsigned division by 2**log2: a shift; the remainder: a mask."""
        w = self.values.wide(t)
        d = self.values.dest(a, -1, hint)
        self.values.notes |= NOTE_REDUCED
        if not rem:
            if log2 > 0:
                self.asm.shift_imm(EXT_SHR, w, d, log2)
            return self.values.push_result(t, d)
        m = (cython.cast(cython.longlong, 1) << log2) - 1
        if log2 <= 31:
            self.asm.alu_imm(EXT_AND, 0, d, m)
        else:
            self.asm.mov_imm(SCRATCH, m)
            self.asm.rr(AND, 1, d, SCRATCH)
        return self.values.push_result(t, d)
