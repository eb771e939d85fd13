"""What the next instructions do with a result: where it should go, in which form.

Everything here looks at the bytes behind the instruction being compiled and changes
nothing. A wrong guess costs a move, never correctness: the instructions that come read
the symbolic state like any other.
"""

from __future__ import annotations

from typing import Any

import cython

if not cython.compiled:
    from lbtool.compiler.codes import *  # noqa: F403
    from lbtool.compiler.lowering import IMMEDIATE, KIND


class Ahead:
    """Looks ahead in the Microwasm of one function."""

    def __init__(self, micro: Any, values: Any, calls: Any) -> None:
        self.micro = micro
        self.values = values
        self.calls = calls

    def operands(self, op: int) -> int:
        """How many entries of the stack an operation consumes."""
        if op == M_SELECT:
            return 3
        if op < M_LOAD:
            return 0
        if (
            op == M_LOAD
            or op == M_EQZ
            or (op >= M_COUNT and op <= M_WRAP)
            or op >= M_FROM_INT
            or (op >= M_FSIGN and op <= M_FROUND and op != M_COPYSIGN)
        ):
            return 1
        return 2

    def hint(self, op: int) -> int:
        """The register that the result is for, if it may be computed there: the home of
        the local that gets it, or where a call takes it."""
        b = self.micro.peek()
        self.values.kept = -1
        if b == 0x21 or b == 0x22:
            l = self.micro.local_at(self.micro.pos + 1)
        elif (b >= 0x41 and b <= 0x44) or b == 0x20:
            l = self.destination(b)
            if l < 0:
                return -1
        elif b == 0x10:
            return self.argument(op)
        else:
            return -1
        h = self.values.target(l, self.operands(op))
        return h if h >= 0 and self.values.use(OPT_TARGET) else -1

    def argument(self, op: int) -> int:
        """The register of the last argument of the call that follows, or -1."""
        r = self.calls.last_place(self.micro.local_at(self.micro.pos + 1))
        if r < 0 or r >= 64 or (self.values.off >> OPT_ARGUMENT) & 1:
            return -1
        needed = False
        if self.values.owner[r] == PIN:
            l = self.values.local_of[r]
            needed = self.calls.needed(l, self.values.here + 1)
        return self.values.target_argument(r, self.operands(op), needed)

    def destination(self, b: int) -> int:
        """The local set by a chain ``const or local.get, binary operation`` that begins
        with byte b, or -1; a local that the chain reads is none.
        """
        at = self.micro.pos
        steps = 0
        read = -1
        while steps < AHEAD:
            if b == 0x20:
                if read >= 0:
                    return -1
                read = self.micro.local_at(at + 1)
            elif b < 0x41 or b > 0x44:
                return -1
            at = self.micro.after(at + 1, IMMEDIATE[b])
            kind = KIND[self.micro.byte_at(at)]
            if (
                kind != M_BINARY
                and kind != M_SHIFT
                and kind != M_MUL
                and kind != M_FBINARY
            ):
                return -1
            b = self.micro.byte_at(at + 1)
            if b == 0x21 or b == 0x22:
                l = self.micro.local_at(at + 2)
                return -1 if l == read else l
            at += 1
            steps += 1
        return -1

    def consumes_flags(self) -> int:
        """Does the next instruction read a condition: br_if, if, select, i32.eqz?"""
        b = self.micro.peek()
        if (
            b == 0x0D or b == 0x04 or b == 0x1B or b == 0x1C or b == 0x45
        ) and self.values.use(OPT_FUSE):
            self.values.notes |= NOTE_FLAGS
            return 1
        return 0

    def adds(self, t: int) -> int:
        """Is the result an operand of the addition that follows, at once or behind a
        constant?"""
        add = 0x6A if t == T_I32 else 0x7C
        b = self.micro.peek()
        if b == 0x41 or b == 0x42:
            return (
                self.micro.byte_at(self.micro.after(self.micro.pos + 1, I_LEB)) == add
            )
        return b == add

    def word(self) -> int:
        """The local without a home that the result is for, or -1; one that is read soon
        is none."""
        b = self.micro.peek()
        if b != 0x21 and b != 0x22:
            return -1
        l = self.micro.local_at(self.micro.pos + 1)
        if self.values.home[l] >= 0:
            return -1
        if b == 0x22:
            b = self.micro.byte_at(self.micro.after(self.micro.pos + 1, I_LEB))
            if b != 0x0D and b != 0x04:
                return -1
        return l

    def compares_byte(self, is_signed: bool) -> int:
        """Is the loaded byte only compared with a constant that a byte can hold?"""
        b = self.micro.peek()
        if b == 0x45 or b == 0x0D or b == 0x04:
            return self.values.use(OPT_BYTE)
        if b != 0x41:
            return 0
        at = self.micro.pos + 1
        c = self.micro.byte_at(at)
        if c >= 0x80:
            high = self.micro.byte_at(at + 1)
            if high >= 0x80:
                return 0
            c = (c & 0x7F) | (high << 7)
            if c >= 0x2000:
                c -= 0x4000
            at += 1
        elif c >= 0x40:
            c -= 0x80
        b = self.micro.byte_at(at + 1)
        if is_signed:
            if c < -128 or c > 127:
                return 0
            # eq, ne, lt_s, gt_s, le_s, ge_s
            if b != 0x46 and (b < 0x47 or b > 0x4E or (b & 1 and b != 0x47)):
                return 0
        else:
            if c < 0 or c > 255:
                return 0
            # eq, ne, lt_u, gt_u, le_u, ge_u
            if b != 0x46 and (b < 0x47 or b > 0x4F or not b & 1):
                return 0
        return self.values.use(OPT_BYTE)

    def tests(self, t: int) -> int:
        """Is the result only compared with zero?"""
        b = self.micro.peek()
        if t == T_I32:
            if b != 0x0D and b != 0x04 and b != 0x1B and b != 0x1C and b != 0x45:
                return 0
        elif b != 0x50:
            return 0
        return self.values.use(OPT_TEST)
