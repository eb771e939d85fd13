"""Linear memory, globals and tables: everything that is an address.

With guard pages an access is one instruction: u32 index + u32 offset + width stays
inside the reservation, so what is out of bounds faults. Where offset + width alone
exceeds 4 GiB the access always traps, and that is what is emitted. The explicit mode
compares with the memory's size first.
"""

from __future__ import annotations

from typing import Any

import cython

if not cython.compiled:
    from lbtool.abi import *  # noqa: F403
    from lbtool.compiler.codes import *  # noqa: F403
    from lbtool.x64.encodings import *  # noqa: F403


class MemorySelect:
    """Loads, stores, globals, table elements, sizes."""

    def __init__(self, values: Any, tables: Any) -> None:
        self.values = values
        self.tables = tables
        self.asm = values.asm
        self.explicit_bounds = False
        self.memory_slot = -1
        self.base = self.disp = 0

    def cell(self, op: int, w: int, reg: int, slot: int, addend: int) -> int:
        """op reg, [r15 + cell of the slot + addend]."""
        at = self.asm.mem32(op, w, reg, R15)
        return self.tables.reloc(at, RELOC_CELL, slot, addend)

    # ------------------------------------------------------------------ addresses
    @cython.locals(offset=cython.longlong, total=cython.longlong, limit=cython.longlong)
    def address(self, i: int, offset: int, width: int) -> int:
        """Popped entry i + offset as [r14 + base + disp] for an access of `width`
        bytes.

        0 if it always traps: the trap is emitted. Ends with `done_address`.
        """
        limit = 1
        limit <<= 32
        self.values.notes |= NOTE_TRAPS
        if offset + width > limit:
            self.values.forget(i)
            self.tables.trap_if(-1, TRAP_MEMORY, self.values.here)
            return 0
        if self.values.kind[i] == K_CONST and not self.explicit_bounds:
            total = self.values.imm[i] + offset
            self.values.notes |= NOTE_BOUNDS_ELIDED
            if (total >> 31) == 0:
                self.base = -1
                self.disp = cython.cast(cython.int, total)
            else:
                self.asm.mov_imm(SCRATCH, total)
                self.base = SCRATCH
                self.disp = 0
            return 1
        r = self.values.borrow(i)
        if self.explicit_bounds:
            self.check_bounds(r, offset, width)
            self.values.notes |= NOTE_BOUNDS_CHECKED
        else:
            self.values.counts[OPT_GUARD] += 1
            self.values.notes |= NOTE_BOUNDS_ELIDED
        if (offset >> 31) == 0:
            self.base = r
            self.disp = cython.cast(cython.int, offset)
        else:
            self.asm.mov_imm(SCRATCH, offset)
            self.asm.rr(ADD, 1, SCRATCH, r)
            self.values.done(r)
            self.base = SCRATCH
            self.disp = 0
        return 1

    @cython.locals(offset=cython.longlong, end=cython.longlong)
    def check_bounds(self, r: int, offset: int, width: int) -> int:
        """Trap unless index + offset + width (below 2**34) is inside of the memory."""
        end = offset + width
        self.values.locked |= cython.cast(cython.longlong, 1) << r
        tmp = self.values.alloc(self.values.gprs)
        if (end >> 31) == 0:
            self.asm.mem(LEA, 1, tmp, r, -1, 0, cython.cast(cython.int, end))
        else:
            self.asm.mov_imm(tmp, end)
            self.asm.rr(ADD, 1, tmp, r)
        self.cell(MOV, 1, SCRATCH, self.memory_slot, 0)
        self.asm.mem(CMP, 1, tmp, SCRATCH, -1, 0, MEM_SIZE)
        self.values.release(tmp)
        return self.tables.trap_if(CC_A, TRAP_MEMORY, self.values.here)

    def access(self, op: int, w: int, reg: int) -> int:
        """op reg, [address], with its site."""
        self.tables.site(self.asm.n, TRAP_MEMORY | SITE_ACCESS, self.values.here)
        return self.asm.mem(op, w, reg, R14, self.base, 0, self.disp)

    def done_address(self) -> int:
        if self.base >= 0 and self.base != SCRATCH:
            self.values.done(self.base)
        return 0

    # ------------------------------------------------------------- loads and stores
    @cython.locals(offset=cython.longlong)
    def load(
        self, enc: int, w: int, t: int, width: int, offset: int, defer: bool, hint: int
    ) -> int:
        """A load; with `defer` a full-width one waits for the instruction that reads
        it."""
        self.values.force_pending()
        i = self.values.pop()
        if self.address(i, offset, width) == 0:
            return self.values.push(K_CONST, t, 0)
        if defer and self.base != SCRATCH and self.values.use(OPT_DEFER):
            self.values.notes |= NOTE_DEFERRED
            return self.values.push_load(t, self.base, self.disp)
        if hint >= 0:
            d = self.values.begin_target(hint)
        elif (
            t != T_F32
            and t != T_F64
            and self.base >= 0
            and self.base != SCRATCH
            and self.values.owner[self.base] == TAKEN
        ):
            d = self.base
        else:
            d = self.values.alloc(self.values.class_of(t))
        self.access(enc, w, d)
        if d != self.base:
            self.done_address()
        return self.values.push_result(t, d)

    @cython.locals(offset=cython.longlong, c=cython.longlong)
    def store(self, enc: int, w: int, t: int, width: int, offset: int) -> int:
        self.values.force_pending()
        v = self.values.pop()
        i = self.values.pop()
        if self.values.kind[v] == K_CONST:
            c = self.values.imm[v]
            if width < 8 or (c >> 31) == 0 or (c >> 31) == -1:
                if self.address(i, offset, width):
                    self.store_const(t, width, c)
                    self.done_address()
                return 0
        r = self.values.borrow(v)
        if self.address(i, offset, width):
            self.access(enc, w, r)
            self.done_address()
        return self.values.done(r)

    @cython.locals(v=cython.longlong)
    def store_const(self, t: int, width: int, v: int) -> int:
        """Store an immediate of 1, 2, 4 or 8 bytes (floats by their bits)."""
        if width == 1:
            self.access(MOV8_MI, 0, 0)
            self.asm.u8(cython.cast(cython.int, v & 255))
        elif width == 2:
            self.access(MOV16_MI, 0, 0)
            self.asm.u8(cython.cast(cython.int, v & 255))
            self.asm.u8(cython.cast(cython.int, (v >> 8) & 255))
        else:
            self.access(MOV_MI, width == 8, 0)
            self.asm.u32(v)
        return 0

    def size(self, slot: int, hint: int) -> int:
        """memory.size in pages of 64 KiB."""
        d = self.values.result(T_I64, hint)
        self.cell(MOV, 1, d, slot, 0)
        self.asm.mem(MOV, 1, d, d, -1, 0, MEM_SIZE)
        self.asm.shift_imm(EXT_SHR, 1, d, 16)
        return self.values.push_result(T_I32, d)

    # ------------------------------------------------------------------ globals
    def global_get(self, slot: int, t: int, imported: bool, hint: int) -> int:
        d = self.values.result(t, hint)
        if t == T_F32:
            op = MOVSS
        elif t == T_F64:
            op = MOVSD
        else:
            op = MOV
        w = 1 if t == T_I64 or t == T_REF else 0
        if imported:
            self.cell(MOV, 1, SCRATCH, slot, 0)
            self.asm.mem(op, w, d, SCRATCH, -1, 0, 0)
        else:
            self.cell(op, w, d, slot, 0)
        return self.values.push_result(t, d)

    @cython.locals(c=cython.longlong)
    def global_set(self, slot: int, t: int, imported: bool) -> int:
        """Written through at once: globals are observable after a trap."""
        self.values.force_pending()
        i = self.values.pop()
        if t == T_F32:
            op = MOVSS_MR
        elif t == T_F64:
            op = MOVSD_MR
        else:
            op = MOV_MR
        w = 1 if t == T_I64 or t == T_REF else 0
        r = self.values.borrow(i)
        if imported:
            self.cell(MOV, 1, SCRATCH, slot, 0)
            self.asm.mem(op, w, r, SCRATCH, -1, 0, 0)
        else:
            self.cell(op, w, r, slot, 0)
        return self.values.done(r)

    # ------------------------------------------------------------------ tables
    def table_element(self, slot: int, i: int) -> int:
        """Bounds check; SCRATCH = the table's elements; returns the index register."""
        r = self.values.borrow(i)
        self.values.notes |= NOTE_TRAPS
        self.cell(MOV, 1, SCRATCH, slot, 0)
        self.asm.mem(CMP, 1, r, SCRATCH, -1, 0, TAB_LEN)
        self.tables.trap_if(CC_AE, TRAP_TABLE, self.values.here)
        self.asm.mem(MOV, 1, SCRATCH, SCRATCH, -1, 0, TAB_BASE)
        return r

    def table_get(self, slot: int) -> int:
        self.values.force_pending()
        r = self.table_element(slot, self.values.pop())
        d = self.values.alloc(self.values.gprs)
        self.asm.mem(MOV, 1, d, SCRATCH, r, 3, 0)
        self.values.done(r)
        return self.values.push_reg(T_REF, d)

    def table_set(self, slot: int) -> int:
        self.values.force_pending()
        v = self.values.pop()
        i = self.values.pop()
        s = self.values.borrow(v)
        r = self.table_element(slot, i)
        self.asm.mem(MOV_MR, 1, s, SCRATCH, r, 3, 0)
        self.values.done(r)
        return self.values.done(s)

    def table_size(self, slot: int) -> int:
        d = self.values.alloc(self.values.gprs)
        self.cell(MOV, 1, d, slot, 0)
        self.asm.mem(MOV, 1, d, d, -1, 0, TAB_LEN)
        return self.values.push_reg(T_I32, d)

    def ref_func(self, slot: int) -> int:
        """A funcref is the address of the function's cell in the VMContext."""
        d = self.values.alloc(self.values.gprs)
        at = self.asm.mem32(LEA, 1, d, R15)
        self.tables.reloc(at, RELOC_FUNCREF, slot, 0)
        return self.values.push_reg(T_REF, d)
