"""Labels: what holds where when control arrives, and the moves that make it so.

The first branch to a label fixes where its arguments and the pinned locals live there;
later branches move theirs to match. What is below a label's arguments on the operand
stack was flushed to frame words before the block began, so it is the same on all paths.

Argument places: the deepest ones in frame words, the topmost (at most two) in registers
that are nobody's home. Words are written in ascending order before registers are read:
an argument never moves up in the frame, so no word is overwritten before it is read.
"""

from __future__ import annotations

from typing import Any

import cython

from lbtool.buffers import ints, longs

if not cython.compiled:
    from lbtool.abi import *  # noqa: F403
    from lbtool.compiler.codes import *  # noqa: F403
    from lbtool.compiler.lowering import TYPE_CODE
    from lbtool.compiler.places import ctz
    from lbtool.x64.encodings import *  # noqa: F403


class Labels:
    """Conventions of the labels of one function."""

    def __init__(self, micro: Any, mover: Any, calls: Any) -> None:
        self.micro = micro
        self.mover = mover
        self.values = mover.values
        self.asm = mover.asm
        self.calls = calls
        self.live = True
        self.frame_size = self.n_args = 0
        self.cap_labels = self.cap_args = 0
        self.fit_labels(64)
        self.fit_args(64)

    def fit_labels(self, n: int) -> None:
        """Make room for n labels (with the GIL held)."""
        if n > self.cap_labels:
            n *= 2
            self.cap_labels = n
            self.lab_set, self.lab_pos, self.lab_head = ints(n), ints(n), ints(n)
            self.lab_height, self.lab_args = ints(n), ints(n)
            self.lab_reg, self.lab_mem, self.lab_zero = longs(n), longs(n), longs(n)

    def fit_args(self, n: int) -> None:
        """Make room for n arguments of labels (with the GIL held)."""
        if n > self.cap_args:
            n *= 2
            self.cap_args = n
            self.arg_reg, self.arg_disp, self.arg_type = ints(n), ints(n), ints(n)

    def open_labels(self, function: Any) -> None:
        """Fit to a function (with the GIL held)."""
        self.function = function
        self.fit_labels(2 * function.n_labels + 4)

    def begin_labels(self) -> int:
        i = 0
        while i < 2 * self.function.n_labels + 3:
            self.lab_set[i] = 0
            self.lab_pos[i] = self.lab_head[i] = -1
            i += 1
        self.n_args = 0
        self.live = True
        return 0

    # ------------------------------------------------------------------ conventions
    def function_label(self, ty: int, stack_args: int) -> int:
        """Label 0: results where the calling convention wants them."""
        at = self.reserve_args(0)
        if self.asm.overflow:
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
            self.asm.overflow |= OVER_LABELS
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
        while m != 0:
            self.values.pin_load(ctz(m))
            m &= m - 1
        return 0

    def place_args(self, label: int) -> int:
        """Choose places for the top entries, which become a label's arguments."""
        n = self.micro.lab_nargs[label]
        at = self.reserve_args(label)
        if self.asm.overflow:
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

    @cython.locals(reg=cython.longlong, mem=cython.longlong)
    def weaken(self, label: int) -> int:
        """Claim at the label only what the edge from here has at no cost.

        Where the convention has a pin both in its register and in memory, one is
        enough.
        """
        if (self.values.off >> OPT_WEAKEN) & 1:
            return 0
        reg = self.lab_reg[label]
        mem = self.lab_mem[label]
        self.lab_mem[label] = mem & (self.values.pin_mem | ~reg)
        self.lab_reg[label] = reg & (self.values.pin_reg | ~mem)
        # neither of both: keep the register
        self.lab_reg[label] |= reg & ~self.lab_reg[label] & ~self.lab_mem[label]
        if self.lab_reg[label] != reg or self.lab_mem[label] != mem:
            self.values.counts[OPT_WEAKEN] += 1
        return 0

    # ------------------------------------------------------------------------ edges
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
        while m != 0:
            h = ctz(m)
            m &= m - 1
            l = self.values.local_of[h]
            t = self.values.ltype[l]
            if (self.values.pin_zero >> h) & 1:
                self.values.store_const(t, 0, self.values.ldisp[l])
            else:
                self.values.store_slot(h, t, self.values.ldisp[l])
            self.values.notes |= NOTE_MOVED
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
        while m != 0:
            self.mover.pin_to_reg(ctz(m))
            m &= m - 1
        if self.mover.wanted != 0:
            self.values.notes |= NOTE_MOVED
            self.mover.finish()
        return 0

    @cython.locals(one=cython.longlong, m=cython.longlong)
    def enter(self, label: int) -> int:
        """The state at a label, whichever way it was reached."""
        one = 1
        n = self.micro.lab_nargs[label]
        at = self.lab_args[label]
        height = self.lab_height[label]
        self.values.pending = -1
        self.values.free = self.values.gprs | self.values.xmms
        self.values.pin_const = 0
        self.values.pin_reg = self.lab_reg[label]
        self.values.pin_mem = self.lab_mem[label]
        self.values.pin_zero = self.lab_zero[label]
        self.values.pin_undef = self.values.homes & ~(
            self.values.pin_reg | self.values.pin_mem | self.values.pin_zero
        )
        self.values.free &= ~self.values.pin_reg
        self.values.disown()
        m = self.values.pin_reg
        while m != 0:
            self.values.owner[ctz(m)] = PIN
            m &= m - 1
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
