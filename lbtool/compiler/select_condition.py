"""Integer comparisons, conditions and select.

A comparison stays in the flags when what follows it consumes a condition.
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


class ConditionSelect:
    """Instruction selection for what makes or consumes a condition."""

    def __init__(self, values: Any) -> None:
        self.values = values
        self.asm = values.asm

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
        if self.values.fits(b):
            self.compare_imm(w, a, self.values.simm(t, self.values.imm[b]))
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
        d = -1 if self.values.zf_holds(i) else self.cleared(hint, 1)
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
        if self.values.fits(b):
            v = self.values.simm(t, self.values.imm[b])
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
        if self.values.zf_holds(i) and self.values.use(OPT_FLAGS):
            self.values.forget(i)
        else:
            self.compare_imm(self.values.wide(self.values.typ[i]), i, 0)
        self.values.flags_live = True
        return CC_NE

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
