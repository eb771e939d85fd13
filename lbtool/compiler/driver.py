"""Control flow: blocks, loops, branches.

A label that only one path reaches inherits the state and costs nothing. An edge that
needs moves gets a place of its own in the code; falling through needs no jump. What
holds at a label is in `labels`, straight-line code in the selectors.
"""

from __future__ import annotations

from typing import Any

import cython

from lbtool.buffers import ints
from lbtool.compiler.labels import Labels

if not cython.compiled:
    from lbtool.abi import *  # noqa: F403
    from lbtool.compiler.codes import *  # noqa: F403
    from lbtool.compiler.places import ctz
    from lbtool.x64.encodings import *  # noqa: F403


class Driver(Labels):
    """The control-flow side of code generation."""

    def __init__(self, micro: Any, mover: Any, conditions: Any, calls: Any) -> None:
        super().__init__(micro, mover, calls)
        self.conditions = conditions
        self.stamp = self.n_data = self.cap_edges = 0
        self.reach = 0
        self.fit_edges(64)

    def fit_edges(self, n: int) -> None:
        """Make room for the br_table edges of n labels (with the GIL held)."""
        if n > self.cap_edges:
            n *= 2
            self.cap_edges = n
            self.edge_label, self.edge_head = ints(n), ints(n)
            self.lab_stamp, self.lab_edge = ints(n), ints(n)
            self.data = ints(2 * n)

    def open(self, function: Any) -> None:
        """Fit to a function (with the GIL held)."""
        self.open_labels(function)
        self.fit_edges(2 * function.n_labels + 4)

    def begin(self) -> int:
        i = 0
        while i < 2 * self.function.n_labels + 3:
            self.lab_stamp[i] = 0
            i += 1
        self.stamp = self.n_data = 0
        return self.begin_labels()

    # ------------------------------------------------------------------------ jumps
    def near(self, label: int) -> int:
        """Are two bytes likely to be enough for a jump to where the label will be?"""
        return self.close_by(self.micro.lab_at[label] - self.micro.place())

    def close_by(self, distance: int) -> int:
        """Code of so many instructions, and an edge's moves: less than 128 bytes?"""
        return distance + EDGE_WEIGHT < self.reach

    def forward(self, cc: int, label: int) -> int:
        """Jump to a label that is not bound yet (cc -1: unconditional)."""
        head = self.asm.jump(cc, self.lab_head[label], self.near(label))
        self.lab_head[label] = head
        return 0

    def jump_if(self, cc: int, head: int, short: int) -> int:
        """Conditional forward jump, float equality included; the new list head."""
        if cc == CC_FEQ:
            over = self.asm.skip(CC_P)
            head = self.asm.jump(CC_E, head, short)
            self.asm.land(over)
            return head
        if cc == CC_FNE:
            head = self.asm.jump(CC_P, head, short)
            return self.asm.jump(CC_NE, head, short)
        return self.asm.jump(cc, head, short)

    def epilogue(self) -> int:
        if self.frame_size != 0:
            self.asm.alu_imm(EXT_ADD, 1, RSP, self.frame_size)
        return self.asm.ret()

    def goto_label(self, label: int) -> int:
        """The state is as the label wants it: go there (label 0: return)."""
        if label == 0:
            return self.epilogue()
        if self.lab_pos[label] >= 0:
            return self.asm.jump_back(-1, self.lab_pos[label])
        return self.forward(-1, label)

    # -------------------------------------------------------------- block structure
    def fence(self, label: int, nparams: int) -> int:
        """A block begins whose end is a label."""
        self.values.force_pending()
        height = self.values.sp - nparams
        self.values.flush(height)
        self.lab_height[label] = height
        return 0

    def loop(self, label: int, nparams: int, k: int) -> int:
        """A loop head: the one label that is bound before anything branches to it."""
        self.fence(label, nparams)
        self.settle_loop(k)
        self.place_args(label)
        if self.asm.overflow:
            return 0
        self.lab_set[label] = 1
        self.lab_reg[label] = self.values.pin_reg
        self.lab_mem[label] = self.values.pin_mem
        self.lab_zero[label] = self.values.pin_zero
        self.conform(label)
        if self.innermost(k) and self.values.use(OPT_ALIGN):
            # a small loop across two cache lines can take twice the time
            self.asm.align()
        self.lab_pos[label] = self.asm.n
        return self.enter(label)

    def innermost(self, k: int) -> int:
        """Has the k-th loop neither loops nor calls inside?"""
        if self.function.loop_calls[k] != 0:
            return 0
        return (
            k + 1 >= self.function.n_loops
            or self.function.loop_start[k + 1] > self.function.loop_end[k]
        )

    @cython.locals(bit=cython.longlong, m=cython.longlong)
    def settle_loop(self, k: int) -> int:
        """Where pins live at the head of the k-th loop.

        Written in the loop: in the register only, so that the back edge owes no store.
        Not written, in a loop with calls: in memory as well, stored once before the
        loop. In a loop without calls everything that is used comes to its register
        first.
        """
        start = self.function.loop_start[k]
        end = self.function.loop_end[k]
        calls = self.function.loop_calls[k]
        m = self.values.homes
        while m != 0:
            h = ctz(m)
            m &= m - 1
            bit = 1
            bit <<= h
            l = self.values.local_of[h]
            written = 0
            if (
                self.function.local_first_write[l] <= end
                and self.function.local_last_write[l] >= start
            ):
                written = 1
            used = 1 if self.function.local_last_use[l] >= start else 0
            if self.values.pin_zero & bit and written:
                self.values.pin_load(h)
            if (
                self.values.pin_mem & ~self.values.pin_reg & bit
                and used
                and calls == 0
                and self.values.use(OPT_PRELOAD)
            ):
                self.values.pin_load(h)
            if self.values.pin_reg & bit:
                if written:
                    self.values.pin_mem &= ~bit
                elif calls and used and not self.values.pin_mem & bit:
                    self.values.store_slot(
                        h, self.values.ltype[l], self.values.ldisp[l]
                    )
                    self.values.pin_mem |= bit
        return 0

    def unless(self, otherwise: int, nparams: int, end: int) -> int:
        """if: on zero go to the else label, whose only predecessor this is."""
        cc = self.conditions.condition()
        self.fence(otherwise, nparams)
        self.lab_height[end] = self.lab_height[otherwise]
        self.establish(otherwise)
        if self.asm.overflow:
            return 0
        if self.differs(otherwise):
            self.conform(otherwise)
            self.enter(otherwise)
        self.lab_head[otherwise] = self.jump_if(
            cc ^ 1, self.lab_head[otherwise], self.near(otherwise)
        )
        self.values.flags_live = False
        return 0

    def label(self, label: int) -> int:
        """The label is here; falling through is one of the ways to it."""
        if self.lab_set[label] == 0 or (
            label == 0 and not self.live and self.lab_head[0] < 0
        ):
            return 0
        if self.live:
            self.values.force_pending()
            if label != 0:
                self.weaken(label)
            self.conform(label)
        self.asm.bind(self.lab_head[label])
        self.lab_pos[label] = self.asm.n
        if label != 0:
            return self.enter(label)
        return self.epilogue()

    def endif(self, end: int, otherwise: int) -> int:
        """End of an if without else: the else edge meets the end of the first arm."""
        if self.lab_set[end] == 0:
            if self.live:
                self.values.force_pending()
                self.weaken(otherwise)
                self.conform(otherwise)
            self.asm.bind(self.lab_head[otherwise])
            return self.enter(otherwise)
        if self.live:
            self.values.force_pending()
            self.conform(end)
            self.forward(-1, end)
        self.asm.bind(self.lab_head[otherwise])
        self.enter(otherwise)
        return self.label(end)

    # --------------------------------------------------------------------- branches
    def jump(self, label: int) -> int:
        """br, return, and the end of an if arm before else."""
        self.values.force_pending()
        self.establish(label)
        if self.asm.overflow:
            return 0
        self.conform(label)
        self.goto_label(label)
        self.live = False
        return 0

    def branch(self, label: int) -> int:
        """br_if."""
        cc = self.conditions.condition()
        self.values.force_pending()
        self.establish(label)
        if self.asm.overflow:
            return 0
        if self.differs(label):
            skip = self.jump_if(cc ^ 1, -1, self.close_by(0))
            self.values.flags_live = False
            self.conform(label)
            self.goto_label(label)
            self.asm.bind(skip)
        elif self.lab_pos[label] >= 0:
            if cc == CC_FEQ:
                over = self.asm.skip(CC_P)
                self.asm.jump_back(CC_E, self.lab_pos[label])
                self.asm.land(over)
            elif cc == CC_FNE:
                self.asm.jump_back(CC_P, self.lab_pos[label])
                self.asm.jump_back(CC_NE, self.lab_pos[label])
            else:
                self.asm.jump_back(cc, self.lab_pos[label])
        else:
            self.lab_head[label] = self.jump_if(
                cc, self.lab_head[label], self.near(label)
            )
        self.values.flags_live = False
        return 0

    # --------------------------------------------------------------------- br_table
    def edge_for(self, label: int, n_edges: int) -> int:
        """The edge block of this br_table for a label: made at its first target."""
        if self.lab_stamp[label] != self.stamp:
            self.lab_stamp[label] = self.stamp
            self.lab_edge[label] = -1
            if label == 0 or self.differs(label):
                self.lab_edge[label] = n_edges
                self.edge_label[n_edges] = label
                self.edge_head[n_edges] = -1
                n_edges += 1
        return n_edges

    def table(self, n: int) -> int:
        """br_table with n targets and a default; edges with moves follow the
        dispatch."""
        self.values.force_pending()
        self.settle_zeros()  # while no home is in use for the index
        index = self.values.pop()
        r = self.values.borrow(index)
        i = 0
        while i <= n:
            self.establish(self.micro.targets[i])
            if self.asm.overflow:
                return 0
            i += 1
        self.stamp += 1
        n_edges = 0
        i = 0
        while i <= n:
            n_edges = self.edge_for(self.micro.targets[i], n_edges)
            i += 1
            self.values.work += 1
        if n >= JUMP_TABLE_FROM and self.values.use(OPT_TABLE):
            self.dispatch(r, n, n_edges)
        else:
            self.chain(r, n, n_edges)
        self.values.done(r)
        i = 0
        while i < n_edges:
            self.asm.bind(self.edge_head[i])
            self.conform(self.edge_label[i])
            self.goto_label(self.edge_label[i])
            i += 1
        self.live = False
        return 0

    def chain(self, r: int, n: int, n_edges: int) -> int:
        """Few targets: compare one after the other."""
        i = 0
        while i <= n:
            label = self.micro.targets[i]
            cc = -1
            if i < n:
                cc = CC_E
                if i == 0:
                    self.asm.rr(TEST, 0, r, r)
                else:
                    self.asm.alu_imm(EXT_CMP, 0, r, i)
            edge = self.lab_edge[label]
            if edge >= 0:
                self.edge_head[edge] = self.asm.jump(cc, self.edge_head[edge], 0)
            elif self.lab_pos[label] >= 0:
                self.asm.jump_back(cc, self.lab_pos[label])
            else:
                self.forward(cc, label)
            i += 1
        return 0

    def dispatch(self, r: int, n: int, n_edges: int) -> int:
        """Many targets: a table of distances from its own start, right behind the
        jump."""
        self.asm.alu_imm(EXT_CMP, 0, r, n)
        label = self.micro.targets[n]
        edge = self.lab_edge[label]
        if edge >= 0:
            self.edge_head[edge] = self.asm.jump(CC_AE, self.edge_head[edge], 0)
        elif self.lab_pos[label] >= 0:
            self.asm.jump_back(CC_AE, self.lab_pos[label])
        else:
            self.forward(CC_AE, label)
        # the default is gone: the index may be overwritten, if the register is ours
        at = self.asm.rip(LEA, 1, SCRATCH)
        d = r
        if self.values.owner[r] != TAKEN:
            d = self.values.alloc(self.values.gprs)
        self.asm.mem(MOVSXD, 1, d, SCRATCH, r, 2, 0)
        self.asm.rr(ADD, 1, SCRATCH, d)
        self.asm.rr(GROUP5, 0, EXT_JMP, SCRATCH)
        if d != r:
            self.values.release(d)
        start = self.asm.n
        self.asm.put32(at, start - (at + 4))
        i = 0
        while i < n:
            self.asm.room()
            label = self.micro.targets[i]
            edge = self.lab_edge[label]
            if edge >= 0:
                self.edge_head[edge] = self.asm.patch_site(
                    self.asm.n, start, self.edge_head[edge]
                )
                self.asm.u32(0)
            elif self.lab_pos[label] >= 0:
                self.asm.u32(self.lab_pos[label] - start)
            else:
                self.lab_head[label] = self.asm.patch_site(
                    self.asm.n, start, self.lab_head[label]
                )
                self.asm.u32(0)
            i += 1
        if self.n_data < self.cap_edges:
            self.data[2 * self.n_data] = start
            self.data[2 * self.n_data + 1] = self.asm.n
            self.n_data += 1
        return 0
