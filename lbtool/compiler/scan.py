"""The hot first pass: one decode that validates, canonicalises and summarises a body.

`Scanner.run` reads a body once. Five layers make it up: `scan_cursor` (bytes, slots),
`scan_locals` (summary of locals), `scan_stack` (operand types, control frames),
`scan_instructions` (what single instructions need) and this one, the loop over them.
The words of errors are in `diagnose`; code generation is not here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cython

from lbtool.compiler.scan_instructions import Instructions

if not cython.compiled:
    from lbtool.abi import *  # noqa: F403
    from lbtool.compiler.codes import OK, UNSUPPORTED
    from lbtool.compiler.scan_codes import *  # noqa: F403

if TYPE_CHECKING:
    from lbtool.compiler.env import ModuleEnv
    from lbtool.compiler.function import Function


class Scanner(Instructions):
    """Scans bodies into a `Function`; one per thread, reused from body to body.

    After a scan `status` holds its outcome, `errors` the first `n_errors` problems
    (rows of ``ERR_*`` fields) and `work` the steps taken so far.
    """

    def scan(
        self, env: ModuleEnv, typeidx: int, start: int, end: int, function: Function
    ) -> int:
        """Scan the body ``env.data[start:end]`` of signature `typeidx` into `function`.

        The range is the body without its size: local declarations and code, the final
        ``end`` included. OK; INVALID, see `errors`; UNSUPPORTED for a valid body that
        cannot be compiled, see `Function.unsupported`; RESTART: call `grow`, scan
        again.
        """
        if not 0 <= start <= end <= len(env.data):
            raise ValueError("body range outside the module")
        if not 0 <= typeidx < len(env.type_nparams) or env.type_nparams[typeidx] < 0:
            raise ValueError("no such type")
        self.bind(env, function)
        with cython.nogil:
            self.run(typeidx, start, end)
        return self.status

    def grow(self) -> None:
        """Double what was too small in the scanner and in its function."""
        full = self.full
        self.fn.grow(full)
        self.grow_slots(full)
        self.grow_stack(full)
        if full & BUF_LOCALS:
            self.grow_locals()
        self.full = 0

    def reserve(self, body: int) -> None:
        """Room for a body of this many bytes, by experience; `grow` does the rest."""
        while len(self.fn.body) < body:
            self.full |= BUF_BODY
            self.grow()
        while 8 * len(self.fn.slot_kind) < body:
            self.full |= BUF_SLOTS
            self.grow()
        while 8 * len(self.fn.label_branches) < body:
            self.full |= BUF_LABELS
            self.grow()
        while 32 * len(self.fn.loop_start) < body:
            self.full |= BUF_LOOPS
            self.grow()

    def run(self, typeidx: int, start: int, end: int) -> int:
        """Scan, with everything bound and in range: needs no GIL."""
        self.clear_map()
        self.reset(start, end)
        if self.intern_type(typeidx) == STOP or self.declare(typeidx):
            return self.status
        self.copied = self.pos
        self.op_pos = self.pos
        if self.enter(I_CALL, typeidx) or self.instructions():
            return self.status
        self.finish()
        return self.status

    def reset(self, start: int, end: int) -> int:
        """Forget the body before."""
        self.pos = self.op_pos = start
        self.end = end
        self.out = 0
        self.op = 0
        self.ordinal = -1
        self.status = OK
        self.full = self.n_errors = 0
        self.sp = self.height = self.max_depth = 0
        self.poly = 0
        self.live = 1
        self.n_frames = self.mark = self.n_calls = 0
        self.fn.n_types = self.fn.n_vals = self.fn.n_slots = 0
        self.fn.n_loops = self.fn.n_labels = 0
        self.fn.memory0_slot = -1
        self.fn.unsupported = 0
        self.fn.unsupported_ordinal = self.fn.unsupported_offset = -1
        return 0

    def finish(self) -> int:
        """The function's own ``end`` was read: nothing may follow it."""
        if self.pos != self.end:
            return self.report(E_TRAILING, self.pos, 0, 0)
        if self.flush(self.end):
            return 1
        self.fn.body_len = self.out
        self.fn.n_instr = self.ordinal + 1
        self.fn.max_depth = self.max_depth
        self.fn.n_calls = self.n_calls
        if self.status == OK and self.fn.unsupported:
            self.status = UNSUPPORTED
        return 0

    # ---- the loop

    def instructions(self) -> int:
        """Every instruction up to the function's ``end``."""
        while self.n_frames > 0:
            if self.pos >= self.end:
                self.op_pos = self.pos
                return self.report(E_NO_END, self.pos, 0, 0)
            if self.sp + 4 > len(self.stack):
                return self.restart(BUF_STACK)
            op = self.data[self.pos]
            self.op_pos = self.pos
            self.pos += 1
            self.ordinal += 1
            self.work += 1
            self.op = op
            kind = self.kind[op]
            if kind == I_PLAIN:
                if self.apply(op):
                    return 1
            elif kind == I_LOCAL_GET:
                if self.local_get():
                    return 1
            elif kind == I_LOCAL_SET:
                if self.local_set(0):
                    return 1
            elif kind == I_LOCAL_TEE:
                if self.local_set(1):
                    return 1
            elif kind == I_CONST_I32:
                if self.pos < self.end and self.data[self.pos] < 0x80:
                    self.pos += 1
                elif self.skip_signed(32):
                    return 1
                self.push(I32)
            elif kind == I_CONST_I64:
                if self.skip_signed(64):
                    return 1
                self.push(I64)
            elif kind == I_ACCESS:
                if self.memarg(op) or self.apply(op):
                    return 1
            elif self.control(kind, op):
                return 1
        return 0

    def control(self, kind: int, op: int) -> int:
        """Blocks, branches, calls and other instructions of middling frequency."""
        if kind in {I_BLOCK, I_LOOP}:
            blocktype = self.read_blocktype()
            return 1 if blocktype == STOP else self.enter(kind, blocktype)
        if kind == I_IF:
            blocktype = self.read_blocktype()
            if blocktype == STOP or self.pop(I32):
                return 1
            return self.enter(kind, blocktype)
        if kind == I_ELSE:
            return self.do_else()
        if kind == I_END:
            return self.do_end()
        if kind == I_BR:
            return self.do_br()
        if kind == I_BR_IF:
            return self.do_br_if()
        if kind == I_BR_TABLE:
            return self.do_br_table()
        if kind == I_RETURN:
            return self.do_return()
        if kind == I_UNREACHABLE:
            return self.unreachable()
        if kind == I_CALL:
            return self.call()
        if kind == I_CALL_INDIRECT:
            return self.call_indirect()
        if kind == I_DROP:
            self.pop_any()
            return 0
        if kind == I_SELECT:
            return self.select()
        if kind == I_SELECT_TYPED:
            return self.select_typed()
        if kind == I_GLOBAL_GET:
            return self.global_get()
        if kind == I_GLOBAL_SET:
            return self.global_set()
        if kind == I_BYTES:
            return self.skip_bytes(self.widths[op]) or self.apply(op)
        if kind in {I_FC, I_FD}:
            return self.prefixed(kind)
        if kind == I_ILLEGAL:
            return self.report(E_ILLEGAL, self.op_pos, 0, 0)
        return self.rare(kind, op)

    def prefixed(self, prefix: int) -> int:
        """0xFC and 0xFD: the sub-opcode is a LEB128."""
        sub = self.read_u32()
        if sub < 0:
            return 1
        if sub >= (OP_FC_END - OP_FC if prefix == I_FC else OP_FD_END - OP_FD):
            return self.report(E_ILLEGAL, self.op_pos, 0, 0)
        op = sub + (OP_FC if prefix == I_FC else OP_FD)
        self.op = op
        kind = self.kind[op]
        if kind == I_ILLEGAL:
            return self.report(E_ILLEGAL, self.op_pos, 0, 0)
        if self.needs[op]:
            self.unsupported(self.needs[op])
        if kind == I_PLAIN:
            return self.apply(op)
        if kind == I_ACCESS:
            return self.memarg(op) or self.apply(op)
        if kind == I_BYTES:
            return self.skip_bytes(self.widths[op]) or self.apply(op)
        return self.rare(kind, op)

    def rare(self, kind: int, op: int) -> int:
        """Memories, tables, references and lanes."""
        if self.calls[op] and self.live:
            self.n_calls += 1
        if kind == I_MEMORY:
            return self.index_of(SLOT_MEMORY) == STOP or self.apply(op)
        if kind == I_MEMORY_COPY:
            if self.index_of(SLOT_MEMORY) == STOP:
                return 1
            return self.index_of(SLOT_MEMORY) == STOP or self.apply(op)
        if kind == I_MEMORY_INIT:
            if self.data_index() or self.index_of(SLOT_MEMORY) == STOP:
                return 1
            return self.apply(op)
        if kind == I_DATA_DROP:
            return self.data_index()
        if kind == I_ELEM_DROP:
            return self.index_of(SLOT_ELEM) == STOP
        if kind in {I_TABLE_COPY, I_TABLE_INIT}:
            return self.table_pair(kind) or self.apply(op)
        if kind in {I_REF_NULL, I_REF_IS_NULL, I_REF_FUNC}:
            return self.reference(kind)
        if kind == I_LANE:
            return self.lane(self.lanes[op]) or self.apply(op)
        if kind == I_ACCESS_LANE:
            if self.memarg(op) or self.lane(self.lanes[op]):
                return 1
            return self.apply(op)
        if kind == I_SHUFFLE:
            for _ in range(16):
                if self.lane(self.lanes[op]):
                    return 1
            return self.apply(op)
        return self.table(kind)
