"""Before the first instruction: which locals are pinned, the frame, the prologue.

The hottest locals by the summary's weights get home registers; a parameter's home is
the register it arrives in where that can be. Everything else that is used has a frame
word. The frame is fixed for the whole function, see the drawing in ``lbtool.abi``; a
leaf whose words fit the 128 bytes below rsp has none and checks nothing.
"""

from __future__ import annotations

from typing import Any

import cython

from lbtool.buffers import ints

if not cython.compiled:
    from lbtool.abi import *  # noqa: F403
    from lbtool.compiler.codes import *  # noqa: F403
    from lbtool.compiler.lowering import TYPE_CODE
    from lbtool.compiler.places import ctz
    from lbtool.x64.encodings import *  # noqa: F403


class Frame:
    """Pins, frame words and prologue of one function."""

    def __init__(self, values: Any, tables: Any, mover: Any, calls: Any) -> None:
        self.values = values
        self.asm = values.asm
        self.tables = tables
        self.mover = mover
        self.calls = calls
        self.size = self.outgoing = self.stack_args = self.first_zero = self.n_zero = 0
        self.leaf = False
        self.max_gpr_pins = 8
        self.max_xmm_pins = 9
        self.best = ints(16)
        self.cap_arrival = 64
        self.arrival = ints(64)

    def open(self, function: Any) -> None:
        self.function = function
        if function.n_params > self.cap_arrival:
            self.cap_arrival = 2 * function.n_params
            self.arrival = ints(self.cap_arrival)

    # ------------------------------------------------------------------ planning
    @cython.locals(one=cython.longlong, pool=cython.longlong, r=cython.int)
    def plan(self) -> int:
        """Choose pins and lay out the frame."""
        self.values.n_locals = self.function.n_locals
        l = 0
        while l < self.function.n_locals:
            self.values.ltype[l] = TYPE_CODE[self.function.local_type[l]]
            self.values.home[l] = -1
            self.values.ldisp[l] = 0
            l += 1
        self.values.homes = 0
        self.leaf = self.function.n_calls == 0
        self.arrivals()
        if not (self.values.off >> OPT_PINS) & 1:
            self.choose_pins(False, HOME_GPRS & self.values.gprs, self.max_gpr_pins)
            pool = HOME_XMMS
            pool = (pool << 16) & self.values.xmms
            self.choose_pins(True, pool, self.max_xmm_pins)
        return self.words()

    def arrivals(self) -> int:
        """Register (or 64 + stack word) of each parameter."""
        self.calls.signature.begin()
        l = 0
        while l < self.function.n_params:
            self.arrival[l] = self.calls.signature.arg(self.values.ltype[l])
            l += 1
        self.stack_args = self.calls.signature.n_stack
        return 0

    @cython.locals(pool=cython.longlong, one=cython.longlong, left=cython.longlong)
    def choose_pins(self, floats: bool, pool: int, limit: int) -> int:
        """Pin the heaviest locals of one register class."""
        n = 0
        l = 0
        while l < self.function.n_locals:
            t = self.values.ltype[l]
            if (
                self.function.local_weight[l] > 0
                and (1 if t == T_F32 or t == T_F64 else 0) == floats
            ):
                n = self.rank(l, n, limit)
            l += 1
        one = 1
        left = pool
        i = 0
        while i < n:
            l = self.best[i]
            if l < self.function.n_params and self.arrival[l] < 64:
                r = self.arrival[l]
                if (left >> r) & 1:
                    self.pin(l, r)
                    left &= ~(one << r)
            i += 1
        i = 0
        while i < n:
            l = self.best[i]
            if self.values.home[l] < 0 and left != 0:
                r = ctz(left)
                self.pin(l, r)
                left &= ~(one << r)
            i += 1
        return 0

    def rank(self, l: int, n: int, limit: int) -> int:
        """Insert local l into `best`, heaviest first, at most `limit` long."""
        w = self.function.local_weight[l]
        if n == limit:
            if limit == 0 or self.function.local_weight[self.best[n - 1]] >= w:
                return n
            n -= 1
        i = n
        while i > 0 and self.function.local_weight[self.best[i - 1]] < w:
            self.best[i] = self.best[i - 1]
            i -= 1
        self.best[i] = l
        return n + 1

    @cython.locals(one=cython.longlong)
    def pin(self, l: int, r: int) -> int:
        one = 1
        self.values.home[l] = r
        self.values.local_of[r] = l
        self.values.homes |= one << r
        self.values.use(OPT_PINS)
        return 0

    def outgoing_words(self) -> int:
        """Words at the bottom of the frame for arguments and results of any callee."""
        most = 0
        i = 0
        while i < self.function.n_slots:
            k = self.function.slot_kind[i]
            if k == SLOT_FUNC or k == SLOT_TYPE:
                n = self.calls.signature.stack_words(self.function.slot_type[i])
                if n > most:
                    most = n
            i += 1
        return most

    def words(self) -> int:
        """Give every used local a word, in the order: to be cleared, others, saved
        r15."""
        self.outgoing = 0 if self.leaf else self.outgoing_words()
        n = 0
        l = self.function.n_params
        while l < self.function.n_locals:
            if self.values.home[l] < 0 and self.function.local_needs_zero[l]:
                self.values.ldisp[l] = 8 * n
                n += 1
            l += 1
        self.n_zero = n
        l = 0
        while l < self.function.n_locals:
            if l < self.function.n_params and self.arrival[l] >= 64:
                self.values.ldisp[l] = 0
            elif self.function.local_weight[l] > 0 and not (
                self.values.home[l] < 0 and self.function.local_needs_zero[l]
            ):
                self.values.ldisp[l] = 8 * n
                n += 1
            l += 1
        saved = n
        if not self.leaf:
            n += 1
        total = n + self.function.max_depth
        if self.leaf and total <= 16 and self.values.use(OPT_RED_ZONE):
            self.size = 0
            base = -8 * total
        else:
            self.leaf = False
            self.size = 8 * (self.outgoing + total)
            if self.size % 16 != 8:
                self.size += 8
            base = 8 * self.outgoing
        self.values.stack_disp = base + 8 * n
        self.calls.save_disp = base + 8 * saved
        self.first_zero = base
        l = 0
        while l < self.function.n_locals:
            if l < self.function.n_params and self.arrival[l] >= 64:
                self.values.ldisp[l] = self.size + 8 + 8 * (self.arrival[l] - 64)
            else:
                self.values.ldisp[l] += base
            l += 1
        return 0

    # ------------------------------------------------------------------ prologue
    @cython.locals(m=cython.longlong)
    def prologue(self) -> int:
        """Stack check, frame, parameters to their places, words cleared."""
        if not self.leaf:
            self.check_stack()
            self.asm.alu_imm(EXT_SUB, 1, RSP, self.size)
        self.initial_pins()
        self.receive()
        self.clear_locals()
        m = self.values.pin_zero
        while m != 0:
            if not self.values.use(OPT_ZEROS):
                self.values.pin_load(ctz(m))
            m &= m - 1
        return 0

    def check_stack(self) -> int:
        """Trap when the frame would reach below the store's limit."""
        if self.size > 4096:
            self.asm.mem(LEA, 1, SCRATCH, RSP, -1, 0, -self.size)
            self.asm.mem(CMP, 1, SCRATCH, R15, -1, 0, VM_STACK_LIMIT)
        else:
            self.asm.mem(CMP, 1, RSP, R15, -1, 0, VM_STACK_LIMIT)
        return self.tables.trap_if(CC_B, TRAP_STACK, 0)

    @cython.locals(bit=cython.longlong, m=cython.longlong)
    def initial_pins(self) -> int:
        """All registers free, no local anywhere but parameters in their arrival
        places."""
        self.values.sp = self.values.watermark = 0
        self.values.pending = -1
        self.values.flags_live = False
        self.values.locked = 0
        self.values.pin_reg = self.values.pin_mem = 0
        self.values.pin_zero = self.values.pin_undef = 0
        self.values.free = self.values.gprs | self.values.xmms
        self.values.disown()
        m = self.values.homes
        while m != 0:
            h = ctz(m)
            m &= m - 1
            bit = 1
            bit <<= h
            l = self.values.local_of[h]
            if l < self.function.n_params:
                if self.arrival[l] >= 64:
                    self.values.pin_mem |= bit
                else:
                    self.values.pin_reg |= bit
                    self.values.owner[h] = PIN
                    self.values.free &= ~bit
            elif self.function.local_needs_zero[l]:
                self.values.pin_zero |= bit
            else:
                self.values.pin_undef |= bit
        return 0

    def receive(self) -> int:
        """Parameters that do not stay where they arrive: to words, then to homes."""
        self.mover.begin()
        l = 0
        while l < self.function.n_params:
            a = self.arrival[l]
            if a < 64 and self.values.home[l] != a:
                t = self.values.ltype[l]
                if self.values.home[l] >= 0:
                    self.values.kind[0] = K_REG
                    self.values.reg[0] = a
                    self.values.typ[0] = t
                    self.mover.entry_to_reg(0, self.values.home[l])
                elif self.function.local_weight[l] > 0:
                    self.values.store_slot(a, t, self.values.ldisp[l])
            l += 1
        return self.mover.finish()

    def clear_locals(self) -> int:
        """Frame words of locals that may be read before they are written: zero."""
        n = self.n_zero
        if n == 0:
            return 0
        self.asm.rr(XOR, 0, RAX, RAX)
        if n <= 8:
            i = 0
            while i < n:
                self.asm.mem(MOV_MR, 1, RAX, RSP, -1, 0, self.first_zero + 8 * i)
                i += 1
            return 0
        self.asm.mem(LEA, 1, SCRATCH, RSP, -1, 0, self.first_zero)
        self.asm.mov_imm(RCX, n)
        top = self.asm.n
        self.asm.mem(MOV_MR, 1, RAX, SCRATCH, -1, 0, 0)
        self.asm.alu_imm(EXT_ADD, 1, SCRATCH, 8)
        self.asm.alu_imm(EXT_SUB, 0, RCX, 1)
        return self.asm.jump_back(CC_NE, top)
