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

    def __init__(self, micro: Any, values: Any) -> None:
        self.micro = micro
        self.values = values

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
        """Home of the local that the result is for, if it may be computed there."""
        b = self.micro.peek()
        if b == 0x21 or b == 0x22:
            l = self.micro.local_at(self.micro.pos + 1)
        elif (b >= 0x41 and b <= 0x44) or b == 0x20:
            l = self.destination(b)
            if l < 0:
                return -1
        else:
            return -1
        if (self.values.off >> OPT_TARGET) & 1:
            return -1
        return self.values.target(l, self.operands(op))

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

    def tests(self, t: int) -> int:
        """Is the result only compared with zero?"""
        b = self.micro.peek()
        if t == T_I32:
            if b != 0x0D and b != 0x04 and b != 0x1B and b != 0x1C and b != 0x45:
                return 0
        elif b != 0x50:
            return 0
        return self.values.use(OPT_TEST)
