"""Operand-stack entries: lazy values, and the registers they get when it is time.

A constant, a reference to a local, a pending load or a condition in the flags costs
nothing until an instruction consumes it (`codes.K_*`). The rules for selectors:

* `pop` gives an entry index that stays readable until the next push; its register is
  then TAKEN by the caller, who ends with `release`, `done`, `push_reg` or `forget`.
* `borrow` gives a readable register, `take` a writable one, `take_into` a certain one.
"""

from __future__ import annotations

import cython

from lbtool.compiler.places import Places

if not cython.compiled:
    from lbtool.abi import *  # noqa: F403
    from lbtool.compiler.codes import *  # noqa: F403
    from lbtool.compiler.places import ctz
    from lbtool.x64.encodings import *  # noqa: F403


class Entries(Places):
    """The operand stack and register allocation."""

    # -------------------------------------------------------------------- registers
    @cython.locals(mask=cython.longlong, m=cython.longlong, one=cython.longlong)
    def alloc(self, mask: int) -> int:
        """A register of the mask, TAKEN: a free one, else one that is spilled for
        it."""
        m = self.free & mask & ~self.homes
        if m == 0:
            m = self.free & mask
            if m == 0:
                self.make_room(mask)
                m = self.free & mask
                if m == 0:
                    self.failed = 1
                    return 0
        r = ctz(m)
        one = 1
        self.free &= ~(one << r)
        self.owner[r] = TAKEN
        return r

    @cython.locals(mask=cython.longlong, m=cython.longlong, one=cython.longlong)
    def make_room(self, mask: int) -> int:
        """Free one register of the mask: spill the deepest entry, else evict a pin."""
        best = -1
        m = mask
        while m != 0:
            r = ctz(m)
            m &= m - 1
            if self.owner[r] >= 0 and (best < 0 or self.owner[r] < best):
                best = self.owner[r]
        if best >= 0:
            self.spill(best)
            return 0
        base = -1
        if self.pending >= 0:
            base = self.reg[self.pending]
        m = mask & self.pin_reg & ~self.locked
        while m != 0:
            r = ctz(m)
            m &= m - 1
            if r != base:
                return self.evict_pin(r)
        return 0

    @cython.locals(m=cython.longlong, one=cython.longlong, mask=cython.longlong)
    def relocate(self, r: int) -> int:
        """The entry that owns r moves to another free register or to its frame word."""
        i = self.owner[r]
        mask = self.xmms if r >= 16 else self.gprs
        m = self.free & mask & ~self.homes
        if m == 0:
            m = self.free & mask
        if m == 0:
            return self.spill(i)
        d = ctz(m)
        one = 1
        t = T_REF if self.kind[i] == K_LOAD else self.typ[i]
        self.move(d, r, t)
        self.free &= ~(one << d)
        self.owner[d] = i
        self.reg[i] = d
        self.release(r)
        return 0

    @cython.locals(one=cython.longlong)
    def reserve(self, r: int) -> int:
        """Take this very register, moving away whatever is there."""
        o = self.owner[r]
        if o >= 0:
            self.relocate(r)
        elif o == PIN:
            self.evict_pin(r)
        elif o == TAKEN:
            self.failed = 1
        one = 1
        self.free &= ~(one << r)
        self.owner[r] = TAKEN
        return 0

    @cython.locals(bit=cython.longlong)
    def evict_pin(self, r: int) -> int:
        """The local pinned to r goes to memory; r is free."""
        bit = 1
        bit <<= r
        l = self.local_of[r]
        if not self.pin_mem & bit:
            self.store_slot(r, self.ltype[l], self.ldisp[l])
            self.pin_mem |= bit
        self.pin_reg &= ~bit
        self.notes |= NOTE_SPILLED
        self.spills += 1
        return self.release(r)

    @cython.locals(bit=cython.longlong)
    def pin_load(self, h: int) -> int:
        """Make the home register of a local valid; 0 if it is in use by the
        instruction."""
        bit = 1
        bit <<= h
        if self.pin_reg & bit:
            return 1
        o = self.owner[h]
        if o == TAKEN:
            return 0
        if o >= 0:
            self.relocate(h)
        l = self.local_of[h]
        if self.pin_zero & bit:
            self.load_const(h, self.ltype[l], 0)
        elif self.pin_mem & bit:
            self.load_slot(h, self.ltype[l], self.ldisp[l])
            self.notes |= NOTE_RELOADED
        self.pin_zero &= ~bit
        self.pin_undef &= ~bit
        self.pin_reg |= bit
        self.free &= ~bit
        self.owner[h] = PIN
        return 1

    def spill(self, i: int) -> int:
        """Entry i, which owns a register, goes to its frame word."""
        r = self.reg[i]
        if self.kind[i] == K_LOAD:
            t = self.typ[i]
            if t == T_F32 or t == T_F64:
                self.emit_load(i, 16 + FSCRATCH)
                self.store_slot(16 + FSCRATCH, t, self.slot(i))
            else:
                self.emit_load(i, r)
                self.store_slot(r, t, self.slot(i))
            self.pending = -1
        else:
            self.store_slot(r, self.typ[i], self.slot(i))
        self.kind[i] = K_SLOT
        self.notes |= NOTE_SPILLED
        self.spills += 1
        return self.release(r)

    # ------------------------------------------------------------- pushing, popping
    # The one test of `i` is for all four arrays, which are `cap` long (`Places.fit`).
    @cython.boundscheck(False)
    @cython.locals(v=cython.longlong)
    def push(self, k: int, t: int, v: int) -> int:
        i = self.sp
        if i < 0 or i >= self.cap:
            self.failed = 1
            return 0
        j = i - WINDOW
        if j >= self.watermark and j >= 0 and self.kind[j] == K_LOCAL:
            self.flush_entry(j)
        self.kind[i] = k
        self.typ[i] = t
        self.imm[i] = v
        self.reg[i] = -1
        self.sp = i + 1
        return 0

    def push_reg(self, t: int, r: int) -> int:
        """Push a value in a register that the caller has TAKEN."""
        self.push(K_REG, t, 0)
        self.reg[self.sp - 1] = r
        self.owner[r] = self.sp - 1
        return 0

    @cython.locals(bit=cython.longlong)
    def push_local(self, l: int) -> int:
        r = self.home[l]
        if r >= 0:
            bit = 1
            bit <<= r
            if self.pin_zero & bit:
                return self.push(K_CONST, self.ltype[l], 0)
        return self.push(K_LOCAL, self.ltype[l], l)

    def push_load(self, t: int, base: int, disp: int) -> int:
        """Push a pending load of [r14 + base + disp]; base is TAKEN, a pin's home, or
        -1."""
        self.push(K_LOAD, t, disp)
        i = self.sp - 1
        self.reg[i] = base
        self.ordinal[i] = self.here
        if base >= 0 and self.owner[base] == TAKEN:
            self.owner[base] = i
        self.pending = i
        return 0

    def pop(self) -> int:
        i = self.sp - 1
        self.sp = i
        if i < self.watermark:
            self.watermark = i
        r = self.reg[i]
        if r >= 0 and self.owner[r] == i:
            self.owner[r] = TAKEN
        if self.pending == i:
            self.pending = -1
        return i

    @cython.locals(bit=cython.longlong)
    def forget(self, i: int) -> int:
        """A popped entry is not needed: give back its register."""
        r = self.reg[i]
        if r >= 0 and self.owner[r] == TAKEN:
            self.release(r)
        return 0

    # ---------------------------------------------------------------------- reading
    def emit_load(self, i: int, r: int) -> int:
        """The deferred load of entry i into r; its base register is left alone."""
        t = self.typ[i]
        self.tables.site(self.asm.n, TRAP_MEMORY | SITE_ACCESS, self.ordinal[i])
        if r >= 16:
            op = MOVSS if t == T_F32 else MOVSD
            self.heap(op, 0, r, i)
        else:
            self.heap(MOV, t == T_I64, r, i)
        return 0

    def heap(self, op: int, w: int, r: int, i: int) -> int:
        """op r, [r14 + base + disp] for the load entry i."""
        disp = cython.cast(cython.int, self.imm[i])
        return self.asm.mem(op, w, r, R14, self.reg[i], 0, disp)

    def load_entry(self, i: int, r: int) -> int:
        """A popped entry into r, which the caller holds; the entry's own register is
        freed."""
        k = self.kind[i]
        t = self.typ[i]
        if k == K_REG:
            s = self.reg[i]
            self.move(r, s, t)
            if s != r:
                self.release(s)
        elif k == K_CONST:
            self.load_const(r, t, self.imm[i])
        elif k == K_SLOT:
            self.load_slot(r, t, self.slot(i))
        elif k == K_LOCAL:
            l = cython.cast(cython.int, self.imm[i])
            h = self.home[l]
            if h >= 0 and self.owner[h] == PIN:
                self.move(r, h, t)
            else:
                self.load_slot(r, t, self.ldisp[l])
        elif k == K_LOAD:
            self.emit_load(i, r)
            s = self.reg[i]
            if s >= 0 and s != r and self.owner[s] == TAKEN:
                self.release(s)
        else:
            self.failed = 1
        return 0

    @cython.locals(bit=cython.longlong)
    def borrow(self, i: int) -> int:
        """A popped entry in a register to read; end with `done`."""
        k = self.kind[i]
        if k == K_REG:
            return self.reg[i]
        if k == K_LOCAL:
            l = cython.cast(cython.int, self.imm[i])
            h = self.home[l]
            if h >= 0 and self.pin_load(h):
                bit = 1
                self.locked |= bit << h
                return h
        r = -1
        if k == K_LOAD and self.typ[i] != T_F32 and self.typ[i] != T_F64:
            r = self.reg[i]
            if r >= 0 and self.owner[r] != TAKEN:
                r = -1
        if r < 0:
            r = self.alloc(self.class_of(self.typ[i]))
        self.load_entry(i, r)
        self.kind[i] = K_REG
        self.reg[i] = r
        return r

    def in_reg(self, i: int) -> int:
        """The register that already holds entry i, or -1."""
        k = self.kind[i]
        if k == K_REG:
            return self.reg[i]
        if k == K_LOCAL:
            h = self.home[cython.cast(cython.int, self.imm[i])]
            if h >= 0 and self.owner[h] == PIN:
                return h
        return -1

    def reads(self, i: int) -> int:
        """The register that using entry i as an operand reads, or -1."""
        if self.kind[i] == K_LOAD:
            return self.reg[i]
        return self.in_reg(i)

    def take(self, i: int) -> int:
        """A popped entry in a register that may be overwritten; TAKEN."""
        if self.kind[i] == K_LOCAL:
            r = self.alloc(self.class_of(self.typ[i]))
            self.load_entry(i, r)
            self.kind[i] = K_REG
            self.reg[i] = r
            return r
        return self.borrow(i)

    def take_into(self, i: int, r: int) -> int:
        """A popped entry in register r; TAKEN."""
        if self.kind[i] == K_REG and self.reg[i] == r:
            return r
        if self.kind[i] != K_LOAD or self.reg[i] != r or self.owner[r] != TAKEN:
            self.reserve(r)
        self.load_entry(i, r)
        self.kind[i] = K_REG
        self.reg[i] = r
        return r

    @cython.locals(mask=cython.longlong)
    def avoid(self, i: int, mask: int) -> int:
        """A popped entry in a readable register outside the mask."""
        r = self.borrow(i)
        if (mask >> r) & 1:
            d = self.alloc(self.class_of(self.typ[i]) & ~mask)
            self.move(d, r, self.typ[i])
            self.done(r)
            self.kind[i] = K_REG
            self.reg[i] = d
            return d
        return r

    def op_entry(self, op: int, w: int, dst: int, i: int) -> int:
        """op dst, entry: the popped entry as the instruction's register or memory
        operand."""
        k = self.kind[i]
        if k == K_LOCAL:
            l = cython.cast(cython.int, self.imm[i])
            h = self.home[l]
            if h >= 0 and self.owner[h] == PIN:
                self.asm.rr(op, w, dst, h)
            else:
                self.asm.mem(op, w, dst, RSP, -1, 0, self.ldisp[l])
                self.notes |= NOTE_FOLDED
            return 0
        if k == K_SLOT:
            self.notes |= NOTE_FOLDED
            return self.asm.mem(op, w, dst, RSP, -1, 0, self.slot(i))
        if k == K_LOAD:
            self.tables.site(self.asm.n, TRAP_MEMORY | SITE_ACCESS, self.ordinal[i])
            self.heap(op, w, dst, i)
            self.notes |= NOTE_FOLDED
            return self.forget(i)
        if k == K_CONST and dst >= 16:
            self.tables.constant(op, w, dst, self.imm[i])
            return 0
        r = self.borrow(i)
        self.asm.rr(op, w, dst, r)
        return self.done(r)

    def in_memory(self, i: int) -> bool:
        """Is entry i a word that would have to be loaded to be in a register?"""
        k = self.kind[i]
        if k == K_LOCAL:
            return self.home[cython.cast(cython.int, self.imm[i])] < 0
        return k == K_SLOT or k == K_LOAD

    @cython.locals(v=cython.longlong)
    def op_entry_imm(self, ext: int, w: int, i: int, v: int) -> int:
        """op entry, imm32 of group 1, for an operation that does not write."""
        if -128 <= v <= 127:
            self.op_entry(GROUP1_I8, w, ext, i)
            return self.asm.u8(cython.cast(cython.int, v & 255))
        self.op_entry(GROUP1_I32, w, ext, i)
        return self.asm.u32(v)

    # ---------------------------------------------------------------------- forcing
    def force_pending(self) -> int:
        """Do the pending load now, if there is one."""
        if self.pending >= 0:
            self.force(self.pending)
        return 0

    def force(self, i: int) -> int:
        """Entry i of the stack gets a register of its own (slots and constants as
        well)."""
        k = self.kind[i]
        if k == K_REG:
            return 0
        if i < self.watermark:
            self.watermark = i
        t = self.typ[i]
        if k == K_LOAD:
            self.pending = -1
            s = self.reg[i]
            if s >= 0 and self.owner[s] == i:
                self.owner[s] = TAKEN
                r = s
                if t == T_F32 or t == T_F64:
                    r = self.alloc(self.class_of(t))
            else:
                r = self.alloc(self.class_of(t))
            self.load_entry(i, r)
        else:
            r = self.alloc(self.class_of(t))
            self.load_entry(i, r)
        self.kind[i] = K_REG
        self.reg[i] = r
        self.owner[r] = i
        return 0

    def flush_entry(self, i: int) -> int:
        """Entry i goes to its frame word, unless it is a constant."""
        k = self.kind[i]
        if k == K_REG:
            self.spill(i)
        elif k == K_LOCAL:
            l = cython.cast(cython.int, self.imm[i])
            t = self.typ[i]
            h = self.home[l]
            if h >= 0 and self.owner[h] == PIN:
                self.store_slot(h, t, self.slot(i))
            else:
                self.asm.mem(
                    MOV, t != T_I32 and t != T_F32, SCRATCH, RSP, -1, 0, self.ldisp[l]
                )
                self.asm.mem(
                    MOV_MR, t != T_I32 and t != T_F32, SCRATCH, RSP, -1, 0, self.slot(i)
                )
            self.kind[i] = K_SLOT
        elif k == K_LOAD:
            self.force(i)
            self.spill(i)
        return 0

    def flush(self, upto: int) -> int:
        """All entries below `upto` are frame words or constants from here on."""
        i = self.watermark
        while i < upto:
            self.flush_entry(i)
            i += 1
            self.work += 1
        if upto > self.watermark:
            self.watermark = upto
        return 0
