"""Control flow: labels, their conventions, and the edges that lead to them.

The first branch to a label fixes where its arguments and the pinned locals live there;
later branches move theirs to match, on an edge of their own where that needs code. A
label that only one path reaches inherits the state. What is below a label's arguments
on the operand stack was flushed to frame words before the block began, so it is the
same on all paths.

Argument places: the deepest ones in frame words, the topmost (at most two) in registers
that are nobody's home. Words are written in ascending order before registers are read:
an argument never moves up in the frame, so no word is overwritten before it is read.
"""

from __future__ import annotations

from array import array
from typing import Any

import cython

if not cython.compiled:
    from lbtool.abi import *  # noqa: F403
    from lbtool.compiler.codes import *  # noqa: F403
    from lbtool.compiler.lowering import TYPE_CODE
    from lbtool.x64.encodings import *  # noqa: F403


def _ints(n: int) -> Any:
    return memoryview(array("i", bytes(4 * n)))


def _masks(n: int) -> Any:
    return memoryview(array("q", bytes(8 * n)))


class Driver:
    """The label side of code generation; straight-line code is the selectors'."""

    def __init__(self, micro: Any, mover: Any, ints: Any, calls: Any) -> None:
        self.micro = micro
        self.mover = mover
        self.values = mover.values
        self.asm = mover.asm
        self.tables = ints.tables
        self.ints = ints
        self.calls = calls
        self.live = True
        self.overflow = self.frame_size = self.stamp = self.n_args = self.n_data = 0
        self.cap_labels = self.cap_args = self.cap_edges = self.cap_data = 0
        self.fit(64, 64, 64)

    def fit(self, labels: int, args: int, edges: int) -> None:
        """Make room (with the GIL held)."""
        if labels > self.cap_labels:
            self.cap_labels = 2 * labels
            n = self.cap_labels
            self.lab_set, self.lab_pos, self.lab_head = _ints(n), _ints(n), _ints(n)
            self.lab_height, self.lab_args = _ints(n), _ints(n)
            self.lab_stamp, self.lab_edge = _ints(n), _ints(n)
            self.lab_reg, self.lab_mem, self.lab_zero = _masks(n), _masks(n), _masks(n)
        if args > self.cap_args:
            self.cap_args = 2 * args
            self.arg_reg, self.arg_disp = _ints(self.cap_args), _ints(self.cap_args)
            self.arg_type = _ints(self.cap_args)
        if edges > self.cap_edges:
            self.cap_edges = 2 * edges
            self.edge_label, self.edge_head = (
                _ints(self.cap_edges),
                _ints(self.cap_edges),
            )
            self.cap_data = 2 * edges
            self.data = _ints(2 * self.cap_data)

    def open(self, function: Any) -> None:
        self.function = function
        self.fit(2 * function.n_labels + 4, 64, 2 * function.n_labels + 4)

    def begin(self) -> int:
        i = 0
        while i < 2 * self.function.n_labels + 3:
            self.lab_set[i] = 0
            self.lab_pos[i] = self.lab_head[i] = -1
            self.lab_stamp[i] = 0
            i += 1
        self.stamp = self.n_args = self.n_data = self.overflow = 0
        self.live = True
        return 0

    # ------------------------------------------------------------------ conventions
    def function_label(self, ty: int, stack_args: int) -> int:
        """Label 0: results where the calling convention wants them."""
        at = self.reserve_args(0)
        if self.overflow:
            return 0
        self.calls.signature.begin()
        start = self.function.type_start[ty] + self.function.type_nparams[ty]
        k = 0
        while k < self.function.type_nresults[ty]:
            t = TYPE_CODE[self.function.type_vals[start + k]]
            place = self.calls.signature.result(t)
            self.arg_type[at + k] = t
            if place >= 64:
                self.arg_reg[at + k] = -1
                self.arg_disp[at + k] = (
                    self.frame_size + 8 + 8 * (stack_args + place - 64)
                )
            else:
                self.arg_reg[at + k] = place
            k += 1
        self.lab_set[0] = 1
        self.lab_reg[0] = self.lab_mem[0] = self.lab_zero[0] = 0
        self.lab_height[0] = 0
        return 0

    def reserve_args(self, label: int) -> int:
        """Room for the argument places of a label; their index."""
        n = self.micro.lab_nargs[label]
        at = self.n_args
        if at + n > self.cap_args:
            self.overflow = 1
            at = 0
            self.n_args = 0
            if n > self.cap_args:
                return -1
        self.lab_args[label] = at
        self.n_args = at + n
        return at

    @cython.locals(m=cython.longlong)
    def settle_zeros(self) -> int:
        """Pins that are virtual zeros get their registers."""
        m = self.values.pin_zero
        h = 0
        while m != 0:
            if m & 1:
                self.values.pin_load(h)
            m >>= 1
            h += 1
        return 0

    def place_args(self, label: int) -> int:
        """Choose places for the top entries, which become a label's arguments."""
        n = self.micro.lab_nargs[label]
        at = self.reserve_args(label)
        if self.overflow:
            return 0
        base = self.values.sp - n
        height = self.lab_height[label]
        in_regs = 2
        k = n - 1
        while k >= 0:
            i = base + k
            self.arg_type[at + k] = self.values.typ[i]
            self.arg_reg[at + k] = -1
            self.arg_disp[at + k] = self.values.slot(height + k)
            if in_regs > 0:
                self.values.force(i)
                r = self.values.reg[i]
                in_regs -= 1
                if (self.values.homes >> r) & 1:
                    in_regs = 0
                else:
                    self.arg_reg[at + k] = r
            k -= 1
            self.values.work += 1
        return 0

    def establish(self, label: int) -> int:
        """The current state becomes the label's convention."""
        if self.lab_set[label]:
            return 0
        self.settle_zeros()
        self.place_args(label)
        self.lab_set[label] = 1
        self.lab_reg[label] = self.values.pin_reg
        self.lab_mem[label] = self.values.pin_mem
        self.lab_zero[label] = 0
        return 0

    @cython.locals(lacking=cython.longlong)
    def differs(self, label: int) -> bool:
        """Does the current state need moves to meet the label's convention?"""
        lacking = (self.lab_reg[label] & ~self.values.pin_reg) | (
            self.lab_mem[label] & ~self.values.pin_mem
        )
        if lacking & ~self.values.pin_undef:
            return True
        n = self.micro.lab_nargs[label]
        at = self.lab_args[label]
        base = self.values.sp - n
        k = 0
        while k < n:
            i = base + k
            r = self.arg_reg[at + k]
            if r >= 0:
                if self.values.in_reg(i) != r:
                    return True
            elif (
                self.values.kind[i] != K_SLOT
                or self.values.slot(i) != self.arg_disp[at + k]
            ):
                return True
            k += 1
        return False

    @cython.locals(m=cython.longlong, bit=cython.longlong)
    def conform(self, label: int) -> int:
        """Emit the moves of an edge to the label; the symbolic state stays as it is."""
        m = self.lab_mem[label] & ~self.values.pin_mem & ~self.values.pin_undef
        h = 0
        while m != 0:
            if m & 1:
                l = self.values.local_of[h]
                t = self.values.ltype[l]
                if (self.values.pin_zero >> h) & 1:
                    self.values.store_const(t, 0, self.values.ldisp[l])
                else:
                    self.values.store_slot(h, t, self.values.ldisp[l])
                self.values.notes |= NOTE_MOVED
            m >>= 1
            h += 1
        self.mover.begin()
        n = self.micro.lab_nargs[label]
        at = self.lab_args[label]
        base = self.values.sp - n
        k = 0
        while k < n:
            if self.arg_reg[at + k] < 0:
                self.mover.entry_to_memory(base + k, self.arg_disp[at + k])
            k += 1
            self.values.work += 1
        k = 0
        while k < n:
            if self.arg_reg[at + k] >= 0:
                self.mover.entry_to_reg(base + k, self.arg_reg[at + k])
            k += 1
        m = self.lab_reg[label] & ~self.values.pin_reg & ~self.values.pin_undef
        h = 0
        while m != 0:
            if m & 1:
                self.mover.pin_to_reg(h)
            m >>= 1
            h += 1
        if self.mover.wanted != 0:
            self.values.notes |= NOTE_MOVED
            self.mover.finish()
        return 0

    @cython.locals(one=cython.longlong)
    def enter(self, label: int) -> int:
        """The state at a label, whichever way it was reached."""
        one = 1
        n = self.micro.lab_nargs[label]
        at = self.lab_args[label]
        height = self.lab_height[label]
        self.values.pending = -1
        self.values.free = self.values.gprs | self.values.xmms
        self.values.pin_reg = self.lab_reg[label]
        self.values.pin_mem = self.lab_mem[label]
        self.values.pin_zero = self.lab_zero[label]
        self.values.pin_undef = self.values.homes & ~(
            self.values.pin_reg | self.values.pin_mem | self.values.pin_zero
        )
        self.values.free &= ~self.values.pin_reg
        r = 0
        while r < 32:
            self.values.owner[r] = PIN if (self.values.pin_reg >> r) & 1 else NOBODY
            r += 1
        self.values.sp = height
        self.values.watermark = height
        k = 0
        while k < n:
            r = self.arg_reg[at + k]
            self.values.push(K_SLOT, self.arg_type[at + k], 0)
            if r >= 0:
                self.values.kind[height + k] = K_REG
                self.values.reg[height + k] = r
                self.values.owner[r] = height + k
                self.values.free &= ~(one << r)
            k += 1
            self.values.work += 1
        self.live = True
        return 0

    @cython.locals(reg=cython.longlong, mem=cython.longlong)
    def weaken(self, label: int) -> int:
        """Claim at the label only what the edge from here has at no cost.

        Where the convention has a pin both in its register and in memory, one is
        enough.
        """
        reg = self.lab_reg[label]
        mem = self.lab_mem[label]
        self.lab_mem[label] = mem & (self.values.pin_mem | ~reg)
        self.lab_reg[label] = reg & (self.values.pin_reg | ~mem)
        # neither of both: keep the register
        self.lab_reg[label] |= reg & ~self.lab_reg[label] & ~self.lab_mem[label]
        return 0

    # ------------------------------------------------------------------ jumps
    def jump_if(self, cc: int, head: int) -> int:
        """Conditional forward jump, float equality included; the new list head."""
        if cc == CC_FEQ:
            over = self.asm.jump(CC_P, -1)
            head = self.asm.jump(CC_E, head)
            self.asm.bind(over)
            return head
        if cc == CC_FNE:
            head = self.asm.jump(CC_P, head)
            return self.asm.jump(CC_NE, head)
        return self.asm.jump(cc, head)

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
        self.lab_head[label] = self.asm.jump(-1, self.lab_head[label])
        return 0

    # ------------------------------------------------------------------ block structure
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
        if self.overflow:
            return 0
        self.lab_set[label] = 1
        self.lab_reg[label] = self.values.pin_reg
        self.lab_mem[label] = self.values.pin_mem
        self.lab_zero[label] = self.values.pin_zero
        self.conform(label)
        if self.innermost(k):
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

    @cython.locals(bit=cython.longlong)
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
        h = 0
        while h < 32:
            if (self.values.homes >> h) & 1:
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
                if self.values.pin_mem & bit and used and calls == 0:
                    self.values.pin_load(h)
                if self.values.pin_reg & bit:
                    if written:
                        self.values.pin_mem &= ~bit
                    elif calls and used and not self.values.pin_mem & bit:
                        self.values.store_slot(
                            h, self.values.ltype[l], self.values.ldisp[l]
                        )
                        self.values.pin_mem |= bit
            h += 1
        return 0

    def unless(self, otherwise: int, nparams: int, end: int) -> int:
        """if: on zero go to the else label, whose only predecessor this is."""
        cc = self.ints.condition()
        self.fence(otherwise, nparams)
        self.lab_height[end] = self.lab_height[otherwise]
        self.establish(otherwise)
        if self.overflow:
            return 0
        if self.differs(otherwise):
            self.conform(otherwise)
            self.enter(otherwise)
        self.lab_head[otherwise] = self.jump_if(cc ^ 1, self.lab_head[otherwise])
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
            self.lab_head[end] = self.asm.jump(-1, self.lab_head[end])
        self.asm.bind(self.lab_head[otherwise])
        self.enter(otherwise)
        return self.label(end)

    # ------------------------------------------------------------------ branches
    def jump(self, label: int) -> int:
        """br, return, and the end of an if arm before else."""
        self.values.force_pending()
        self.establish(label)
        if self.overflow:
            return 0
        self.conform(label)
        self.goto_label(label)
        self.live = False
        return 0

    def branch(self, label: int) -> int:
        """br_if."""
        cc = self.ints.condition()
        self.values.force_pending()
        self.establish(label)
        if self.overflow:
            return 0
        if self.differs(label):
            skip = self.jump_if(cc ^ 1, -1)
            self.values.flags_live = False
            self.conform(label)
            self.goto_label(label)
            self.asm.bind(skip)
        elif self.lab_pos[label] >= 0:
            if cc == CC_FEQ:
                over = self.asm.jump(CC_P, -1)
                self.asm.jump_back(CC_E, self.lab_pos[label])
                self.asm.bind(over)
            elif cc == CC_FNE:
                self.asm.jump_back(CC_P, self.lab_pos[label])
                self.asm.jump_back(CC_NE, self.lab_pos[label])
            else:
                self.asm.jump_back(cc, self.lab_pos[label])
        else:
            self.lab_head[label] = self.jump_if(cc, self.lab_head[label])
        self.values.flags_live = False
        return 0

    # ------------------------------------------------------------------ br_table
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
            if self.overflow:
                return 0
            i += 1
        self.stamp += 1
        n_edges = 0
        i = 0
        while i <= n:
            n_edges = self.edge_for(self.micro.targets[i], n_edges)
            i += 1
            self.values.work += 1
        if n < JUMP_TABLE_FROM:
            self.chain(r, n, n_edges)
        else:
            self.dispatch(r, n, n_edges)
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
                self.edge_head[edge] = self.asm.jump(cc, self.edge_head[edge])
            elif self.lab_pos[label] >= 0:
                self.asm.jump_back(cc, self.lab_pos[label])
            else:
                self.lab_head[label] = self.asm.jump(cc, self.lab_head[label])
            i += 1
        return 0

    def dispatch(self, r: int, n: int, n_edges: int) -> int:
        """Many targets: a table of distances from its own start, right behind the
        jump."""
        self.asm.alu_imm(EXT_CMP, 0, r, n)
        label = self.micro.targets[n]
        edge = self.lab_edge[label]
        if edge >= 0:
            self.edge_head[edge] = self.asm.jump(CC_AE, self.edge_head[edge])
        elif self.lab_pos[label] >= 0:
            self.asm.jump_back(CC_AE, self.lab_pos[label])
        else:
            self.lab_head[label] = self.asm.jump(CC_AE, self.lab_head[label])
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
        if self.n_data < self.cap_data:
            self.data[2 * self.n_data] = start
            self.data[2 * self.n_data + 1] = self.asm.n
            self.n_data += 1
        return 0
