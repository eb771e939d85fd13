"""Machine code into a buffer: instruction forms, prefixes, jumps inside the function.

Registers are the numbers of ``lbtool.abi``; vector registers may be given as 0-15 or as
16-31 (the compiler numbers both kinds in one space). Nothing here knows wasm.

The buffer cannot grow without the GIL. When it is full, a bit of `overflow` is set and
writing starts again at 0: the bytes are then worthless, the caller sees the flag,
grows, and compiles the function again. The tables beside the code have bits of their
own in the same flags, so that one test is enough.
"""

from __future__ import annotations

from typing import Any

import cython

from lbtool.buffers import ints, octets

if not cython.compiled:
    from lbtool.abi import *  # noqa: F403
    from lbtool.x64.encodings import *  # noqa: F403

    memcpy: Any = None  # only compiled code has it


class Assembler:
    """Byte buffer with the instruction forms that the compiler uses."""

    def __init__(self) -> None:
        self.n = self.overflow = self.n_patches = self.cap = self.cap_patches = 0
        self.shorts = 0
        self.long_only = False
        self.fit(1 << 14, 1 << 9)

    def fit(self, code: int, patches: int) -> None:
        """Make room for this many bytes and waiting jumps (with the GIL held)."""
        if code > self.cap:
            self.cap = code
            self.buf = octets(code)
        if patches > self.cap_patches:
            self.cap_patches = patches
            self.patch_at = ints(patches)
            self.patch_base = ints(patches)
            self.patch_next = ints(patches)

    def grow(self) -> None:
        """Double every buffer (after `overflow`)."""
        self.fit(2 * self.cap, 2 * self.cap_patches)

    def reset(self) -> int:
        self.n = self.overflow = self.n_patches = self.shorts = 0
        return 0

    # ------------------------------------------------------------------ bytes
    def u8(self, b: int) -> int:
        self.buf[self.n] = b & 255
        self.n += 1
        return 0

    def u32(self, v: int) -> int:
        self.put32(self.n, v)
        self.n += 4
        return 0

    def u64(self, v: int) -> int:
        self.put(self.n, v, 8)
        self.n += 8
        return 0

    def put32(self, at: int, v: int) -> int:
        return self.put(at, v, 4)

    @cython.boundscheck(False)
    @cython.locals(v=cython.longlong)
    def put(self, at: int, v: int, n: int) -> int:
        """The low n bytes of v to offset `at`; one test is for all of them."""
        if at < 0 or at > self.cap - n:
            self.overflow |= OVER_CODE
        elif cython.compiled:
            memcpy(cython.address(self.buf[at]), cython.address(v), n)
        else:
            self.buf[at : at + n] = (v & 2 ** (8 * n) - 1).to_bytes(n, "little")
        return 0

    @cython.locals(v=cython.longlong)
    def some(self, v: int, n: int) -> int:
        """The low `n` (at most 8) bytes of `v`; those behind them are written, too."""
        self.put(self.n, v, 8)
        self.n += n
        return 0

    def room(self) -> int:
        if self.n + LONGEST_FORM > self.cap:
            self.overflow |= OVER_CODE
            self.n = 0
        return 0

    # ------------------------------------------------------------------ forms
    @cython.locals(v=cython.longlong)
    def prefix(self, op: int, rex: int, force: int) -> int:
        """Mandatory prefix, REX, escape bytes, opcode."""
        self.room()
        v = op & 255
        n = 1
        if op & MAP_MASK:
            if op & VEX:
                return self.vex(op, rex)
            v = v << 8 | 0x0F
            n = 2
            if op & MAP_MASK == MAP_0F3A:
                v = (v & ~0xFF) << 8 | 0x3A0F
                n = 3
        if rex != 0 or force != 0:
            v = v << 8 | 0x40 | rex
            n += 1
        if op & P_F2:
            pp = (op >> 10) & 3
            v = v << 8 | (0x66 if pp == 1 else 0xF5 - pp)  # F3 for 2, F2 for 3
            n += 1
        return self.some(v, n)

    @cython.locals(v=cython.longlong)
    def vex(self, op: int, rex: int) -> int:
        """VEX prefix of 128 bits (SDM volume 2A, 2.3) and opcode."""
        v = (op & 255) << 8 | (~op >> VEX_V & 15) << 3 | op >> 10 & 3
        if rex & 0b1011 or op & MAP_MASK != MAP_0F:
            v |= (rex & 8) << 4
            v = v << 16 | ((~rex & 7) << 5 | op >> 8 & 3) << 8 | 0xC4
            return self.some(v, 4)
        v |= (~rex & 4) << 5
        return self.some(v << 8 | 0xC5, 3)

    def rr(self, op: int, w: int, reg: int, rm: int) -> int:
        """op reg, rm with a register as rm."""
        reg &= 15
        rm &= 15
        force = 0
        if (op & BYTE_REG and reg >= 4) or (op & BYTE_RM and rm >= 4):
            force = 1
        self.prefix(op, (w << 3) | ((reg >> 3) << 2) | (rm >> 3), force)
        self.u8(0xC0 | ((reg & 7) << 3) | (rm & 7))
        return 0

    @cython.locals(v=cython.longlong, wide=cython.longlong)
    def mem(
        self, op: int, w: int, reg: int, base: int, index: int, scale: int, disp: int
    ) -> int:
        """op reg, [base + index * 2**scale + disp]; index -1 is none."""
        reg &= 15
        rex = (w << 3) | ((reg >> 3) << 2) | (base >> 3)
        if index >= 0:
            rex |= (index >> 3) << 1
        self.prefix(op, rex, op & BYTE_REG != 0 and reg >= 4)
        v = (reg & 7) << 3
        n = 1
        if index >= 0:
            v |= 4 | ((scale << 6) | ((index & 7) << 3) | (base & 7)) << 8
            n = 2
        else:
            v |= base & 7
            if (base & 7) == 4:
                v |= 0x2400
                n = 2
        wide = cython.cast(cython.longlong, disp)
        if disp != 0 or (base & 7) == 5:
            v |= wide << (8 * n)
            if -128 <= disp <= 127:
                v |= 0x40
                n += 1
            else:
                v |= 0x80
                n += 4
        return self.some(v, n)

    def scaled(
        self, op: int, w: int, reg: int, index: int, scale: int, disp: int
    ) -> int:
        """op reg, [index * 2**scale + disp32]."""
        reg &= 15
        self.prefix(op, (w << 3) | ((reg >> 3) << 2) | ((index >> 3) << 1), 0)
        self.u8(((reg & 7) << 3) | 4)
        self.u8((scale << 6) | ((index & 7) << 3) | 5)
        return self.u32(disp)

    def mem32(self, op: int, w: int, reg: int, base: int) -> int:
        """op reg, [base + disp32] with a full-width zero field; returns the field's
        offset."""
        reg &= 15
        self.prefix(
            op,
            (w << 3) | ((reg >> 3) << 2) | (base >> 3),
            op & BYTE_REG != 0 and reg >= 4,
        )
        self.u8(0x80 | ((reg & 7) << 3) | (base & 7))
        if (base & 7) == 4:
            self.u8(0x24)
        self.u32(0)
        return self.n - 4

    def rip(self, op: int, w: int, reg: int) -> int:
        """op reg, [rip + disp32] with a zero field; returns the field's offset."""
        reg &= 15
        self.prefix(op, (w << 3) | ((reg >> 3) << 2), op & BYTE_REG != 0 and reg >= 4)
        self.u8(((reg & 7) << 3) | 5)
        self.u32(0)
        return self.n - 4

    @cython.locals(imm=cython.longlong)
    def alu_imm(self, ext: int, w: int, rm: int, imm: int) -> int:
        """rm op= imm32 (sign-extended), by `EXT_*`."""
        if -128 <= imm <= 127:
            self.rr(GROUP1_I8, w, ext, rm)
            self.u8(imm & 255)
        else:
            self.rr(GROUP1_I32, w, ext, rm)
            self.u32(imm)
        return 0

    @cython.locals(imm=cython.longlong)
    def alu_mem_imm(self, ext: int, w: int, base: int, disp: int, imm: int) -> int:
        """[base + disp] op= imm32 (sign-extended)."""
        if -128 <= imm <= 127:
            self.mem(GROUP1_I8, w, ext, base, -1, 0, disp)
            self.u8(imm & 255)
        else:
            self.mem(GROUP1_I32, w, ext, base, -1, 0, disp)
            self.u32(imm)
        return 0

    @cython.locals(v=cython.longlong)
    def mov_imm(self, reg: int, v: int) -> int:
        """Shortest mov reg, imm that leaves the flags alone (all 64 bits are set)."""
        self.room()
        high = v >> 32
        if high == 0:
            if reg >= 8:
                self.u8(0x41)
            self.u8(0xB8 | (reg & 7))
            self.u32(v)
        elif high == -1 and (v >> 31) & 1:
            self.u8(0x48 | (reg >> 3))
            self.u8(0xC7)
            self.u8(0xC0 | (reg & 7))
            self.u32(v)
        else:
            self.u8(0x48 | (reg >> 3))
            self.u8(0xB8 | (reg & 7))
            self.u64(v)
        return 0

    def shift_imm(self, ext: int, w: int, rm: int, count: int) -> int:
        self.rr(GROUP2_I8, w, ext, rm)
        self.u8(count)
        return 0

    def ret(self) -> int:
        self.room()
        self.u8(0xC3)
        return 0

    def align(self) -> int:
        """To a multiple of 16 with the long no-operations of the SDM (volume 2B, NOP).

        Function entries are 16-aligned by the linker.
        """
        self.room()
        pad = -self.n & 15
        while pad > 0:
            size = pad
            if size > 8:
                size = 8
            pad -= size
            if size == 1:
                self.u8(0x90)
            elif size == 2:
                self.u8(0x66)
                self.u8(0x90)
            else:
                self.long_nop(size)
        return 0

    def long_nop(self, size: int) -> int:
        """0F 1F /0 of 3 to 8 bytes: by displacement, SIB byte and operand prefix."""
        if size == 6:
            self.u8(0x66)
            size = 5
        self.u8(0x0F)
        self.u8(0x1F)
        if size == 3:
            self.u8(0x00)
        elif size == 4:
            self.u8(0x40)
            self.u8(0)
        elif size == 5:
            self.u8(0x44)
            self.u8(0)
            self.u8(0)
        elif size == 7:
            self.u8(0x80)
            self.u32(0)
        else:
            self.u8(0x84)
            self.u8(0)
            self.u32(0)
        return 0

    # ------------------------------------------------------------------ jumps
    def jump(self, cc: int, head: int, short: int) -> int:
        """Forward jump (cc -1: unconditional); returns the new head of the label's
        list.

        A `short` one has two bytes; the label must turn out to be near, see `bind`.
        """
        self.room()
        if short and not self.long_only:
            self.shorts += 1
            self.u8(0xEB if cc < 0 else 0x70 | cc)
            self.u8(0)
            return self.patch_site(self.n - 1, ~self.n, head)
        if cc < 0:
            self.u8(0xE9)
        else:
            self.u8(0x0F)
            self.u8(0x80 | cc)
        self.u32(0)
        return self.patch_site(self.n - 4, self.n, head)

    def skip(self, cc: int) -> int:
        """Jump over less than 128 bytes that are written next; for `land`."""
        self.room()
        self.u8(0xEB if cc < 0 else 0x70 | cc)
        self.u8(0)
        return self.n

    def land(self, start: int) -> int:
        """Here is where `skip`, which answered `start`, goes."""
        if self.overflow == 0:
            self.buf[start - 1] = self.n - start
        return 0

    def jump_back(self, cc: int, target: int) -> int:
        """Jump to code that is already there, with an 8-bit displacement where it
        fits."""
        self.room()
        d = target - (self.n + 2)
        if d >= -128 and not self.long_only:
            self.shorts += 1
            self.u8(0xEB if cc < 0 else 0x70 | cc)
            self.u8(d)
            return 0
        if cc < 0:
            self.u8(0xE9)
        else:
            self.u8(0x0F)
            self.u8(0x80 | cc)
        self.u32(target - (self.n + 4))
        return 0

    def patch_site(self, at: int, base: int, head: int) -> int:
        """Note a field that shall hold label - base; returns the new list head.

        It has 32 bits, or 8 where `base` is given as its complement.
        """
        i = self.n_patches
        if i >= self.cap_patches:
            self.overflow |= OVER_CODE
            return 0
        self.patch_at[i] = at
        self.patch_base[i] = base
        self.patch_next[i] = head
        self.n_patches = i + 1
        return i

    def bind(self, head: int) -> int:
        """The label of this list is here: fill its fields.

        `OVER_SHORT`: one of 8 bits is too small.
        """
        if self.overflow != 0:
            return 0
        while head >= 0:
            base = self.patch_base[head]
            if base >= 0:
                self.put32(self.patch_at[head], self.n - base)
            elif self.n - ~base <= 127:
                self.buf[self.patch_at[head]] = self.n - ~base
            else:
                self.overflow |= OVER_SHORT
            head = self.patch_next[head]
        return 0
