"""What an artifact carries beside its bytes: relocations, sites, trap stubs, constants.

Out-of-line parts are written once, at the end of the function: for each explicit trap a
stub ``call [r15 + VM_TRAP]`` whose return address names the site, then the constants.
"""

from __future__ import annotations

from typing import Any

import cython

from lbtool.buffers import ints, longs, words

if not cython.compiled:
    from lbtool.abi import *  # noqa: F403
    from lbtool.compiler.codes import *  # noqa: F403
    from lbtool.x64.encodings import *  # noqa: F403


class Tables:
    """Growing tables of one function; overflow is noted in the assembler."""

    def __init__(self, asm: Any) -> None:
        self.asm = asm
        self.n_relocs = self.n_sites = self.n_traps = self.n_pool = 0
        self.cap_relocs = self.cap_sites = self.cap_traps = self.cap_pool = 0
        self.fit(64)

    def fit(self, n: int) -> None:
        """Make room for n records of every kind (with the GIL held)."""
        if n > self.cap_sites:
            self.cap_relocs = self.cap_sites = self.cap_traps = self.cap_pool = n
            self.relocs, self.sites = words(4 * n), words(2 * n)
            self.trap_code, self.trap_ordinal = ints(n), ints(n)
            self.trap_patch, self.pool_patch = ints(n), ints(n)
            self.pool_bits = longs(n)

    def grow(self) -> None:
        """Double every table (after an overflow)."""
        self.fit(2 * self.cap_sites)

    def reset(self) -> int:
        self.n_relocs = self.n_sites = self.n_traps = self.n_pool = 0
        return 0

    def reloc(self, offset: int, kind: int, slot: int, addend: int) -> int:
        """Record a relocatable 32-bit field (``abi.RELOC_*``)."""
        i = self.n_relocs
        if i >= self.cap_relocs:
            self.asm.overflow |= OVER_TABLES
            return 0
        self.relocs[4 * i] = offset
        self.relocs[4 * i + 1] = kind
        self.relocs[4 * i + 2] = slot
        self.relocs[4 * i + 3] = addend
        self.n_relocs = i + 1
        return 0

    def site(self, offset: int, code: int, ordinal: int) -> int:
        """Record a call's return address or an access that can fault."""
        i = self.n_sites
        if i >= self.cap_sites:
            self.asm.overflow |= OVER_TABLES
            return 0
        self.sites[2 * i] = offset
        self.sites[2 * i + 1] = (ordinal << 8) | code
        self.n_sites = i + 1
        return 0

    def trap_if(self, cc: int, code: int, ordinal: int) -> int:
        """Jump (on condition cc; always for -1) to the out-of-line stub for this trap
        of this instruction."""
        i = self.n_traps - 1
        while i >= 0 and self.trap_ordinal[i] == ordinal and self.trap_code[i] != code:
            i -= 1
        if i < 0 or self.trap_ordinal[i] != ordinal:
            i = self.n_traps
            if i >= self.cap_traps:
                self.asm.overflow |= OVER_TABLES
                return 0
            self.trap_code[i] = code
            self.trap_ordinal[i] = ordinal
            self.trap_patch[i] = -1
            self.n_traps = i + 1
        self.trap_patch[i] = self.asm.jump(cc, self.trap_patch[i], 0)
        return 0

    @cython.locals(bits=cython.longlong)
    def constant(self, op: int, w: int, reg: int, bits: int) -> int:
        """op reg, [rip + constant]."""
        i = self.n_pool - 1
        stop = i - RECENT_CONSTANTS
        while i >= 0 and i > stop:
            if self.pool_bits[i] == bits:
                break
            i -= 1
        if i < 0 or i <= stop:
            i = self.n_pool
            if i >= self.cap_pool:
                self.asm.overflow |= OVER_TABLES
                return 0
            self.pool_bits[i] = bits
            self.pool_patch[i] = -1
            self.n_pool = i + 1
        at = self.asm.rip(op, w, reg)
        self.pool_patch[i] = self.asm.patch_site(at, at + 4, self.pool_patch[i])
        return 0

    def finish(self) -> int:
        """Write stubs and constants; the last step of a function."""
        i = 0
        while i < self.n_traps:
            self.asm.bind(self.trap_patch[i])
            self.trap_patch[i] = self.asm.n  # from here on: where the stub starts
            self.asm.mem(GROUP5, 0, EXT_CALL, R15, -1, 0, VM_TRAP)
            self.site(self.asm.n, self.trap_code[i], self.trap_ordinal[i])
            i += 1
        if self.n_pool > 0:
            while self.asm.n & 7:
                self.asm.room()
                self.asm.u8(0xCC)
        i = 0
        while i < self.n_pool:
            self.asm.room()
            self.asm.bind(self.pool_patch[i])
            self.asm.u64(self.pool_bits[i])
            i += 1
        return 0
