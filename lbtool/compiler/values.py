"""Where every value is: operand stack, registers, locals. The one API for all emission.

An operand-stack entry is lazy: a constant, a reference to a local, a pending load or a
condition in the flags costs nothing until an instruction consumes it (`codes.K_*`).
Registers 0-15 are general purpose, 16-31 are xmm0-15. A register has one owner: an
entry, a local pinned to it, or the instruction being compiled.

The rules that selectors can rely on:

* `pop` gives an entry index that stays readable until the next push; its register is
then
  TAKEN by the caller, who ends with `release`, `done`, `push_reg` or `forget`.
* `borrow` gives a readable register, `take` a writable one, `take_into` a certain one.
* Nothing here changes the flags while `flags_live` is set.
* A pin is in any of four states (masks over its home register): `pin_reg` the register
is
  valid, `pin_mem` the frame word is valid, `pin_zero` it is the initial zero and
  nowhere yet, `pin_undef` it will be written before it is read.

Control flow, calls and instruction selection are elsewhere.
"""

from __future__ import annotations

from array import array
from typing import Any

import cython

if not cython.compiled:
    from lbtool.abi import *  # noqa: F403
    from lbtool.compiler.codes import *  # noqa: F403
    from lbtool.x64.encodings import *  # noqa: F403


def _ints(n: int) -> Any:
    return memoryview(array("i", bytes(4 * n)))


