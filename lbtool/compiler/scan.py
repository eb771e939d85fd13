"""The hot first pass: one decode that validates, canonicalises and summarises a body.

`Scanner.run` reads a body once. Four layers make it up: `scan_cursor` (bytes, slots),
`scan_locals` (summary of locals), `scan_stack` (operand types, control frames) and this
one, which knows what each kind of instruction needs. What stands here and not in the
layers below is here because it is hot: calls within one extension type are direct. The
words of errors are in `diagnose`; code generation is not here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cython

from lbtool.compiler import scan_tables
from lbtool.compiler.scan_stack import Blocks

if not cython.compiled:
    from lbtool.abi import *  # noqa: F403
    from lbtool.compiler.codes import OK, UNSUPPORTED
    from lbtool.compiler.scan_codes import *  # noqa: F403

if TYPE_CHECKING:
    from lbtool.compiler.env import ModuleEnv
    from lbtool.compiler.function import Function


class Scanner(Blocks):
    """Scans bodies into a `Function`; one per thread, reused from body to body.

    After a scan `status` holds its outcome, `errors` the first `n_errors` problems
    (rows of ``ERR_*`` fields) and `work` the steps taken so far.
    """

    def __init__(self) -> None:
        super().__init__()
        self.sigs = scan_tables.SIGNATURES
        self.widths, self.lanes = scan_tables.WIDTHS, scan_tables.LANES
        self.calls, self.needs = scan_tables.CALLS, scan_tables.UNSUPPORTED

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

    # ---- operands

    def push(self, valtype: int) -> int:
        """Push one operand; `instructions` has seen to the room."""
        sp = self.sp
        self.stack[sp] = valtype
        self.sp = sp + 1
        if sp >= self.max_depth and self.live:
            self.max_depth = sp + 1
        return 0

    def pop(self, valtype: int) -> int:
        """Pop one operand of this type."""
        sp = self.sp - 1
        if sp >= self.height and self.stack[sp] == valtype:
            self.sp = sp
            return 0
        return self.pop_slow(valtype)

    def apply(self, op: int) -> int:
        """Pop and push what the signature table says."""
        sig = self.sigs[op]
        want = sig & 0xFF
        if want and self.pop(want):
            return 1
        want = sig >> 8 & 0xFF
        if want and self.pop(want):
            return 1
        want = sig >> 16 & 0xFF
        if want and self.pop(want):
            return 1
        want = sig >> 24
        return self.push(want) if want else 0

    def u32(self) -> int:
        """Unsigned LEB128, mostly of one byte; `STOP` if malformed."""
        if self.pos < self.end:
            byte = self.data[self.pos]
            if byte < 0x80:
                self.pos += 1
                return byte
        return self.read_u32()

    # ---- locals

    def local_get(self) -> int:
        """``local.get``; a declared local read before a write has to start as zero."""
        at = self.pos
        x = self.u32()
        if x < 0:
            return 1
        if x >= self.n_locals:
            self.report(E_LOCAL, at, 0, 0)
            return self.push(0)
        if self.live:
            if self.inited[x] == 0:
                self.fn.local_needs_zero[x] = 1
            self.use_local(x, self.weight)
        return self.push(self.fn.local_type[x])

    def local_set(self, tee: int) -> int:
        """``local.set`` and ``local.tee``."""
        at = self.pos
        x = self.u32()
        if x < 0:
            return 1
        if x >= self.n_locals:
            self.report(E_LOCAL, at, 0, 0)
            valtype = self.pop_any()
            return self.push(valtype) if tee else 0
        valtype = self.fn.local_type[x]
        if self.pop(valtype):
            return 1
        if self.live:
            if self.inited[x] == 0:
                self.inited[x] = 1
                self.written[self.n_written] = x
                self.n_written += 1
            if self.fn.local_first_write[x] < 0:
                self.fn.local_first_write[x] = self.ordinal
            self.fn.local_last_write[x] = self.ordinal
            self.use_local(x, 2 * self.weight)
        return self.push(valtype) if tee else 0

    def use_local(self, x: int, weight: int) -> int:
        """Weight and last position of one use."""
        weight += self.fn.local_weight[x]
        self.fn.local_weight[x] = min(MAX_WEIGHT, weight)
        if self.loop_depth == 0:
            self.fn.local_last_use[x] = self.ordinal
        elif self.fn.local_last_use[x] != PENDING:
            self.fn.local_last_use[x] = PENDING
            self.pending[self.n_pending] = x
            self.n_pending += 1
        return 0

    # ---- globals and calls

    def global_get(self) -> int:
        """``global.get``."""
        x = self.index_of(SLOT_GLOBAL)
        if x == STOP:
            return 1
        return self.push(0 if x < 0 else self.global_type[x])

    def global_set(self) -> int:
        """``global.set``, of mutable globals only."""
        at = self.pos
        x = self.index_of(SLOT_GLOBAL)
        if x == STOP:
            return 1
        if x < 0:
            self.pop_any()
            return 0
        if not self.global_flags[x] & SLOT_MUTABLE:
            self.report(E_IMMUTABLE, at, 0, 0)
        return self.pop(self.global_type[x])

    def call(self) -> int:
        """``call``."""
        x = self.index_of(SLOT_FUNC)
        if x == STOP:
            return 1
        if x < 0:
            # Nothing is known of the operands any more.
            return self.unreachable()
        return self.call_type(self.func_type[x])

    def call_type(self, typeidx: int) -> int:
        """Pop the parameters, push the results, count."""
        if self.live:
            self.n_calls += 1
        if self.pop_params(typeidx):
            return 1
        return self.push_results(typeidx)

    def call_indirect(self) -> int:
        """``call_indirect``: type, then table, in the order of the binary format."""
        typeidx = self.index_of(SLOT_TYPE)
        if typeidx == STOP:
            return 1
        at = self.pos
        table = self.index_of(SLOT_TABLE)
        if table == STOP or self.pop(I32):
            return 1
        if table >= 0 and self.table_type[table] != FUNCREF:
            self.report(E_NOT_FUNCREF, at, FUNCREF, self.table_type[table])
        if typeidx < 0:
            return self.unreachable()
        return self.call_type(typeidx)

    def select(self) -> int:
        """Untyped ``select``: two numbers or vectors of one type."""
        if self.pop(I32):
            return 1
        second = self.pop_any()
        first = self.pop_any()
        if self.valtype[first] == 2 or self.valtype[second] == 2:
            have = first if self.valtype[first] == 2 else second
            self.report(E_NOT_NUM, self.op_pos, 0, have)
            return self.push(first)
        if first == 0:
            first = second
        elif second not in {0, first}:
            self.report(E_TYPE, self.op_pos, first, second)
        return self.push(first)

    def select_typed(self) -> int:
        """``select`` with a vector of types, which has to hold exactly one."""
        at = self.pos
        n = self.u32()
        if n < 0:
            return 1
        if n > self.end - self.pos:
            return self.report(E_END, self.end, 0, 0)
        valtype = 0
        for _ in range(n):
            valtype = self.data[self.pos]
            if self.valtype[valtype] == 0:
                return self.report(E_VALTYPE, self.pos, 0, valtype)
            self.pos += 1
        self.work += n
        if valtype == V128:
            self.unsupported(self.simd)
        if n != 1:
            self.report(E_RESULT_ARITY, at, 1, n)
            return self.unreachable()
        if self.pop(I32) or self.pop(valtype) or self.pop(valtype):
            return 1
        return self.push(valtype)

    # ---- indices

    def index_of(self, space: int) -> int:
        """Read an index and replace it by its slot; UNKNOWN if it names nothing."""
        at = self.pos
        if space == SLOT_MEMORY:
            x = self.read_index(self.any_memory)
        elif space == SLOT_TABLE:
            x = self.read_index(self.any_table)
        else:
            x = self.u32()
        if x < 0:
            return STOP
        code = self.unknown(space, x)
        if code:
            self.report(code, at, 0, 0)
            return UNKNOWN
        return STOP if self.use(space, x, at) else x

    def unknown(self, space: int, x: int) -> int:
        """Error code of an unusable index, 0 if it is usable."""
        if space == SLOT_FUNC:
            fine = x < len(self.func_type) and self.func_type[x] >= 0
            return 0 if fine else E_FUNC
        if space == SLOT_GLOBAL:
            fine = x < len(self.global_type) and self.global_type[x] > 0
            return 0 if fine else E_GLOBAL
        if space == SLOT_TYPE:
            fine = x < len(self.type_nparams) and self.type_nparams[x] >= 0
            return 0 if fine else E_TYPEIDX
        if space == SLOT_TABLE:
            fine = x < len(self.table_type) and self.table_type[x] > 0
            return 0 if fine else E_TABLE
        if space == SLOT_MEMORY:
            fine = x < len(self.memory_flags) and self.memory_flags[x] >= 0
            return 0 if fine else E_MEMORYIDX
        if space == SLOT_ELEM:
            fine = x < len(self.elem_type) and self.elem_type[x] >= 0
            return 0 if fine else E_ELEMIDX
        fine = x < len(self.data_ok) and self.data_ok[x] > 0
        return 0 if fine else E_DATAIDX

    def data_index(self) -> int:
        """A data segment; bodies may name one only after a data count section."""
        if self.n_datas < 0:
            return self.report(E_DATA_COUNT, self.op_pos, 0, 0)
        return self.index_of(SLOT_DATA) == STOP

    def memarg(self, op: int) -> int:
        """Alignment and offset of an access to memory 0."""
        at = self.pos
        align = self.u32()
        if align < 0:
            return 1
        if align > self.widths[op]:
            if align >= 32:
                return self.report(E_MEMOP, at, 0, 0)
            self.report(E_ALIGN, at, 0, 0)
        if self.u32() < 0:
            return 1
        return self.touch_memory() if self.fn.memory0_slot < 0 else 0

    def lane(self, lanes: int) -> int:
        """One byte that names a lane."""
        if self.pos >= self.end:
            return self.report(E_END, self.pos, 0, 0)
        self.pos += 1
        if self.data[self.pos - 1] >= lanes:
            return self.report(E_LANE, self.pos - 1, lanes, 0)
        return 0

    # ---- references and tables

    def reference(self, kind: int) -> int:
        """``ref.null``, ``ref.is_null``, ``ref.func``."""
        if kind == I_REF_NULL:
            if self.pos >= self.end:
                return self.report(E_END, self.pos, 0, 0)
            valtype = self.data[self.pos]
            if self.valtype[valtype] != 2:
                return self.report(E_REFTYPE, self.pos, 0, valtype)
            self.pos += 1
            return self.push(valtype)
        if kind == I_REF_IS_NULL:
            valtype = self.pop_any()
            if valtype and self.valtype[valtype] != 2:
                self.report(E_NOT_REF, self.op_pos, 0, valtype)
            return self.push(I32)
        at = self.pos
        x = self.index_of(SLOT_FUNC)
        if x == STOP:
            return 1
        if x >= 0 and self.func_declared[x] == 0:
            self.report(E_UNDECLARED, at, 0, 0)
        return self.push(FUNCREF)

    def table(self, kind: int) -> int:
        """Instructions on one table, whose element type is in their signature."""
        x = self.index_of(SLOT_TABLE)
        if x == STOP:
            return 1
        if x < 0:
            return self.unreachable()
        valtype = self.table_type[x]
        if kind == I_TABLE_SIZE:
            return self.push(I32)
        if kind == I_TABLE_GET:
            return self.pop(I32) or self.push(valtype)
        if kind == I_TABLE_SET:
            return self.pop(valtype) or self.pop(I32)
        if kind == I_TABLE_GROW:
            return self.pop(I32) or self.pop(valtype) or self.push(I32)
        return self.pop(I32) or self.pop(valtype) or self.pop(I32)

    def table_pair(self, kind: int) -> int:
        """Indices of ``table.copy`` and ``table.init``: both of one element type."""
        at = self.pos
        if kind == I_TABLE_COPY:
            x = self.index_of(SLOT_TABLE)
            have = self.table_type[x] if x >= 0 else 0
        else:
            x = self.index_of(SLOT_ELEM)
            have = self.elem_type[x] if x >= 0 else 0
        if x == STOP:
            return 1
        y = self.index_of(SLOT_TABLE)
        if y == STOP:
            return 1
        if y >= 0 and have not in {0, self.table_type[y]}:
            self.report(E_TYPE, at, self.table_type[y], have)
        return 0
