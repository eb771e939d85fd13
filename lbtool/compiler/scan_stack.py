"""Third layer of the scan: operand types and control frames.

The validation algorithm of the specification's appendix, with operand types in one byte
stack (0 is the unknown type of unreachable code) and control frames as rows of
integers. The counts per label and per loop of the summary are kept here too. After a
type error the scan goes on as if the operand had been right, so that one body can
report several errors. Which instruction needs what is in `scan_instructions`.
"""

from __future__ import annotations

import cython

from lbtool.buffers import ints
from lbtool.compiler.scan_locals import Locals

if not cython.compiled:
    from lbtool.abi import *  # noqa: F403
    from lbtool.compiler.scan_codes import *  # noqa: F403


class Blocks(Locals):
    """Operand stack ``stack[:sp]`` and control frames of one scan.

    height, poly, live   of the innermost frame: operands below it, is its stack
                         polymorphic (after a branch), is the code reachable
    """

    def __init__(self) -> None:
        super().__init__()
        self.stack = memoryview(bytearray(1 << 10))
        self.sp = self.height = self.max_depth = 0
        self.poly = self.live = 0
        self.frames = ints(512 * F_SIZE)
        self.n_frames = 0
        self.mark = 0
        self.n_calls = 0

    # ---- operands

    def pop_slow(self, valtype: int) -> int:
        """Pop an operand that is not simply there with the right type."""
        if self.sp == self.height:
            if not self.poly:
                return self.report(E_EMPTY, self.op_pos, valtype, 0)
            return 0
        self.sp -= 1
        have = self.stack[self.sp]
        if have not in {valtype, 0}:
            return self.report(E_TYPE, self.op_pos, valtype, have)
        return 0

    def pop_any(self) -> int:
        """Pop an operand of any type and return that; 0 if unknown."""
        if self.sp == self.height:
            if not self.poly:
                self.report(E_EMPTY, self.op_pos, 0, 0)
            return 0
        self.sp -= 1
        return self.stack[self.sp]

    def push_type(self, valtype: int) -> int:
        """Push one operand; 0 is unknown."""
        if self.sp >= len(self.stack):
            return self.restart(BUF_STACK)
        self.stack[self.sp] = valtype
        self.sp += 1
        if self.live and self.sp > self.max_depth:
            self.max_depth = self.sp
        return 0

    def pop_run(self, first: int, n: int) -> int:
        """Pop operands of the types ``type_vals[first:first + n]``."""
        self.work += n
        while n > 0:
            n -= 1
            if self.pop_slow(self.type_vals[first + n]):
                return 1
        return 0

    def push_run(self, first: int, n: int) -> int:
        """Push operands of the types ``type_vals[first:first + n]``."""
        self.work += n
        if self.sp + n > len(self.stack):
            return self.restart(BUF_STACK)
        for i in range(n):
            self.stack[self.sp + i] = self.type_vals[first + i]
        self.sp += n
        if self.live and self.sp > self.max_depth:
            self.max_depth = self.sp
        return 0

    # ---- block types

    def read_blocktype(self) -> int:
        """Block type as `F_TYPE` has it, `STOP` if the scan cannot go on.

        An unknown type index is reported and taken for the empty type.
        """
        if self.pos >= self.end:
            self.report(E_END, self.pos, 0, 0)
            return STOP
        start = self.pos
        byte = self.data[start]
        if byte == 0x40:
            self.pos += 1
            return T_EMPTY
        if self.valtype[byte]:
            self.pos += 1
            if byte == V128:
                self.unsupported(self.simd)
            return -byte
        if not self.multi_value:
            self.report(E_BLOCKTYPE, start, 0, byte)
            return STOP
        if self.skip_signed(33):
            return STOP
        if self.data[self.pos - 1] & 0x40:
            self.report(E_BLOCKTYPE, start, 0, byte)
            return STOP
        typeidx = 0
        shift = 0
        for i in range(start, self.pos):
            # The fifth byte of an s33 carries the bits 28 to 32.
            typeidx |= cython.cast(cython.longlong, self.data[i] & 0x7F) << shift
            shift += 7
        if typeidx >= len(self.type_nparams) or self.type_nparams[typeidx] < 0:
            self.report(E_TYPEIDX, start, 0, 0)
            return T_EMPTY
        slot = self.slot_of(SLOT_TYPE, typeidx)
        if slot < 0 or self.replace(start, slot, 0x40):
            return STOP
        return typeidx

    def pop_params(self, blocktype: int) -> int:
        """Pop the parameters of a block type."""
        if blocktype < 0:
            return 0
        return self.pop_run(self.type_start[blocktype], self.type_nparams[blocktype])

    def push_params(self, blocktype: int) -> int:
        """Push the parameters of a block type."""
        if blocktype < 0:
            return 0
        return self.push_run(self.type_start[blocktype], self.type_nparams[blocktype])

    def pop_results(self, blocktype: int) -> int:
        """Pop the results of a block type."""
        if blocktype == T_EMPTY:
            return 0
        if blocktype < 0:
            return self.pop_slow(-blocktype)
        first = self.type_start[blocktype] + self.type_nparams[blocktype]
        return self.pop_run(first, self.type_nresults[blocktype])

    def push_results(self, blocktype: int) -> int:
        """Push the results of a block type."""
        if blocktype == T_EMPTY:
            return 0
        if blocktype < 0:
            return self.push_type(-blocktype)
        first = self.type_start[blocktype] + self.type_nparams[blocktype]
        return self.push_run(first, self.type_nresults[blocktype])

    # ---- frames

    def enter(self, kind: int, blocktype: int) -> int:
        """Begin a block whose parameters are on the stack (or the function itself)."""
        if self.n_frames * F_SIZE + F_SIZE > len(self.frames):
            return self.restart(BUF_FRAMES)
        label = loop = -1
        if kind != I_CALL:
            if self.pop_params(blocktype):
                return 1
            label = self.fn.n_labels
            if label >= len(self.fn.label_branches):
                return self.restart(BUF_LABELS)
            self.fn.label_branches[label] = 0
            self.fn.n_labels = label + 1
        if kind == I_LOOP:
            loop = self.fn.n_loops
            if loop >= len(self.fn.loop_start):
                return self.restart(BUF_LOOPS)
            self.fn.loop_start[loop] = self.ordinal
            self.fn.n_loops = loop + 1
            self.enter_loop()
        base = self.n_frames * F_SIZE
        self.frames[base + F_KIND] = kind
        self.frames[base + F_TYPE] = blocktype
        self.frames[base + F_HEIGHT] = self.sp
        self.frames[base + F_POLY] = self.poly
        self.frames[base + F_LIVE] = self.live
        self.frames[base + F_INIT] = self.n_written
        self.frames[base + F_LABEL] = label
        self.frames[base + F_LOOP] = loop
        self.frames[base + F_CALLS] = self.n_calls
        self.frames[base + F_MARK] = 0
        self.n_frames += 1
        self.height = self.sp
        self.poly = 0
        return 0 if kind == I_CALL else self.push_params(blocktype)

    def close(self) -> int:
        """The innermost block's results must be all that is on its stack."""
        base = (self.n_frames - 1) * F_SIZE
        if self.pop_results(self.frames[base + F_TYPE]):
            return 1
        if self.sp != self.height:
            self.report(E_LEFT, self.op_pos, self.sp - self.height, 0)
            self.sp = self.height
        return self.forget_writes(self.frames[base + F_INIT])

    def do_else(self) -> int:
        """``else``: the second arm starts like the first; a stray one does nothing."""
        base = (self.n_frames - 1) * F_SIZE
        if self.frames[base + F_KIND] != I_IF:
            return self.report(E_ELSE, self.op_pos, 0, 0)
        if self.close():
            return 1
        self.frames[base + F_KIND] = I_ELSE
        self.fn.label_else[self.frames[base + F_LABEL]] = self.place()
        self.poly = 0
        self.live = self.frames[base + F_LIVE]
        return self.push_params(self.frames[base + F_TYPE])

    def do_end(self) -> int:
        """``end`` of a block or of the function; `n_frames` is 0 after the latter."""
        base = (self.n_frames - 1) * F_SIZE
        kind = self.frames[base + F_KIND]
        blocktype = self.frames[base + F_TYPE]
        if kind == I_IF and self.if_without_else(blocktype):
            return 1
        if self.close():
            return 1
        if kind == I_LOOP:
            loop = self.frames[base + F_LOOP]
            self.fn.loop_end[loop] = self.ordinal
            self.fn.loop_calls[loop] = self.n_calls - self.frames[base + F_CALLS]
            self.leave_loop()
        label = self.frames[base + F_LABEL]
        if label >= 0:
            self.fn.label_end[label] = self.place()
            if kind != I_ELSE:
                self.fn.label_else[label] = self.place()
        self.n_frames -= 1
        self.poly = self.frames[base + F_POLY]
        self.live = self.frames[base + F_LIVE]
        if self.n_frames > 0:
            self.height = self.frames[base - F_SIZE + F_HEIGHT]
        return self.push_results(blocktype)

    def place(self) -> int:
        """Where in the body this is, measured by how much code is before it."""
        return self.ordinal + CALL_WEIGHT * self.n_calls

    def if_without_else(self, blocktype: int) -> int:
        """The missing arm hands its parameters on: they must be the results."""
        if blocktype == T_EMPTY:
            return 0
        if blocktype < 0:
            return self.report(E_NO_ELSE, self.op_pos, -blocktype, 0)
        n = self.type_nparams[blocktype]
        if n != self.type_nresults[blocktype]:
            return self.report(E_NO_ELSE, self.op_pos, 0, 0)
        first = self.type_start[blocktype]
        self.work += n
        for i in range(first, first + n):
            if self.type_vals[i] != self.type_vals[i + n]:
                want, have = self.type_vals[i + n], self.type_vals[i]
                return self.report(E_NO_ELSE, self.op_pos, want, have)
        return 0

    def unreachable(self) -> int:
        """Nothing falls through: drop the block's operands, any may appear."""
        self.sp = self.height
        self.poly = 1
        self.live = 0
        return 0

    # ---- labels

    def read_label(self) -> int:
        """Offset in `frames` of the label at `pos`; the function's if it is unknown."""
        start = self.pos
        depth = self.read_u32()
        if depth < 0:
            return STOP
        if depth >= self.n_frames:
            self.report(E_LABEL, start, 0, 0)
            return UNKNOWN
        return (self.n_frames - 1 - depth) * F_SIZE

    def count_branch(self, base: int) -> int:
        """A branch from reachable code; the function's own label is not counted."""
        label = self.frames[base + F_LABEL]
        if self.live and label >= 0:
            self.fn.label_branches[label] += 1
        return 0

    def pop_label(self, base: int) -> int:
        """Pop what a branch to this label takes."""
        blocktype = self.frames[base + F_TYPE]
        if self.frames[base + F_KIND] == I_LOOP:
            return self.pop_params(blocktype)
        return self.pop_results(blocktype)

    def push_label(self, base: int) -> int:
        """Push what a branch to this label takes."""
        blocktype = self.frames[base + F_TYPE]
        if self.frames[base + F_KIND] == I_LOOP:
            return self.push_params(blocktype)
        return self.push_results(blocktype)

    def label_arity(self, base: int) -> int:
        """Number of operands that a branch to this label takes."""
        blocktype = self.frames[base + F_TYPE]
        if blocktype < 0:
            takes = blocktype != T_EMPTY and self.frames[base + F_KIND] != I_LOOP
            return 1 if takes else 0
        if self.frames[base + F_KIND] == I_LOOP:
            return self.type_nparams[blocktype]
        return self.type_nresults[blocktype]

    def label_top(self, base: int) -> int:
        """Type of the topmost operand that a branch takes, 0 if it takes none."""
        n = self.label_arity(base)
        if n == 0:
            return 0
        blocktype = self.frames[base + F_TYPE]
        if blocktype < 0:
            return -blocktype
        first = self.type_start[blocktype]
        if self.frames[base + F_KIND] != I_LOOP:
            first += self.type_nparams[blocktype]
        return self.type_vals[first + n - 1]

    def check_label(self, base: int) -> int:
        """The top operands fit this label; they stay as they are, unknown types too."""
        blocktype = self.frames[base + F_TYPE]
        n = self.label_arity(base)
        if n == 0:
            return 0
        if blocktype < 0:
            return self.check_top(0, -blocktype)
        first = self.type_start[blocktype]
        if self.frames[base + F_KIND] != I_LOOP:
            first += self.type_nparams[blocktype]
        self.work += n
        for i in range(n):
            if self.check_top(i, self.type_vals[first + n - 1 - i]):
                return 1
        return 0

    def check_top(self, i: int, valtype: int) -> int:
        """Operand `i`, counted from the top, has this type."""
        at = self.sp - 1 - i
        if at < self.height:
            return 0 if self.poly else self.report(E_EMPTY, self.op_pos, valtype, 0)
        have = self.stack[at]
        if have not in {valtype, 0}:
            return self.report(E_TYPE, self.op_pos, valtype, have)
        return 0

    # ---- branches

    def do_br(self) -> int:
        """``br``."""
        base = self.read_label()
        if base == STOP:
            return 1
        if base >= 0:
            if self.pop_label(base):
                return 1
            self.count_branch(base)
        return self.unreachable()

    def do_br_if(self) -> int:
        """``br_if``."""
        base = self.read_label()
        if base == STOP:
            return 1
        if self.pop_slow(I32):
            return 1
        if base < 0:
            return 0
        self.count_branch(base)
        return self.pop_label(base) or self.push_label(base)

    def do_return(self) -> int:
        """``return``."""
        return self.pop_label(0) or self.unreachable()

    def do_br_table(self) -> int:
        """``br_table``: each label is looked at once, however many arms name it."""
        arms = self.read_u32()
        if arms < 0 or self.pop_slow(I32):
            return 1
        if arms >= self.end - self.pos:
            return self.report(E_END, self.end, 0, 0)
        self.mark += 1
        arity = -1
        first_top = 0
        while arms >= 0:
            arms -= 1
            self.work += 1
            base = self.read_label()
            if base == STOP:
                return 1
            if base < 0:
                continue
            self.count_branch(base)
            if self.frames[base + F_MARK] == self.mark:
                continue
            self.frames[base + F_MARK] = self.mark
            takes = self.label_arity(base)
            top = self.label_top(base)
            if arity >= 0 and takes != arity:
                self.report(E_ARITY, self.op_pos, arity, takes)
            elif arity > 0 and top != first_top and not self.any_table:
                # Before reference types all labels had to have one type, even when
                # the operands are unknown.
                self.report(E_TYPE, self.op_pos, first_top, top)
            elif self.check_label(base):
                return 1
            arity, first_top = takes, top
        return self.unreachable()

    def grow_stack(self, full: int) -> None:
        """Double the buffers of this layer that `full` names."""
        if full & BUF_STACK:
            self.stack = memoryview(bytearray(2 * len(self.stack)))
        if full & BUF_FRAMES:
            self.frames = ints(2 * len(self.frames))
