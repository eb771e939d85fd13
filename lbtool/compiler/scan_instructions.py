"""Fourth layer of the scan: what single instructions need.

Their operands, and their immediates: locals, indices, memory arguments, lanes. The hot
paths of `scan_locals` (uses of a local) are here, too, because they push and pop.
Blocks and branches are in `scan_stack`; which instruction is which is known to `scan`.
"""

from __future__ import annotations

import cython

from lbtool.compiler import scan_tables
from lbtool.compiler.scan_stack import Blocks

if not cython.compiled:
    from lbtool.abi import *  # noqa: F403
    from lbtool.compiler.scan_codes import *  # noqa: F403


class Instructions(Blocks):
    """Operands and immediates of one scan, by the tables of `scan_tables`."""

    def __init__(self) -> None:
        super().__init__()
        self.sigs = scan_tables.SIGNATURES
        self.widths, self.lanes = scan_tables.WIDTHS, scan_tables.LANES
        self.calls, self.needs = scan_tables.CALLS, scan_tables.UNSUPPORTED

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
