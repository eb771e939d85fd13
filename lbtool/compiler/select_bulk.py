"""``memory.copy`` and ``memory.fill`` of a few bytes whose number is a constant.

Pieces of 16 bytes (8, 4 for fewer bytes) through xmm registers instead of a call. The
last piece may overlap the one before it, so that nothing behind the range is touched,
and it goes first: a memory ends at a page, so if the last piece is inside of it, all
are, and nothing is written before a trap (Core Specification 2.0, section 4.4.7). A
copy has loaded all before it stores any: the ranges may overlap.
"""

from __future__ import annotations

from typing import Any

import cython

from lbtool.buffers import ints

if not cython.compiled:
    from lbtool.abi import *  # noqa: F403
    from lbtool.compiler.codes import *  # noqa: F403
    from lbtool.x64.encodings import *  # noqa: F403


class BulkSelect:
    """Bulk memory instructions that are emitted where they are."""

    def __init__(self, values: Any, memory: Any) -> None:
        self.values = values
        self.memory = memory
        self.asm = values.asm
        self.width = self.load = self.store = 0
        self.piece = ints(FILL_PIECES)

    def copy(self, to: int, source: int) -> bool:
        """memory.copy between the memories of two slots; False: it needs a call."""
        if source != self.memory.memory_slot or not self.near(self.values.sp - 2):
            return False
        n = self.size(to, COPY_PIECES)
        if n == 0 or self.pieces(n) > self.registers():
            return False
        self.values.counts[OPT_BULK] += 1
        self.values.pop()
        i = self.values.pop()
        j = self.values.pop()
        self.memory.address(i, 0, n)
        base = self.memory.base
        disp = self.memory.disp
        self.memory.address(j, 0, n)
        to_base = self.memory.base
        to_disp = self.memory.disp
        k = self.pieces(n)
        while k > 0:
            k -= 1
            self.piece[k] = self.values.alloc(self.values.xmms)
        self.transfer(self.load, n, base, disp)
        self.transfer(self.store, n, to_base, to_disp)
        k = self.pieces(n)
        while k > 0:
            k -= 1
            self.values.release(self.piece[k])
        return True

    def fill(self, to: int) -> bool:
        """memory.fill in the memory of a slot; False: it needs a call."""
        n = self.size(to, FILL_PIECES)
        if n == 0 or self.registers() == 0:
            return False
        self.values.counts[OPT_BULK] += 1
        self.values.pop()
        x = self.repeated(self.values.pop())
        self.memory.address(self.values.pop(), 0, n)
        k = self.pieces(n)
        while k > 0:
            k -= 1
            self.piece[k] = x
        self.transfer(self.store, n, self.memory.base, self.memory.disp)
        self.values.release(x)
        return True

    # ------------------------------------------------------------------ may it be?
    @cython.locals(n=cython.longlong)
    def size(self, to: int, most: int) -> int:
        """Bytes of the instruction on top of the stack; 0 if it is not for us.

        Chooses the width of its pieces, of which there may be `most`.
        """
        top = self.values.sp - 1
        if (
            to != self.memory.memory_slot
            or self.values.kind[top] != K_CONST
            or not self.near(top - 2)
            or (self.values.off >> OPT_BULK) & 1
        ):
            return 0
        n = self.values.imm[top]
        if not 4 <= n <= 16 * most:
            return 0
        self.values.force_pending()
        if n >= 16:
            self.width, self.load, self.store = 16, MOVUPS, MOVUPS_MR
        elif n >= 8:
            self.width, self.load, self.store = 8, MOVSD, MOVSD_MR
        else:
            self.width, self.load, self.store = 4, MOVSS, MOVSS_MR
        return cython.cast(cython.int, n)

    def near(self, i: int) -> bool:
        """Entry i as an address: if a constant, can it be a displacement?"""
        return self.values.kind[i] != K_CONST or (self.values.imm[i] >> 30) == 0

    def pieces(self, n: int) -> int:
        return (n + self.width - 1) // self.width

    @cython.locals(m=cython.longlong)
    def registers(self) -> int:
        """How many xmm registers are free."""
        n = 0
        m = self.values.free & self.values.xmms
        while m != 0:
            m &= m - 1
            n += 1
        return n

    # ------------------------------------------------------------------ the pieces
    def transfer(self, op: int, n: int, base: int, disp: int) -> int:
        """Load or store the n bytes in the registers `piece`, the last piece first."""
        last = n - self.width
        self.memory.base = base
        self.memory.disp = disp + last
        self.memory.access(op, 0, self.piece[0])
        k = 1
        self.memory.disp = disp
        while self.memory.disp < disp + last:
            self.memory.access(op, 0, self.piece[k])
            k += 1
            self.memory.disp += self.width
        return self.memory.done_address()

    @cython.locals(c=cython.longlong)
    def repeated(self, i: int) -> int:
        """The low byte of popped entry i in all bytes of an xmm register."""
        x = self.values.alloc(self.values.xmms)
        if self.values.kind[i] == K_CONST:
            c = self.values.imm[i] & 255
            if c == 0:
                self.asm.rr(XORPS, 0, x, x)
                return x
            self.asm.mov_imm(SCRATCH, c * 0x01010101)
            self.asm.rr(MOVD_X, 0, x, SCRATCH)
        else:
            r = self.values.borrow(i)
            self.asm.rr(MOVZX8, 0, SCRATCH, r)
            self.values.done(r)
            self.asm.rr(IMUL_I32, 0, SCRATCH, SCRATCH)
            self.asm.u32(0x01010101)
            self.asm.rr(MOVD_X, 0, x, SCRATCH)
        if self.width > 4:
            self.asm.rr(PSHUFD, 0, x, x)
            self.asm.u8(0)
        return x
