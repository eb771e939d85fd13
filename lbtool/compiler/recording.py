"""What code generation does, step by step: code, operations, places that change.

The generator is run step by step and looked at between the steps, so the bytes are
those of any other compilation. Time counts the steps: at time 0 the prologue is done.
A *key* is a local, or the number of locals plus the index of a stack entry. Only what
changes is written, a row for each new place of a key; `row` finds the place of a key at
any time. What the numbers mean to people is in ``explain``.

All of it is linear in the steps and the changes: entries and locals that a step cannot
have changed are not looked at.
"""

from __future__ import annotations

from typing import Any

import cython

from lbtool.buffers import grown, ints, longs

if not cython.compiled:
    from lbtool.compiler.codes import *  # noqa: F403
    from lbtool.compiler.places import ctz


class Recording:
    """One function's steps, places and pieces of code.

    Steps    `op`, `a`, `b`, `imm` (a Microwasm operation), `notes`
    first    the first step of an instruction, by ordinal
    depth    of the operand stack by time, -1 where control does not get
    Rows     `key`, `what` (``codes.AT_*``), `of` (type), `where`, `number`
    rows_at  how many rows there are by time
    Pieces   code in line: `start`, `end`, `owner` (ordinal)
    work     rows, keys and steps that were looked at
    """

    def __init__(self, generator: Any) -> None:
        function = generator.function
        self.generator = generator
        self.function = function
        self.values = generator.values
        self.micro = generator.micro
        n = function.n_instr + function.n_labels + 2  # an ``else`` has two steps
        self.op, self.a, self.b, self.notes = ints(n), ints(n), ints(n), ints(n)
        self.imm = longs(n)
        self.depth, self.rows_at = ints(n + 1), ints(n + 1)
        self.first = ints(function.n_instr + 1)
        self.targets = ints(64)
        self.start, self.end, self.owner = ints(64), ints(64), ints(64)
        self.key, self.what, self.of = ints(64), ints(64), ints(64)
        self.where, self.number = ints(64), longs(64)
        self.n_locals = function.n_locals
        self.n_keys = function.n_locals + function.max_depth + 40
        self.last, self.begins = ints(self.n_keys), ints(self.n_keys + 1)
        self.by_key = self.time = ints(1)
        # locals that hold a value on every path, see `forget`
        n_labels = 2 * function.n_labels + 4
        self.known = ints(n_labels)
        self.branched = ints(n_labels)
        self.is_set = ints(self.n_locals + 1)
        self.written = ints(n)
        self.ending, self.late = ints(self.n_locals + 1), ints(self.n_locals + 1)
        # the state before the last step
        self.owners = ints(32)
        self.pin_reg = self.pin_mem = self.pin_zero = self.pin_undef = 0
        self.overwritten = self.narrow = self.pending = -1
        self.watermark = 0
        self.n_steps = self.n_rows = self.n_pieces = self.n_targets = 0
        self.n_first = self.n_tables = self.n_written = 0
        self.n_ended = self.n_late = self.last_end = 0
        self.prologue = self.body_end = self.work = 0

    # ------------------------------------------------------------------ the run
    def run(self) -> int:
        """Generate the opened function's code; its status."""
        self.generator.begin()
        self.prologue = self.generator.asm.n
        self.begin()
        at = self.prologue
        while self.generator.step():
            self.stepped(at)
            at = self.generator.asm.n
        self.body_end = at
        while self.n_first <= self.function.n_instr:
            self.first[self.n_first] = self.n_steps
            self.n_first += 1
        self.index()
        return self.generator.finish()

    def begin(self) -> int:
        """The state behind the prologue."""
        for k in range(self.n_keys):
            self.last[k] = -1
        for i in range(len(self.known)):
            self.known[i] = -1
        for r in range(32):
            self.owners[r] = NOBODY
        self.sort_by_last_use()
        self.last_end = -2
        for l in range(self.n_locals):
            if l < self.function.n_params or self.function.local_needs_zero[l]:
                self.is_set[l] = 1
            self.local(l)
        self.look()
        self.depth[0] = 0
        self.rows_at[0] = self.n_rows
        return 0

    def stepped(self, at: int) -> int:
        """The generator made a step, whose code begins at `at`."""
        s = self.n_steps
        op = self.micro.op
        self.op[s] = op
        self.a[s] = self.micro.a
        self.b[s] = self.detail(op)
        self.imm[s] = self.micro.imm
        self.notes[s] = self.values.notes
        while self.n_first <= self.micro.ordinal:
            self.first[self.n_first] = s
            self.n_first += 1
        self.n_steps = s + 1
        self.work += 1
        self.code(at)
        self.follow(op)
        self.moved_locals()
        self.moved_entries(self.values.sp - self.arrived(op) - WINDOW)
        self.look()
        returned = op == M_LABEL and self.micro.a == 0
        live = self.generator.driver.live and not returned
        self.depth[s + 1] = self.values.sp if live else -1
        self.rows_at[s + 1] = self.n_rows
        return 0

    def detail(self, op: int) -> int:
        """What is kept of an operation besides `a` and `imm`.

        The end of an if, its else, where a table's targets are, whether a local is a
        zero that waits until it is read.
        """
        if op == M_UNLESS:
            return self.micro.c
        if op == M_ENDIF:
            return self.micro.b
        if op == M_TABLE:
            at = self.n_targets
            n = self.micro.a + 1
            while at + n > len(self.targets):
                self.targets = grown(self.targets, 2 * len(self.targets))
            for i in range(n):
                self.targets[at + i] = self.micro.targets[i]
            self.n_targets = at + n
            return at
        if op == M_SET or op == M_TEE:
            h = self.values.home[self.micro.a]
            return h >= 0 and (self.values.pin_zero >> h) & 1
        return 0

    def look(self) -> int:
        """Remember the state, to see what the next step changes."""
        self.pin_reg = self.values.pin_reg
        self.pin_mem = self.values.pin_mem
        self.pin_zero = self.values.pin_zero
        self.pin_undef = self.values.pin_undef
        self.overwritten = self.values.overwritten
        self.narrow = self.values.narrow
        self.pending = self.values.pending
        self.watermark = self.values.watermark
        return 0

    # ------------------------------------------------------------------ code
    def code(self, at: int) -> int:
        """The code of a step without the jump tables in it."""
        while self.n_tables < self.generator.driver.n_data:
            k = self.n_tables
            self.piece(at, self.generator.driver.data[2 * k])
            at = self.generator.driver.data[2 * k + 1]
            self.n_tables = k + 1
        return self.piece(at, self.generator.asm.n)

    def piece(self, start: int, end: int) -> int:
        """Code of the current instruction; neighbours become one."""
        if start == end:
            return 0
        k = self.n_pieces
        ordinal = self.micro.ordinal
        if k > 0 and self.owner[k - 1] == ordinal and self.end[k - 1] == start:
            self.end[k - 1] = end
            return 0
        if k == len(self.start):
            self.start = grown(self.start, 2 * k)
            self.end = grown(self.end, 2 * k)
            self.owner = grown(self.owner, 2 * k)
        self.start[k] = start
        self.end[k] = end
        self.owner[k] = ordinal
        self.n_pieces = k + 1
        return 0

    # ------------------------------------------------------------------ places
    def put(self, key: int, what: int, of: int, where: int, number: int) -> int:
        """A row, if this is another place than before."""
        k = self.last[key]
        self.work += 1
        if (
            k >= 0
            and self.what[k] == what
            and self.of[k] == of
            and self.where[k] == where
            and self.number[k] == number
        ):
            return 0
        k = self.n_rows
        if k == len(self.key):
            self.key = grown(self.key, 2 * k)
            self.what = grown(self.what, 2 * k)
            self.of = grown(self.of, 2 * k)
            self.where = grown(self.where, 2 * k)
            self.number = grown(self.number, 2 * k)
        self.key[k] = key
        self.what[k] = what
        self.of[k] = of
        self.where[k] = where
        self.number[k] = number
        self.last[key] = k
        self.n_rows = k + 1
        return 0

    @cython.locals(m=cython.longlong)
    def moved_locals(self) -> int:
        """Pins whose state is another one, and a local that is being written."""
        m = self.pin_reg ^ self.values.pin_reg
        m |= self.pin_mem ^ self.values.pin_mem
        m |= self.pin_zero ^ self.values.pin_zero
        m |= self.pin_undef ^ self.values.pin_undef
        m &= self.values.homes
        while m != 0:
            self.local(self.values.local_of[ctz(m)])
            m &= m - 1
        if self.overwritten != self.values.overwritten:
            if self.overwritten >= 0:
                self.local(self.overwritten)
            if self.values.overwritten >= 0:
                self.local(self.values.overwritten)
        return 0

    @cython.locals(bit=cython.longlong)
    def local(self, l: int) -> int:
        """Where a local is now."""
        values = self.values
        h = values.home[l]
        what = AT_NOWHERE
        where = 0
        number = 0
        if (
            self.is_set[l]
            and self.function.local_weight[l] != 0
            and l != values.overwritten
        ):
            bit = 1
            bit <<= max(h, 0)
            if h < 0:
                what = AT_MEMORY
            elif values.pin_undef & bit:
                what = AT_NOWHERE
            elif values.pin_zero & bit:
                what = AT_ZERO
            elif values.pin_reg & bit:
                what = AT_BOTH if values.pin_mem & bit else AT_REGISTER
            elif values.pin_mem & bit:
                what = AT_MEMORY
        if what == AT_MEMORY:
            where = values.ldisp[l]
        elif what == AT_BOTH or what == AT_REGISTER:
            where = h
            number = values.ldisp[l] if what == AT_BOTH else 0
        return self.put(l, what, values.ltype[l], where, number)

    def arrived(self, op: int) -> int:
        """No more entries than these on top of the stack are new."""
        a = self.micro.a
        if op == M_CALL or op == M_CALL_INDIRECT:
            return self.function.type_nresults[self.function.slot_type[a]]
        if op < M_FENCE or op > M_BRANCH:
            return 1
        n = self.micro.lab_nargs[a]
        if op == M_ENDIF:
            n = max(n, self.micro.lab_nargs[self.micro.b])
        return n

    def moved_entries(self, low: int) -> int:
        """Entries from `low` on, and those below that can be in another place.

        A register has another owner, frame words were written (`Entries.flush`), or the
        load was done that waited.
        """
        values = self.values
        i = self.watermark
        while i < values.watermark and i < low:
            self.entry(i)
            i += 1
        for r in range(32):
            o = values.owner[r]
            if o != self.owners[r]:
                self.entry(self.owners[r])
                self.entry(o)
                self.owners[r] = o
        self.entry(self.pending)
        self.entry(self.narrow)
        self.entry(values.narrow)
        i = max(low, 0)
        while i < values.sp:
            self.entry(i)
            i += 1
        return 0

    def entry(self, i: int) -> int:
        """Where an entry of the stack is now, if there is one."""
        values = self.values
        if i < 0 or i >= values.sp:
            return 0
        k = values.kind[i]
        where = values.reg[i]
        number = values.imm[i]
        what = AT_FLAGS
        if k == K_CONST:
            what = AT_CONSTANT
            where = 0
        elif k == K_REG:
            what = AT_REGISTER
            number = 0
        elif k == K_SLOT:
            what = AT_MEMORY
            where = values.stack_disp + 8 * i
            number = 0
        elif k == K_LOCAL:
            what = AT_LOCAL
            where = cython.cast(cython.int, number)
            if where == values.overwritten:
                what = AT_MEMORY
                where = values.ldisp[where]
            number = 0
        elif k == K_SCALED:
            what = AT_SCALED
        elif i == values.narrow:
            what = AT_BYTE
        elif k == K_LOAD:
            what = AT_LOAD
        else:
            where = cython.cast(cython.int, number)
            number = 0
        return self.put(self.n_locals + i, what, values.typ[i], where, number)

    # ------------------------------------------------------------------ locals set
    # The scan's own rule: what a block sets is forgotten at the label that ends it. And
    # so is, where paths meet, what is not read any more: the edges do not bring it.
    def follow(self, op: int) -> int:
        """What an operation says about locals that hold a value on every path."""
        a = self.micro.a
        if op == M_SET or op == M_TEE:
            self.set_local(a)
        elif op == M_FENCE or op == M_UNLESS:
            self.known[a] = self.n_written
            if op == M_UNLESS:
                self.branched[a] = 1
                self.known[self.micro.c] = self.n_written
        elif op == M_JUMP or op == M_BRANCH:
            self.branched[a] = 1
        elif op == M_TABLE:
            for i in range(a + 1):
                self.branched[self.micro.targets[i]] = 1
        elif op == M_ENDIF or op == M_LOOP or (op == M_LABEL and self.branched[a]):
            self.forget(self.known[a])
            self.end_uses(self.micro.ordinal)
        return 0

    def set_local(self, l: int) -> int:
        if self.is_set[l]:
            return 0
        self.is_set[l] = 1
        self.written[self.n_written] = l
        self.n_written += 1
        if self.function.local_last_use[l] <= self.last_end:
            self.late[self.n_late] = l
            self.n_late += 1
        return self.local(l)

    def forget(self, height: int) -> int:
        """Locals that were set since so many were; -1: since the label is known."""
        while height >= 0 and self.n_written > height:
            self.n_written -= 1
            self.unset(self.written[self.n_written])
        return 0

    def end_uses(self, ordinal: int) -> int:
        """Locals that no instruction behind this one reads."""
        while self.n_ended < self.n_locals:
            l = self.ending[self.n_ended]
            if self.function.local_last_use[l] > ordinal:
                break
            self.unset(l)
            self.n_ended += 1
        while self.n_late > 0:
            self.n_late -= 1
            self.unset(self.late[self.n_late])
        self.last_end = ordinal
        return 0

    def unset(self, l: int) -> int:
        self.is_set[l] = 0
        return self.local(l)

    def sort_by_last_use(self) -> int:
        """Fills `ending`; `first` counts, as long as no instruction is in it."""
        n = self.function.n_instr
        for l in range(self.n_locals):
            self.first[min(self.function.local_last_use[l] + 1, n)] += 1
        at = 0
        for i in range(n + 1):
            count = self.first[i]
            self.first[i] = at
            at += count
        for l in range(self.n_locals):
            i = min(self.function.local_last_use[l] + 1, n)
            self.ending[self.first[i]] = l
            self.first[i] += 1
        return 0

    # ------------------------------------------------------------------ looking up
    def index(self) -> int:
        """Rows by key, for `row`."""
        self.by_key, self.time = ints(self.n_rows + 1), ints(self.n_rows + 1)
        for k in range(self.n_rows):
            self.begins[self.key[k] + 1] += 1
        for key in range(self.n_keys):
            self.last[key] = self.begins[key]
            self.begins[key + 1] += self.begins[key]
        t = 0
        for k in range(self.n_rows):
            while self.rows_at[t] <= k:
                t += 1
            self.time[k] = t
            self.by_key[self.last[self.key[k]]] = k
            self.last[self.key[k]] += 1
        return 0

    def row(self, key: int, time: int) -> int:
        """The row that says where a key is at a time."""
        low = self.begins[key]
        high = self.begins[key + 1]
        while low + 1 < high:
            middle = (low + high) // 2
            if self.time[self.by_key[middle]] <= time:
                low = middle
            else:
                high = middle
        return self.by_key[low]
