"""Second layer of the scan: locals, and what the summary says about them.

Declarations are read here, first reads before writes are tracked with a stack of
initialised locals (forgotten at the end of the block they were written in), and a use
inside loops is extended to the end of the outermost loop. Everything is linear in the
body plus the number of locals: no block ever looks at all locals. The hot paths, one
use of a local, are in `scan_instructions`.
"""

from __future__ import annotations

import cython

from lbtool.buffers import ints
from lbtool.compiler.scan_cursor import Cursor

if not cython.compiled:
    from lbtool.abi import *  # noqa: F403
    from lbtool.compiler.scan_codes import *  # noqa: F403

# As many as other engines accept; the format allows 2**32 - 1.
MAX_LOCALS = 50_000


class Locals(Cursor):
    """Locals of one scan.

    inited     1 if a local has a value that the body wrote (or is a parameter)
    written    the declared locals with `inited` set, in order of their first write
    pending    locals used in the current outermost loop; `Function.local_last_use` is
               `PENDING` for these
    """

    def __init__(self) -> None:
        super().__init__()
        self.inited = memoryview(bytearray(256))
        self.written, self.pending = ints(256), ints(256)
        self.n_written = self.n_pending = 0
        self.n_locals = 0
        self.loop_depth = 0
        self.weight = 1

    def declare(self, typeidx: int) -> int:
        """Parameters of the signature, then the local declarations at `pos`."""
        self.n_written = self.n_pending = self.loop_depth = 0
        self.weight = 1
        start = self.type_start[typeidx]
        nparams = self.type_nparams[typeidx]
        self.n_locals = 0
        for i in range(nparams):
            if self.add_locals(1, self.type_vals[start + i], 1):
                return 1
        self.fn.n_params = nparams
        groups = self.read_u32()
        if groups < 0:
            return 1
        total = nparams
        while groups > 0:
            groups -= 1
            at = self.pos
            n = self.read_u32()
            if n < 0:
                return 1
            if self.pos >= self.end:
                return self.report(E_END, self.pos, 0, 0)
            valtype = self.data[self.pos]
            if self.valtype[valtype] == 0:
                return self.report(E_VALTYPE, self.pos, 0, valtype)
            self.pos += 1
            total += n
            if total >> 32:
                return self.report(E_MANY_LOCALS, at, 0, 0)
            if valtype == V128 and n > 0:
                self.unsupported(self.simd)
            if total <= MAX_LOCALS and self.add_locals(n, valtype, 0):
                return 1
            self.work += 1
        if total > MAX_LOCALS:
            return self.report(E_LOCAL_LIMIT, self.op_pos, MAX_LOCALS, 0)
        self.fn.n_locals = self.n_locals
        return 0

    def add_locals(self, n: int, valtype: int, inited: int) -> int:
        """`n` more locals of one type, nothing known about their uses yet."""
        first = self.n_locals
        last = first + n
        if last > len(self.fn.local_type) or last > len(self.inited):
            return self.restart(BUF_LOCALS)
        for x in range(first, last):
            self.fn.local_type[x] = valtype
            self.fn.local_weight[x] = 0
            self.fn.local_first_write[x] = -1
            self.fn.local_last_write[x] = -1
            self.fn.local_last_use[x] = -1
            self.fn.local_needs_zero[x] = 0
            self.inited[x] = inited
        self.n_locals = last
        self.work += n
        return 0

    def forget_writes(self, height: int) -> int:
        """A block ends: what was written in it may not have been, seen from outside."""
        self.work += self.n_written - height
        while self.n_written > height:
            self.n_written -= 1
            self.inited[self.written[self.n_written]] = 0
        return 0

    def enter_loop(self) -> int:
        """Uses weigh ten times more in each loop, up to a thousand times."""
        self.loop_depth += 1
        if self.loop_depth <= 3:
            self.weight *= 10
        return 0

    def leave_loop(self) -> int:
        """At the outermost loop's ``end``, its uses get their last position."""
        self.loop_depth -= 1
        if self.loop_depth < 3:
            self.weight //= 10
        if self.loop_depth > 0:
            return 0
        self.work += self.n_pending
        for i in range(self.n_pending):
            self.fn.local_last_use[self.pending[i]] = self.ordinal
        self.n_pending = 0
        return 0

    def grow_locals(self) -> None:
        """Double the buffers of this layer."""
        n = 2 * len(self.inited)
        self.inited = memoryview(bytearray(n))
        self.written, self.pending = ints(n), ints(n)
