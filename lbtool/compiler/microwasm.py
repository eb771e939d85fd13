"""Microwasm: the canonical body as a stream of safe, flat operations.

`next` decodes one wasm instruction and answers with zero or more operations
(`codes.M_*`, operands in `row`, `a`, `b`, `c`, `imm`), one at a time; nothing is
stored. Blocks become labels, and only where something branches to them; ``br`` depths
become label numbers; unreachable code is dropped here, so that ill-typed dead code
never reaches the back end. Where values live, and hence what a label's arguments look
like, is the driver's matter.

The body is valid (the scan saw it) and canonical (indices are slot numbers).
"""

from __future__ import annotations

from typing import Any

import cython

from lbtool.buffers import ints, octets

if not cython.compiled:
    from lbtool.abi import *  # noqa: F403
    from lbtool.compiler.codes import *  # noqa: F403
    from lbtool.compiler.lowering import IMMEDIATE, KIND, OP_T
    from lbtool.compiler.scan_codes import CALL_WEIGHT


class Microwasm:
    """Reader of one function's body; reusable."""

    def __init__(self) -> None:
        self.body = octets(1)
        self.cap = self.cap_labels = self.cap_targets = 0
        self.n_labels = 0
        self.op = M_END
        self.pos = self.ordinal = self.row = self.a = self.b = self.c = self.imm = 0
        self.queued = -1
        self.queued_a = self.depth = self.dead_depth = self.body_len = 0
        self.next_block = self.next_loop = 0
        self.live = True

    def open(self, function: Any) -> None:
        """Start on a function (with the GIL held: buffers are fitted to it)."""
        self.function = function
        if function.n_labels + 2 > self.cap:
            self.cap = 2 * (function.n_labels + 2)
            self.f_kind, self.f_label = ints(self.cap), ints(self.cap)
            self.f_else, self.f_used = ints(self.cap), ints(self.cap)
            self.cap_labels = 2 * self.cap + 2
            self.lab_nargs = ints(self.cap_labels)
            self.lab_at = ints(self.cap_labels)
        if function.body_len > self.cap_targets:
            self.cap_targets = 2 * function.body_len
            self.targets = ints(self.cap_targets)
        self.begin()

    def begin(self) -> int:
        self.pos = self.depth = self.dead_depth = self.n_labels = 0
        self.next_block = self.next_loop = 0
        self.body = self.function.body
        self.body_len = self.function.body_len
        self.ordinal = -1
        self.n_calls = 0
        self.queued = -1
        self.live = True
        self.f_kind[0] = FRAME_FUNC
        end = self.function.n_instr + CALL_WEIGHT * self.function.n_calls
        self.f_label[0] = self.new_label(self.function.type_nresults[0], end)
        self.f_used[0] = 1
        return 0

    # ------------------------------------------------------------------ bytes
    @cython.locals(b=cython.uint)
    def leb_u(self) -> int:
        b = self.body[self.pos]
        self.pos += 1
        return b if b < 0x80 else self.long_leb(b)

    @cython.locals(r=cython.uint, b=cython.uint)
    def long_leb(self, b: int) -> int:
        """The rest of an unsigned LEB128 that began with byte b."""
        r = b & 0x7F
        s = 7
        while b >= 0x80:
            b = self.body[self.pos]
            self.pos += 1
            r |= (b & 0x7F) << s
            s += 7
        return r

    @cython.locals(r=cython.longlong, b=cython.longlong, one=cython.longlong)
    def leb_s(self) -> int:
        r = 0
        s = 0
        one = 1
        b = self.body[self.pos]
        if b < 0x40:
            self.pos += 1
            return b
        while True:
            b = self.body[self.pos]
            self.pos += 1
            if s < 63:
                r |= (b & 0x7F) << s
            elif b & 1:
                r |= -one << 63
            s += 7
            if b < 0x80:
                if s < 64 and b & 0x40:
                    r |= -one << s
                return r

    @cython.locals(r=cython.longlong, b=cython.longlong)
    def fixed(self, n: int) -> int:
        """Little-endian, as an unsigned (n = 4) or signed (n = 8) number."""
        r = 0
        i = n - 1
        while i >= 0:
            b = self.body[self.pos + i]
            if i == 7 and b >= 128:
                b -= 256
            r = (r << 8) | b
            i -= 1
        self.pos += n
        return r

    def peek(self) -> int:
        """The next opcode byte."""
        if self.pos >= self.body_len:
            return 0
        return self.body[self.pos]

    def byte_at(self, at: int) -> int:
        """The byte there, 0 behind the end."""
        return self.body[at] if at < self.body_len else 0

    def local_at(self, at: int) -> int:
        """The index immediate there."""
        here = self.pos
        self.pos = at
        l = cython.cast(cython.int, self.leb_u())
        self.pos = here
        return l

    def after(self, at: int, shape: int) -> int:
        """The position behind an immediate of this shape."""
        here = self.pos
        self.pos = at
        self.pass_over(shape)
        at = self.pos
        self.pos = here
        return at

    # ------------------------------------------------------------------ the stream
    def place(self) -> int:
        """Where in the body this is, as in `Function.label_end`."""
        return self.ordinal + CALL_WEIGHT * self.n_calls

    def new_label(self, nargs: int, at: int) -> int:
        i = self.n_labels
        self.lab_nargs[i] = nargs
        self.lab_at[i] = at
        self.n_labels = i + 1
        return i

    def next(self) -> int:
        """The next operation, which is also left in `op`."""
        if self.queued >= 0:
            self.op = self.queued
            self.a = self.queued_a
            self.queued = -1
            return self.op
        self.op = -1
        while self.op < 0:
            if not self.live:
                self.skip()
            if self.pos >= self.body_len:
                self.op = M_END
                break
            self.ordinal += 1
            row = cython.cast(cython.int, self.body[self.pos])
            self.pos += 1
            if row == 0xFC:
                row = 256 + cython.cast(cython.int, self.leb_u())
            self.row = row
            self.op = self.decode(KIND[row])
        return self.op

    def decode(self, kind: int) -> int:
        """One live instruction (or the else or end that follows dead code)."""
        if kind == M_PICK or kind == M_SET or kind == M_TEE:
            self.a = cython.cast(cython.int, self.leb_u())
            return kind
        if kind == M_CONST:
            return self.constant()
        if kind == M_LOAD or kind == M_STORE:
            self.leb_u()
            self.imm = self.leb_u()
            return kind
        if kind >= M_EQZ and kind <= M_REINTERPRET:
            return kind
        if kind == M_CALL:
            self.n_calls += 1
            self.a = cython.cast(cython.int, self.leb_u())
            return kind
        if kind >= M_GLOBAL_GET and kind <= M_REF_FUNC:
            self.a = cython.cast(cython.int, self.leb_u())
            return kind
        if kind == W_BR:
            self.a = self.branch_label(self.leb_u())
            self.live = False
            return M_JUMP
        if kind == W_BR_IF:
            self.a = self.branch_label(self.leb_u())
            return M_BRANCH
        if kind == W_BLOCK or kind == W_LOOP or kind == W_IF:
            return self.open_frame(kind)
        if kind == W_ELSE:
            return self.on_else()
        if kind == W_END:
            return self.on_end()
        if kind == W_NOP:
            return -1
        return self.decode_rare(kind)

    def decode_rare(self, kind: int) -> int:
        if kind == W_RETURN:
            self.a = 0
            self.live = False
            return M_JUMP
        if kind == W_BR_TABLE:
            return self.table()
        if kind == M_TRAP:
            self.live = False
            return kind
        if kind == M_CALL_INDIRECT:
            self.n_calls += 1
            self.a = cython.cast(cython.int, self.leb_u())
            self.b = cython.cast(cython.int, self.leb_u())
            return kind
        if kind == M_LIBCALL:
            self.n_calls += 1
            self.a = cython.cast(cython.int, self.leb_u())
            self.b = -1
            if IMMEDIATE[self.row] == I_LEB2:
                self.b = cython.cast(cython.int, self.leb_u())
            return kind
        if kind == W_SELECT_T:
            self.pass_over(I_VEC)
            return M_SELECT
        if kind == W_REF_NULL:
            self.pos += 1
            self.imm = 0
            self.a = T_REF
            return M_CONST
        if kind == M_DROP or kind == M_SELECT:
            return kind
        return -2

    @cython.locals(mask=cython.longlong)
    def constant(self) -> int:
        self.a = OP_T[self.row]
        if self.a == T_I32:
            mask = 1
            mask = (mask << 32) - 1
            self.imm = self.leb_s() & mask
        elif self.a == T_I64:
            self.imm = self.leb_s()
        elif self.a == T_F32:
            self.imm = self.fixed(4)
        else:
            self.imm = self.fixed(8)
        return M_CONST

    # ------------------------------------------------------------------ control
    def block_arity(self) -> int:
        """Read a block type into `b` (parameters) and `c` (results)."""
        t = cython.cast(cython.int, self.leb_s())
        if t >= 0:
            t = self.function.slot_type[t]
            self.b = self.function.type_nparams[t]
            self.c = self.function.type_nresults[t]
        else:
            self.b = 0
            self.c = 0 if t == -64 else 1
        return 0

    def open_frame(self, kind: int) -> int:
        self.block_arity()
        used = self.function.label_branches[self.next_block]
        end = self.function.label_end[self.next_block]
        otherwise = self.function.label_else[self.next_block]
        self.next_block += 1
        self.depth += 1
        d = self.depth
        self.f_used[d] = 1 if used > 0 else 0
        self.f_label[d] = self.f_else[d] = -1
        if kind == W_IF:
            self.f_kind[d] = FRAME_IF
            self.f_else[d] = self.new_label(self.b, otherwise)
            self.f_label[d] = self.new_label(self.c, end)
            self.c = self.f_label[d]
            self.a = self.f_else[d]
            return M_UNLESS
        loop = self.next_loop
        if kind == W_LOOP:
            self.f_kind[d] = FRAME_LOOP
            self.next_loop = loop + 1
        else:
            self.f_kind[d] = FRAME_BLOCK
        if used <= 0:
            return -1
        if kind == W_LOOP:
            self.f_label[d] = self.new_label(self.b, self.place())
            self.a = self.f_label[d]
            self.c = loop
            return M_LOOP
        self.f_label[d] = self.new_label(self.c, end)
        self.a = self.f_label[d]
        return M_FENCE

    def on_else(self) -> int:
        d = self.depth
        self.f_kind[d] = FRAME_ELSE
        if not self.live:
            self.live = True
            self.a = self.f_else[d]
            return M_LABEL
        self.f_used[d] = 2
        self.queued = M_LABEL
        self.queued_a = self.f_else[d]
        self.a = self.f_label[d]
        return M_JUMP

    def on_end(self) -> int:
        d = self.depth
        self.depth = d - 1
        kind = self.f_kind[d]
        if kind == FRAME_LOOP:
            return -1
        self.a = self.f_label[d]
        if kind == FRAME_IF:
            self.b = self.f_else[d]
            self.live = True
            return M_ENDIF
        if self.f_used[d] == 0 or (self.f_used[d] == 1 and not self.live):
            return -1
        self.live = True
        return M_LABEL

    @cython.locals(depth=cython.uint)
    def branch_label(self, depth: int) -> int:
        """Label of the frame that live code branches to.

        The summary counts branches in validation's sense of reachable, so a label may
        turn out to have none: `f_used` is 1 for a label that was made, 2 once it was
        met.
        """
        d = self.depth - cython.cast(cython.int, depth)
        self.f_used[d] = 2
        return self.f_label[d]

    def table(self) -> int:
        n = cython.cast(cython.int, self.leb_u())
        i = 0
        while i <= n:
            self.targets[i] = self.branch_label(self.leb_u())
            i += 1
        self.a = n
        self.live = False
        return M_TABLE

    # ------------------------------------------------------------------ dead code
    def skip(self) -> int:
        """To the else or end that ends the dead code (not over it)."""
        while self.pos < self.body_len:
            row = cython.cast(cython.int, self.body[self.pos])
            kind = KIND[row]
            if kind == W_END or kind == W_ELSE:
                if self.dead_depth == 0:
                    return 0
                if kind == W_END:
                    self.dead_depth -= 1
            elif kind == W_BLOCK or kind == W_LOOP or kind == W_IF:
                self.dead_depth += 1
                self.next_block += 1
                if kind == W_LOOP:
                    self.next_loop += 1
            self.ordinal += 1
            self.pos += 1
            if row == 0xFC:
                row = 256 + cython.cast(cython.int, self.leb_u())
            self.pass_over(IMMEDIATE[row])
        return 0

    def pass_over(self, shape: int) -> int:
        if shape == I_LEB:
            while self.body[self.pos] >= 0x80:
                self.pos += 1
            self.pos += 1
        elif shape == I_LEB2:
            self.pass_over(I_LEB)
            self.pass_over(I_LEB)
        elif shape == I_BYTES4:
            self.pos += 4
        elif shape == I_BYTES8:
            self.pos += 8
        elif shape == I_BRTABLE:
            n = cython.cast(cython.int, self.leb_u())
            while n >= 0:
                self.pass_over(I_LEB)
                n -= 1
        elif shape == I_VEC:
            n = cython.cast(cython.int, self.leb_u())
            self.pos += n
        elif shape == I_BYTE:
            self.pos += 1
        return 0
