"""Locals beside the operand stack: the whole of where values are, for all emission.

A local is in a frame word, or pinned to a home register. A pin is in any of four
states, masks over the homes: `pin_reg` the register is valid, `pin_mem` the frame word
is valid, `pin_zero` it is the initial zero and nowhere yet, `pin_undef` it will be
written before it is read. The layers below are `entries` (operand stack) and `places`
(registers, plain moves); control flow, calls and instruction selection are elsewhere.
"""

from __future__ import annotations

import cython

from lbtool.compiler.entries import Entries

if not cython.compiled:
    from lbtool.abi import *  # noqa: F403
    from lbtool.compiler.codes import *  # noqa: F403
    from lbtool.compiler.places import ctz
    from lbtool.x64.encodings import *  # noqa: F403


class Values(Entries):
    """The symbolic machine state between two instructions of one function."""

    # --------------------------------------------------------------- writing locals
    def force_refs(self, l: int) -> int:
        """Entries that still read local l get their own copy: it is about to change."""
        j = self.sp - WINDOW
        if j < self.watermark:
            j = self.watermark
        while j < self.sp:
            if self.kind[j] == K_LOCAL and self.imm[j] == l:
                self.force(j)
            j += 1
        if (
            self.pending >= 0
            and self.home[l] >= 0
            and self.reg[self.pending] == self.home[l]
        ):
            if self.owner[self.home[l]] != self.pending:
                self.force(self.pending)
        return 0

    @cython.locals(bit=cython.longlong)
    def set_local(self, l: int, i: int, keep: bool) -> int:
        """local.set (keep: tee) from the popped entry i."""
        t = self.ltype[l]
        h = self.home[l]
        self.overwritten = -1
        known = 0
        if h >= 0:
            known = (self.pin_const >> h) & 1
            self.pin_const ^= cython.cast(cython.longlong, known) << h
        if self.kind[i] == K_LOCAL and self.imm[i] == l:
            if keep:
                self.push_local(l)
            return 0
        self.force_refs(l)
        if h < 0:
            if self.kind[i] == K_CONST:
                self.store_const(t, self.imm[i], self.ldisp[l])
                if keep:
                    self.push(K_CONST, t, self.imm[i])
                return 0
            r = self.borrow(i)
            self.store_slot(r, t, self.ldisp[l])
            if not keep:
                return self.done(r)
            if self.owner[r] == TAKEN:
                return self.push_reg(t, r)
            return self.push_local(l)
        bit = 1
        bit <<= h
        if self.kind[i] == K_CONST:
            self.pin_const |= bit
            if known and self.constant[h] == self.imm[i] and self.use(OPT_AGAIN):
                return self.push_local(l) if keep else 0
            self.constant[h] = self.imm[i]
        if self.kind[i] == K_CONST and self.imm[i] == 0 and self.use(OPT_ZEROS):
            if self.owner[h] == PIN:
                self.release(h)
            self.pin_reg &= ~bit
            self.pin_zero |= bit
        else:
            s = self.in_reg(i)
            if s != h:
                if self.owner[h] >= 0:
                    self.relocate(h)
                self.load_entry(i, h)
            self.free &= ~bit
            self.owner[h] = PIN
            self.pin_reg |= bit
            self.pin_zero &= ~bit
        self.pin_mem &= ~bit
        self.pin_undef &= ~bit
        if keep:
            self.push_local(l)
        return 0

    # -------------------------------------- results where the next local wants them
    @cython.locals(bit=cython.longlong)
    def target(self, l: int, n_operands: int) -> int:
        """Home of local l if the next result may be computed there, else -1.

        The top `n_operands` entries are about to be consumed; no other entry may still
        read the local.
        """
        h = self.home[l]
        if h < 0 or self.owner[h] >= 0 or self.owner[h] == TAKEN:
            return -1
        j = self.sp - WINDOW
        if j < self.watermark:
            j = self.watermark
        while j < self.sp - n_operands:
            if self.kind[j] == K_LOCAL and self.imm[j] == l:
                return -1
            j += 1
        if (
            self.pending >= 0
            and self.pending < self.sp - n_operands
            and self.reg[self.pending] == h
        ):
            return -1
        return h

    @cython.locals(bit=cython.longlong)
    def target_argument(self, r: int, n_operands: int, needed: bool) -> int:
        """The argument register r if the next result may be computed there, else -1.

        A local that lives there goes to memory first, if it is needed behind the call.
        """
        bit = 1
        bit <<= r
        if not (self.gprs | self.xmms) & bit:
            return -1
        if self.owner[r] == NOBODY and self.use(OPT_ARGUMENT):
            # a local that an operand brings here is still in memory
            self.kept = r
            return r
        if self.owner[r] != PIN:
            return -1
        l = self.local_of[r]
        if self.target(l, n_operands) < 0 or not self.use(OPT_ARGUMENT):
            return -1
        if not needed:
            self.pin_undef |= bit
        elif not self.pin_mem & bit:
            self.store_slot(r, self.ltype[l], self.ldisp[l])
            self.pin_mem |= bit
            self.notes |= NOTE_SAVED
        self.kept = r
        return r

    @cython.locals(bit=cython.longlong)
    def begin_target(self, h: int) -> int:
        """A result is going to be computed in h: nothing else may get the register."""
        bit = 1
        bit <<= h
        if self.owner[h] >= 0:
            # an entry that made way for an operand has come here meanwhile
            self.relocate(h)
        if self.owner[h] == PIN:
            self.locked |= bit
        else:
            self.owner[h] = TAKEN
            self.free &= ~bit
        self.notes |= NOTE_TARGET
        return h

    def result(self, t: int, hint: int) -> int:
        """The target, or a fresh register: for a result that replaces no operand."""
        if hint >= 0:
            return self.begin_target(hint)
        return self.alloc(self.class_of(t))

    @cython.locals(bit=cython.longlong)
    def push_result(self, t: int, r: int) -> int:
        """Push a result from a TAKEN register or from the target home."""
        bit = 1
        bit <<= r
        if self.homes & bit:
            # the local's old value is gone; the next instruction sets the local
            self.pin_reg &= ~bit
            if self.owner[r] == PIN:
                if r != self.kept:
                    self.pin_mem &= ~bit
                self.pin_zero &= ~bit
                self.owner[r] = TAKEN
        return self.push_reg(t, r)

    def dest(self, a: int, b: int, hint: int) -> int:
        """Popped operand a in the register that is going to hold the result.

        The target home when operand b (or -1) does not read it, else a's own register
        or a fresh one.
        """
        if hint >= 0 and (b < 0 or self.reads(b) != hint):
            held = self.in_reg(a)
            if held != hint:
                if self.kind[a] == K_LOAD and self.reg[a] == hint:
                    return self.take(a)
                self.begin_target(hint)
                self.load_entry(a, hint)
            else:
                self.begin_target(hint)
            return hint
        return self.take(a)

    @cython.locals(bit=cython.longlong)
    def apart(self, a: int, hint: int) -> int:
        """The register for the result of an instruction that reads a and writes another
        register: the target, else a's own register or a fresh one; `source` is a's.
        """
        r = self.borrow(a)
        self.source = r
        if hint >= 0:
            self.begin_target(hint)
            if r != hint:
                self.done(r)
            return hint
        if self.owner[r] == TAKEN:
            return r
        bit = 1
        self.locked |= bit << r
        return self.alloc(self.class_of(self.typ[a]))

    # ------------------------------------------------------------------- constants
    @cython.locals(v=cython.longlong)
    def simm(self, t: int, v: int) -> int:
        """The constant as the signed number that its type means."""
        if t == T_I32:
            return v - ((v >> 31) << 32)
        return v

    @cython.locals(v=cython.longlong)
    def fits(self, i: int) -> bool:
        """Entry i is a constant that fits a sign-extended imm32."""
        if self.kind[i] != K_CONST:
            return False
        v = self.simm(self.typ[i], self.imm[i])
        return (v >> 31) == 0 or (v >> 31) == -1

    # -------------------------------------------------------------------- zero flag
    def zf_is_of(self, r: int, w: int) -> int:
        """The instruction just written has set the zero flag by its result in r."""
        self.zf_end = self.asm.n
        self.zf_reg = r
        self.zf_wide = w
        return 0

    def zf_holds(self, i: int) -> bool:
        """Do the flags say already whether entry i is zero?"""
        r = self.in_reg(i)
        if r < 0 and self.kind[i] == K_LOCAL:
            r = -2 - cython.cast(cython.int, self.imm[i])
        return (
            self.zf_end == self.asm.n
            and self.zf_reg == r
            and self.zf_wide == self.wide(self.typ[i])
        )

    # ----------------------------------------------------------------- around calls
    @cython.locals(live=cython.longlong, m=cython.longlong)
    def save_pins(self, live: int) -> int:
        """Store pins that are only in registers and needed later (mask `live`)."""
        m = self.pin_reg & ~self.pin_mem & live
        while m != 0:
            h = ctz(m)
            m &= m - 1
            l = self.local_of[h]
            self.store_slot(h, self.ltype[l], self.ldisp[l])
            self.notes |= NOTE_SAVED
        self.pin_mem |= self.pin_reg & live
        self.pin_undef |= self.pin_reg & ~self.pin_mem & ~live
        return 0

    @cython.locals(m=cython.longlong)
    def drop_pins(self) -> int:
        """All registers are clobbered: pins live in their frame words from here on."""
        m = self.pin_reg
        while m != 0:
            self.release(ctz(m))
            m &= m - 1
        self.pin_reg = 0
        return 0
