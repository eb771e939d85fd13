"""Integer instructions: arithmetic, shifts, division, comparison, conditions, select.

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

    MIRROR = [0] * 16

# by condition: the same one for exchanged operands
for _cc in range(16):
    MIRROR[_cc] = _cc
for _less, _greater in ((CC_B, CC_A), (CC_AE, CC_BE), (CC_L, CC_G), (CC_GE, CC_LE)):
    MIRROR[_less] = _greater
    MIRROR[_greater] = _less


class IntSelect:
    """Instruction selection for i32 and i64."""

    def __init__(self, values: Any, tables: Any) -> None:
        self.values = values
        self.tables = tables
        self.asm = values.asm
        self.has_lzcnt = self.has_tzcnt = False
        self.zf_end = self.zf_reg = -1
        self.zf_wide = 0

    # ------------------------------------------------------------------ helpers
    @cython.locals(v=cython.longlong)
    def simm(self, t: int, v: int) -> int:
        """The constant as the signed number that its type means."""
        if t == T_I32:
            return v - ((v >> 31) << 32)
        return v

    @cython.locals(v=cython.longlong)
    def fits(self, i: int) -> bool:
        """Entry i is a constant that fits a sign-extended imm32."""
        if self.values.kind[i] != K_CONST:
            return False
        v = self.simm(self.values.typ[i], self.values.imm[i])
        return (v >> 31) == 0 or (v >> 31) == -1

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
                    (kb == K_REG and ka != K_REG)
                    or (hint >= 0 and self.values.in_reg(b) == hint)
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
        if not self.fits(i):
            return 0
        one = 1
        v = -self.simm(self.values.typ[i], self.values.imm[i])
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
        if self.fits(b):
            v = self.simm(t, self.values.imm[b])
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
        if not self.fits(b):
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
                cython.cast(cython.int, self.simm(t, self.values.imm[b])),
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
        if self.fits(b):
            self.asm.alu_mem_imm(ext, w, RSP, disp, self.simm(t, self.values.imm[b]))
        else:
            r = self.values.borrow(b)
            self.asm.mem(enc - ADD + ADD_MR, w, r, RSP, -1, 0, disp)
            self.values.done(r)
        self.zf_end = self.asm.n
        self.zf_reg = -2 - l
        self.zf_wide = w
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
        if self.fits(b):
            v = self.simm(t, self.values.imm[b])
            if ext == EXT_ADD and (
                v == 128 or (v < 0 and v != -128 and v >= -0x7FFFFFFF)
            ):
                # reads better, and 128 is shorter so; -2**31 has no opposite
                ext = EXT_SUB
                v = -v
            self.asm.alu_imm(ext, w, d, v)
        else:
            self.values.op_entry(enc, w, d, b)
        self.zf_end = self.asm.n
        self.zf_reg = d
        self.zf_wide = w
        return self.values.push_result(t, d)

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
        if self.fits(b):
            c = self.simm(t, self.values.imm[b])
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
            c = self.simm(t, self.values.imm[b])
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

    # ------------------------------------------------------------------ conditions
    def compare(self, cc: int, t: int) -> int:
        """An integer comparison; the result stays in the flags (see `materialise`)."""
        cc = self.compare_into_flags(cc, t)
        self.values.push(K_FLAGS, T_I32, cc)
        self.values.flags_live = True
        return 0

    @cython.locals(v=cython.longlong)
    def compare_into_flags(self, cc: int, t: int) -> int:
        b = self.values.pop()
        a = self.values.pop()
        w = self.values.wide(t)
        ka = self.values.kind[a]
        if (ka == K_CONST and self.values.kind[b] != K_CONST) or (
            ka == K_LOAD and self.values.kind[b] != K_CONST
        ):
            a, b = b, a
            cc = MIRROR[cc]
        if self.fits(b):
            self.compare_imm(w, a, self.simm(t, self.values.imm[b]))
        else:
            ra = self.values.borrow(a)
            self.values.op_entry(CMP, w, ra, b)
            self.values.done(ra)
        return cc

    @cython.locals(v=cython.longlong)
    def compare_imm(self, w: int, a: int, v: int) -> int:
        """cmp entry, imm; or test."""
        if a == self.values.narrow:
            self.values.narrow = -1
            if self.values.kind[a] == K_LOAD:
                self.values.op_entry(GROUP1_BYTE, 0, EXT_CMP, a)
                return self.asm.u8(cython.cast(cython.int, v & 255))
        if self.values.in_memory(a) and self.values.use(OPT_MEMORY):
            return self.values.op_entry_imm(EXT_CMP, w, a, v)
        ra = self.values.borrow(a)
        if v == 0:
            self.asm.rr(TEST, w, ra, ra)
        else:
            self.asm.alu_imm(EXT_CMP, w, ra, v)
        return self.values.done(ra)

    def compare_value(self, cc: int, t: int, hint: int) -> int:
        """An integer comparison whose result is wanted as a number."""
        d = self.cleared(hint, 2)
        cc = self.compare_into_flags(cc, t)
        return self.number(cc, d, hint)

    def eqz_value(self, t: int, hint: int) -> int:
        """eqz whose result is wanted as a number."""
        i = self.values.sp - 1
        if self.values.kind[i] == K_FLAGS:
            self.values.imm[i] ^= 1
            return self.materialise(hint)
        d = -1 if self.zf_holds(i) else self.cleared(hint, 1)
        cc = self.condition()
        return self.number(cc ^ 1, d, hint)

    def cleared(self, hint: int, n: int) -> int:
        """A register set to zero before the top n entries are compared, or -1.

        setcc writes a byte: this way it needs no zero extension behind it.
        """
        i = self.values.sp - 1
        if hint >= 0:
            if self.values.reads(i) == hint or (
                n > 1 and self.values.reads(i - 1) == hint
            ):
                return -1
        elif self.values.free & self.values.gprs & ~self.values.homes == 0:
            return -1
        if not self.values.use(OPT_CLEAR):
            return -1
        d = self.values.result(T_I64, hint)
        self.asm.rr(XOR, 0, d, d)
        return d

    def number(self, cc: int, d: int, hint: int) -> int:
        """The condition in the flags as an i32: in d, which is zero, or anywhere."""
        if d >= 0:
            self.asm.rr(SETCC + cc, 0, 0, d)
        else:
            d = self.values.result(T_I64, hint)
            self.asm.rr(SETCC + cc, 0, 0, d)
            self.asm.rr(MOVZX8, 0, d, d)
        self.values.flags_live = False
        return self.values.push_result(T_I32, d)

    @cython.locals(v=cython.longlong)
    def test(self, t: int) -> int:
        """and whose result is only compared with zero: it stays in the flags."""
        b = self.values.pop()
        a = self.values.pop()
        w = self.values.wide(t)
        if self.values.kind[a] == K_CONST or (
            self.values.in_memory(a) and self.values.kind[b] != K_CONST
        ):
            a, b = b, a
        if self.fits(b):
            v = self.simm(t, self.values.imm[b])
            # a load keeps its width: it may have to trap
            if (v >> 8) == 0 and self.values.kind[a] != K_LOAD:
                self.values.op_entry(GROUP3_BYTE, 0, EXT_TEST, a)
                self.asm.u8(cython.cast(cython.int, v))
            else:
                self.values.op_entry(GROUP3, w, EXT_TEST, a)
                self.asm.u32(v)
        else:
            ra = self.values.borrow(a)
            self.values.op_entry(TEST, w, ra, b)
            self.values.done(ra)
        self.values.push(K_FLAGS, T_I32, CC_NE)
        self.values.notes |= NOTE_FLAGS
        self.values.flags_live = True
        return 0

    def eqz(self, t: int) -> int:
        """Invert a condition, or compare with zero."""
        i = self.values.sp - 1
        if self.values.kind[i] == K_FLAGS:
            self.values.imm[i] ^= 1
            return 0
        cc = self.condition()
        self.values.push(K_FLAGS, T_I32, cc ^ 1)
        return 0

    def condition(self) -> int:
        """Consume the top entry as a condition; `flags_live` is set, the cc is
        returned."""
        i = self.values.pop()
        if self.values.kind[i] == K_FLAGS:
            self.values.notes |= NOTE_FUSED
            return cython.cast(cython.int, self.values.imm[i])
        if self.zf_holds(i) and self.values.use(OPT_FLAGS):
            self.values.forget(i)
        else:
            self.compare_imm(self.values.wide(self.values.typ[i]), i, 0)
        self.values.flags_live = True
        return CC_NE

    def zf_holds(self, i: int) -> bool:
        """Do the flags say already whether entry i is zero?"""
        r = self.values.in_reg(i)
        if r < 0 and self.values.kind[i] == K_LOCAL:
            r = -2 - cython.cast(cython.int, self.values.imm[i])
        return (
            self.zf_end == self.asm.n
            and self.zf_reg == r
            and self.zf_wide == self.values.wide(self.values.typ[i])
        )

    def materialise(self, hint: int) -> int:
        """The condition on top of the stack becomes an i32."""
        i = self.values.pop()
        cc = cython.cast(cython.int, self.values.imm[i])
        if cc < CC_FEQ:
            return self.number(cc, -1, hint)
        d = self.values.result(T_I64, hint)
        if cc == CC_FEQ:
            self.asm.rr(SETCC + CC_NP, 0, 0, SCRATCH)
            self.asm.rr(SETCC + CC_E, 0, 0, d)
            self.asm.rr(AND, 0, d, SCRATCH)
        else:
            self.asm.rr(SETCC + CC_P, 0, 0, SCRATCH)
            self.asm.rr(SETCC + CC_NE, 0, 0, d)
            self.asm.rr(OR, 0, d, SCRATCH)
        self.values.flags_live = False
        self.asm.rr(MOVZX8, 0, d, d)
        return self.values.push_result(T_I32, d)

    # ------------------------------------------------------------------ select
    def select(self, hint: int) -> int:
        cc = self.condition()
        b = self.values.pop()
        a = self.values.pop()
        t = self.values.typ[a]
        if cc == CC_FNE or (
            cc != CC_FEQ
            and self.values.kind[a] != K_CONST
            and (
                self.values.kind[b] == K_CONST
                or (hint >= 0 and self.values.in_reg(b) == hint)
            )
        ):
            a, b = b, a
            cc ^= 1  # CC_FNE becomes CC_FEQ
        if t == T_F32 or t == T_F64:
            self.select_xmm(cc, t, a, b, hint)
        else:
            self.select_gpr(cc, t, a, b, hint)
        self.values.flags_live = False
        return 0

    def select_gpr(self, cc: int, t: int, a: int, b: int, hint: int) -> int:
        w = self.values.wide(t)
        d = self.values.dest(a, b, hint)
        if cc == CC_FEQ:
            r = self.values.borrow(b)
            self.asm.rr(CMOV + CC_NE, w, d, r)
            self.asm.rr(CMOV + CC_P, w, d, r)
            self.values.done(r)
        else:
            self.values.op_entry(CMOV + (cc ^ 1), w, d, b)
        return self.values.push_result(t, d)

    def select_xmm(self, cc: int, t: int, a: int, b: int, hint: int) -> int:
        d = self.values.dest(a, b, hint)
        r = self.values.borrow(b)
        if cc == CC_FEQ:
            other = self.asm.skip(CC_P)
            skip = self.asm.skip(CC_E)
            self.asm.land(other)
        else:
            skip = self.asm.skip(cc)
        self.values.move(d, r, t)
        self.asm.land(skip)
        self.values.done(r)
        return self.values.push_result(t, d)