class Values:
    """The symbolic machine state between two instructions of one function."""

    def __init__(self, asm: Any, tables: Any) -> None:
        self.asm = asm
        self.tables = tables
        self.sp = self.watermark = self.n_locals = 0
        self.pending = -1
        self.owner = _ints(32)
        self.local_of = _ints(32)
        self.free = self.locked = self.gprs = self.xmms = self.homes = 0
        self.pin_reg = self.pin_mem = self.pin_zero = self.pin_undef = 0
        self.flags_live = False
        self.stack_disp = self.notes = self.spills = self.here = 0
        self.work = self.failed = 0
        self.cap = self.cap_locals = 0
        self.fit(64, 64)

    def fit(self, depth: int, n_locals: int) -> None:
        """Make room for this many stack entries and locals (with the GIL held)."""
        if depth > self.cap:
            self.cap = 2 * depth
            self.kind, self.typ = _ints(self.cap), _ints(self.cap)
            self.reg, self.ordinal = _ints(self.cap), _ints(self.cap)
            self.imm = memoryview(array("q", bytes(8 * self.cap)))
        if n_locals > self.cap_locals:
            self.cap_locals = 2 * n_locals
            self.ltype, self.home = _ints(self.cap_locals), _ints(self.cap_locals)
            self.ldisp = _ints(self.cap_locals)

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
            self.asm.mem(MOVSS if t == T_F32 else MOVSD, 0, r, RSP, -1, 0, disp)
        else:
            self.asm.mem(MOV, t != T_I32, r, RSP, -1, 0, disp)
        return 0

    def store_slot(self, r: int, t: int, disp: int) -> int:
        if r >= 16:
            self.asm.mem(MOVSS_MR if t == T_F32 else MOVSD_MR, 0, r, RSP, -1, 0, disp)
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
                self.tables.constant(MOVSS if t == T_F32 else MOVSD, 0, r, v)
        elif v == 0 and not self.flags_live:
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

    # ------------------------------------------------------------------ registers
    def class_of(self, t: int) -> int:
        """Mask of the allocatable registers for a type."""
        return self.xmms if t == T_F32 or t == T_F64 else self.gprs

    @cython.locals(m=cython.longlong)
    def lowest(self, m: int) -> int:
        r = 0
        while (m & 255) == 0:
            m >>= 8
            r += 8
        while (m & 1) == 0:
            m >>= 1
            r += 1
        return r

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
        r = self.lowest(m)
        one = 1
        self.free &= ~(one << r)
        self.owner[r] = TAKEN
        return r

    @cython.locals(mask=cython.longlong, m=cython.longlong, one=cython.longlong)
    def make_room(self, mask: int) -> int:
        """Free one register of the mask: spill the deepest entry, else evict a pin."""
        best = -1
        r = 0
        while r < 32:
            if (
                (mask >> r) & 1
                and self.owner[r] >= 0
                and (best < 0 or self.owner[r] < best)
            ):
                best = self.owner[r]
            r += 1
        if best >= 0:
            self.spill(best)
            return 0
        base = -1
        if self.pending >= 0:
            base = self.reg[self.pending]
        m = mask & self.pin_reg & ~self.locked
        r = 0
        while r < 32:
            if (m >> r) & 1 and r != base:
                return self.evict_pin(r)
            r += 1
        return 0

    @cython.locals(one=cython.longlong)
    def release(self, r: int) -> int:
        one = 1
        self.owner[r] = NOBODY
        self.free |= one << r
        return 0

    def done(self, r: int) -> int:
        """End of a borrow: a register taken for it is free again, a pin stays."""
        if self.owner[r] == TAKEN:
            self.release(r)
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
        d = self.lowest(m)
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
    @cython.locals(v=cython.longlong)
    def push(self, k: int, t: int, v: int) -> int:
        i = self.sp
        j = i - WINDOW
        if j >= self.watermark and self.kind[j] == K_LOCAL:
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

    # ------------------------------------------------------------------ reading entries
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

    # ------------------------------------------------------------------ locals
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

    @cython.locals(m=cython.longlong)
    def settle_pins(self) -> int:
        """Before code with several predecessors: no pin is a virtual zero or
        undefined."""
        m = self.pin_zero | self.pin_undef
        h = 0
        while m != 0:
            if m & 1:
                self.pin_load(h)
            m >>= 1
            h += 1
        return 0

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
        if self.kind[i] == K_CONST and self.imm[i] == 0:
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
        if self.pending >= 0 and self.pending < self.sp - n_operands:
            return -1
        return h

    @cython.locals(bit=cython.longlong)
    def begin_target(self, h: int) -> int:
        """A result is going to be computed in h: nothing else may get the register."""
        bit = 1
        bit <<= h
        if self.owner[h] == PIN:
            self.locked |= bit
        else:
            self.owner[h] = TAKEN
            self.free &= ~bit
        self.notes |= NOTE_TARGET
        return h

    @cython.locals(bit=cython.longlong)
    def push_result(self, t: int, r: int) -> int:
        """Push a result from a TAKEN register or from the target home."""
        bit = 1
        bit <<= r
        if self.homes & bit:
            # the local's old value is gone; the next instruction sets the local
            self.pin_reg &= ~bit
            if self.owner[r] == PIN:
                self.pin_mem &= ~bit
                self.pin_zero &= ~bit
                self.owner[r] = TAKEN
        return self.push_reg(t, r)

    def reads(self, i: int) -> int:
        """The register that using entry i as an operand reads, or -1."""
        if self.kind[i] == K_LOAD:
            return self.reg[i]
        return self.in_reg(i)

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

    # ------------------------------------------------------------------ around calls
    @cython.locals(live=cython.longlong, m=cython.longlong)
    def save_pins(self, live: int) -> int:
        """Store pins that are only in registers and needed later (mask `live`)."""
        m = self.pin_reg & ~self.pin_mem & live
        h = 0
        while m != 0:
            if m & 1:
                l = self.local_of[h]
                self.store_slot(h, self.ltype[l], self.ldisp[l])
                self.notes |= NOTE_SAVED
            m >>= 1
            h += 1
        self.pin_mem |= self.pin_reg & live
        self.pin_undef |= self.pin_reg & ~self.pin_mem & ~live
        return 0

    @cython.locals(m=cython.longlong)
    def drop_pins(self) -> int:
        """All registers are clobbered: pins live in their frame words from here on."""
        m = self.pin_reg
        h = 0
        while m != 0:
            if m & 1:
                self.release(h)
            m >>= 1
            h += 1
        self.pin_reg = 0
        return 0
