"""Floating-point instructions and all conversions between numbers.

NaN results are whatever the hardware propagates: the spec leaves the payload open.
Signed zeros, min and max, truncation limits and unsigned conversions follow the spec
exactly.
"""

from __future__ import annotations

from typing import Any

import cython

if not cython.compiled:
    from lbtool.abi import *  # noqa: F403
    from lbtool.compiler.codes import *  # noqa: F403
    from lbtool.x64.encodings import *  # noqa: F403


class FloatSelect:
    """Instruction selection for f32 and f64."""

    def __init__(self, values: Any, tables: Any) -> None:
        self.values = values
        self.tables = tables
        self.asm = values.asm
        self.first = 0

    def form(self, enc: int, t: int) -> int:
        """The encoding for this type, from the single-precision one."""
        return enc + F64_FORM if t == T_F64 else enc

    def ucomis(self, t: int) -> int:
        return UCOMISD if t == T_F64 else UCOMISS

    def operands(self, a: int, b: int, hint: int) -> int:
        """The register for the result of ``a op b``; ``op | first`` computes it.

        a is read where it is if there are three operands, else it is moved to that
        register first. `source` is where it is then. Either way nothing waits for the
        register's old value.
        """
        if self.values.vex and self.values.use(OPT_VEX):
            d = self.values.apart(a, hint)
            self.first = VEX | (self.values.source & 15) << VEX_V
        else:
            d = self.values.dest(a, b, hint)
            self.values.source = d
            self.first = 0
        return d

    # ------------------------------------------------------------------ arithmetic
    def binary(self, enc: int, commutes: int, t: int, hint: int) -> int:
        b = self.values.pop()
        a = self.values.pop()
        if commutes:
            ka = self.values.kind[a]
            kb = self.values.kind[b]
            if ka == K_CONST or ka == K_LOAD:
                a, b = b, a
            elif kb != K_CONST and kb != K_LOAD:
                if (kb == K_REG and ka != K_REG) or (
                    hint >= 0 and self.values.in_reg(b) == hint
                ):
                    a, b = b, a
        d = self.operands(a, b, hint)
        self.values.op_entry(self.form(enc, t) | self.first, 0, d, b)
        return self.values.push_result(t, d)

    def min_max(self, is_max: int, t: int, hint: int) -> int:
        """Equal operands may be zeros of different sign; an unordered pair gives a
        NaN."""
        b = self.values.pop()
        a = self.values.pop()
        r = self.values.borrow(b)
        d = self.operands(a, b, hint)
        self.asm.rr(self.ucomis(t), 0, self.values.source, r)
        nan = self.asm.jump(CC_P, -1, 1)
        differ = self.asm.jump(CC_NE, -1, 1)
        self.asm.rr((ANDPS if is_max else ORPS) | self.first, 0, d, r)
        done = self.asm.jump(-1, -1, 1)
        self.asm.bind(nan)
        self.asm.rr(self.form(ADDSS, t) | self.first, 0, d, r)
        done = self.asm.jump(-1, done, 1)
        self.asm.bind(differ)
        enc = self.form(MAXSS if is_max else MINSS, t)
        self.asm.rr(enc | self.first, 0, d, r)
        self.asm.bind(done)
        if r != d:  # b may have been loaded to where the result goes
            self.values.done(r)
        return self.values.push_result(t, d)

    @cython.locals(mask=cython.longlong, one=cython.longlong)
    def sign_mask(self, t: int, inverted: int) -> int:
        """The sign bit (inverted: all other bits) into the scratch vector register."""
        one = 1
        if t == T_F64:
            mask = -one << 63
            if inverted:
                mask = ~mask
        else:
            mask = one << 31
            if inverted:
                mask = mask - 1
        return self.values.load_const(16 + FSCRATCH, t, mask)

    def sign(self, negate: int, t: int, hint: int) -> int:
        """neg or abs: pure bit operations."""
        a = self.values.pop()
        d = self.operands(a, -1, hint)
        self.sign_mask(t, not negate)
        self.asm.rr((XORPS if negate else ANDPS) | self.first, 0, d, FSCRATCH)
        return self.values.push_result(t, d)

    def copysign(self, t: int, hint: int) -> int:
        b = self.values.pop()
        a = self.values.pop()
        r = self.values.borrow(b)
        d = self.values.dest(a, b, hint)
        self.sign_mask(t, True)
        self.asm.rr(ANDPS, 0, d, FSCRATCH)
        self.asm.rr(ANDNPS, 0, FSCRATCH, r)
        self.asm.rr(ORPS, 0, d, FSCRATCH)
        self.values.done(r)
        return self.values.push_result(t, d)

    def unary(self, enc: int, t: int, to: int, hint: int) -> int:
        """sqrt, promote, demote: one instruction, memory operands allowed."""
        a = self.values.pop()
        if self.values.in_reg(a) >= 0:
            d = self.operands(a, -1, hint)
            self.asm.rr(enc | self.first, 0, d, self.values.source)
        else:
            d = self.values.result(to, hint)
            self.asm.rr(XORPS, 0, d, d)
            self.values.op_entry(enc, 0, d, a)
        return self.values.push_result(to, d)

    def rounded(self, mode: int, t: int, hint: int) -> int:
        """nearest, floor, ceil, trunc: the rounding modes 0 to 3, inexact
        suppressed."""
        a = self.values.pop()
        d = self.operands(a, -1, hint)
        enc = ROUNDSD if t == T_F64 else ROUNDSS
        self.asm.rr(enc | self.first, 0, d, self.values.source)
        self.asm.u8(mode | 8)
        return self.values.push_result(t, d)

    def compare(self, cc: int, swap: int, t: int) -> int:
        """ucomis; `swap` for lt and le, which are gt and ge of the swapped operands."""
        b = self.values.pop()
        a = self.values.pop()
        if swap or (cc >= CC_FEQ and self.values.kind[a] == K_LOAD):
            a, b = b, a
        r = self.values.borrow(a)
        self.values.op_entry(self.ucomis(t), 0, r, b)
        self.values.done(r)
        self.values.push(K_FLAGS, T_I32, cc)
        self.values.flags_live = True
        return 0

    # ------------------------------------------------------------------ from integers
    def from_int(self, signed_: int, from_: int, to: int, hint: int) -> int:
        a = self.values.pop()
        enc = CVTSI2SD if to == T_F64 else CVTSI2SS
        if from_ == T_I64 and not signed_:
            r = self.values.take(a)
            d = self.values.result(to, hint)
            self.to_float_u64(enc, d, r)
        else:
            r = self.values.borrow(a)
            d = self.values.result(to, hint)
            # cvtsi2sd keeps the upper half of its destination: break the dependency
            self.asm.rr(XORPS, 0, d, d)
            # an unsigned i32 is a non-negative i64: its upper half is zero
            self.asm.rr(enc, from_ == T_I64 or not signed_, d, r)
        self.values.done(r)
        return self.values.push_result(to, d)

    def to_float_u64(self, enc: int, d: int, r: int) -> int:
        """Halve a large value with a sticky lowest bit, convert, double."""
        self.asm.rr(XORPS, 0, d, d)
        self.asm.rr(TEST, 1, r, r)
        large = self.asm.jump(CC_S, -1, 1)
        self.asm.rr(enc, 1, d, r)
        done = self.asm.jump(-1, -1, 1)
        self.asm.bind(large)
        self.asm.rr(MOV, 1, SCRATCH, r)
        self.asm.shift_imm(EXT_SHR, 1, SCRATCH, 1)
        self.asm.alu_imm(EXT_AND, 0, r, 1)
        self.asm.rr(OR, 1, SCRATCH, r)
        self.asm.rr(enc, 1, d, SCRATCH)
        self.asm.rr(ADDSS + F64_FORM if enc == CVTSI2SD else ADDSS, 0, d, d)
        return self.asm.bind(done)

    # ------------------------------------------------------------------ to integers
    def zero(self) -> int:
        return self.asm.rr(XORPS, 0, FSCRATCH, FSCRATCH)

    @cython.locals(bits=cython.longlong)
    def power63(self, op: int, t: int, x: int) -> int:
        """op x, 2**63 as a float constant."""
        bits = 0x43E
        bits <<= 52
        if t == T_F32:
            bits = 0x5F000000
        return self.tables.constant(op, 0, x, bits)

    def trap_out_of_range(self, t: int, x: int) -> int:
        """The operand is a NaN or too large: trap as the spec names it."""
        self.asm.rr(self.ucomis(t), 0, x, x)
        self.tables.trap_if(CC_P, TRAP_CONVERSION, self.values.here)
        return self.tables.trap_if(-1, TRAP_OVERFLOW, self.values.here)

    def truncate(self, signed_: int, sat: int, from_: int, to: int) -> int:
        """trunc and trunc_sat."""
        if not sat:
            self.values.force_pending()
            self.values.notes |= NOTE_TRAPS
        a = self.values.pop()
        x = self.values.borrow(a)
        d = self.values.alloc(self.values.gprs)
        if to == T_I32:
            self.to_i32(signed_, sat, from_, x, d)
        elif signed_:
            self.to_i64(sat, from_, x, d)
        else:
            self.to_u64(sat, from_, x, d)
        self.values.done(x)
        return self.values.push_reg(to, d)

    def to_i32(self, signed_: int, sat: int, t: int, x: int, d: int) -> int:
        """Through a 64-bit truncation, which has room for every valid result."""
        self.asm.rr(self.form(CVTTSS2SI, t), 1, d, x)
        self.asm.rr(MOVSXD if signed_ else MOV, signed_, SCRATCH, d)
        self.asm.rr(CMP, 1, SCRATCH, d)
        ok = self.asm.jump(CC_E, -1, 1)
        if sat:
            if signed_:
                self.saturate(t, x, d, -(1 << 31), (1 << 31) - 1)
            else:
                self.saturate(t, x, d, 0, 0xFFFFFFFF)
        else:
            self.trap_out_of_range(t, x)
        self.asm.bind(ok)
        if signed_:
            self.asm.rr(MOV, 0, d, d)
        return 0

    @cython.locals(one=cython.longlong)
    def to_i64(self, sat: int, t: int, x: int, d: int) -> int:
        """The hardware answers MIN for what does not fit; -2**63 itself fits."""
        one = 1
        self.asm.rr(self.form(CVTTSS2SI, t), 1, d, x)
        self.asm.alu_imm(EXT_CMP, 1, d, 1)
        ok = self.asm.jump(CC_NO, -1, 1)
        if sat:
            self.saturate(t, x, d, one << 63, (one << 63) - 1)
        else:
            # overflow unless x == -2**63, that is x + 2**63 == 0
            self.values.move(16 + FSCRATCH, x, t)
            self.power63(self.form(ADDSS, t), t, FSCRATCH)
            self.asm.rr(MOVD_R, 1, FSCRATCH, SCRATCH)
            if t == T_F32:
                self.asm.rr(MOVD_R, 0, FSCRATCH, SCRATCH)
            self.asm.rr(TEST, 1, SCRATCH, SCRATCH)
            ok = self.asm.jump(CC_E, ok, 1)
            self.trap_out_of_range(t, x)
        return self.asm.bind(ok)

    @cython.locals(one=cython.longlong)
    def to_u64(self, sat: int, t: int, x: int, d: int) -> int:
        """Below 2**63 directly; above, after subtracting it."""
        one = 1
        cvt = self.form(CVTTSS2SI, t)
        self.power63(self.ucomis(t), t, x)
        large = self.asm.jump(CC_AE, -1, 1)
        self.asm.rr(cvt, 1, d, x)
        self.asm.rr(TEST, 1, d, d)
        ok = self.asm.jump(CC_NS, -1, 1)
        if sat:
            self.asm.mov_imm(d, 0)
            ok = self.asm.jump(-1, ok, 1)
        else:
            self.trap_out_of_range(t, x)
        self.asm.bind(large)
        self.values.move(16 + FSCRATCH, x, t)
        self.power63(self.form(SUBSS, t), t, FSCRATCH)
        self.asm.rr(cvt, 1, d, FSCRATCH)
        self.asm.mov_imm(SCRATCH, one << 63)
        self.asm.rr(XOR, 1, d, SCRATCH)
        if sat:
            ok = self.asm.jump(CC_S, ok, 1)
            self.asm.mov_imm(d, -1)
        else:
            self.tables.trap_if(CC_NS, TRAP_OVERFLOW, self.values.here)
        return self.asm.bind(ok)

    @cython.locals(least=cython.longlong, most=cython.longlong)
    def saturate(self, t: int, x: int, d: int, least: int, most: int) -> int:
        """d = 0 for a NaN, `most` above zero, `least` below."""
        self.zero()
        self.asm.mov_imm(d, 0)
        self.asm.rr(self.ucomis(t), 0, x, FSCRATCH)
        nan = self.asm.jump(CC_P, -1, 1)
        self.asm.mov_imm(d, most)
        done = self.asm.jump(CC_A, -1, 1)
        self.asm.mov_imm(d, least)
        self.asm.bind(done)
        return self.asm.bind(nan)

    # ------------------------------------------------------------------ bits
    def reinterpret(self, to: int, hint: int) -> int:
        """Bits stay; what is not in a register just changes its type."""
        i = self.values.sp - 1
        k = self.values.kind[i]
        if k == K_CONST or k == K_SLOT or k == K_LOAD:
            self.values.typ[i] = to
            return 0
        a = self.values.pop()
        r = self.values.borrow(a)
        d = self.values.result(to, hint)
        if to == T_I32 or to == T_I64:
            self.asm.rr(MOVD_R, to == T_I64, r, d)
        else:
            self.asm.rr(MOVD_X, to == T_F64, d, r)
        self.values.done(r)
        return self.values.push_result(to, d)
