"""One canonical function in memory: what the scan writes and code generation reads.

Nothing in here names the module: index immediates of the body are slot numbers, and a
slot is described by structure (kind, type, flags). `slot_index` alone remembers the
module's numbers; it is for the linker and is not part of the key. The summary part is
derived from the body in the same pass: counts and positions only, O(body) + O(locals).

Positions are instruction ordinals: every opcode of the body counts, ``else`` and
``end`` included, from 0.
"""

from __future__ import annotations

import cython

from lbtool.buffers import grown, ints

if not cython.compiled:
    from lbtool.compiler.scan_codes import *  # noqa: F403


class Function:
    """Buffers are reused from function to function and grow on RESTART (doubling).

    ============  =====================================================================
    body          canonical bytes, `body_len` of them, the final ``end`` included
    type_*        type t has params ``type_vals[start:start+np]``, then its results;
                  type 0 is the function's own signature
    slot_kind     ``abi.SLOT_*``; `slot_type`: type t for functions and types, the value
                  type for globals, the element type for tables, 0 otherwise;
                  `slot_flags`: ``SLOT_IMPORTED | SLOT_MUTABLE``
    local_weight  uses in reachable code: get 1, set and tee 2, x10 per enclosing loop
                  (at most x1000), saturating at 2**30
    first_write,  ordinals of the first and last reachable ``local.set`` or ``tee``;
    last_write    -1 when never written
    last_use      ordinal of the last get or set; a use inside loops counts as the
                  ``end`` of the outermost one; -1 when never used
    needs_zero    1 if a declared local may be read before it is written
    loop_*        k-th loop by appearance: ordinal of ``loop`` and of its ``end``; calls
                  (instructions that leave the function: call, call_indirect, and those
                  that become library calls) inside, nested loops included
    label_branches  k-th block/loop/if by appearance: branches from reachable code that
                  name it (``br``, ``br_if``, every arm of ``br_table``, default too);
                  the function's own label is not counted
    label_else    where its ``else`` (or ``end``) and its ``end`` are: instructions
    label_end     before them, plus `CALL_WEIGHT` for each reachable call
    max_depth     deepest operand stack in reachable code
    n_calls       calls in reachable code, as for loops
    memory0_slot  slot of memory 0, -1 if the body touches no memory; loads and stores,
                  which have no memory index, register it too
    unsupported   number in ``scan_tables.PROPOSALS`` of a proposal that the body needs
                  and code generation does not have, 0 if none; `unsupported_ordinal`
                  and `unsupported_offset` (bytes in the module) say where; a signature
                  or local declarations have ordinal -1
    ============  =====================================================================

    Code is *reachable* as validation sees it: not between an instruction that never
    falls through (``br``, ``br_table``, ``return``, ``unreachable``) and the ``else``
    or ``end`` of the block around it, nor in a block that begins there. Code after the
    ``end`` of a block counts as reachable even if nothing branches there: the counts
    are upper bounds for a consumer that knows better.
    """

    def __init__(self) -> None:
        self.body_len = self.n_instr = 0
        self.n_types = self.n_vals = self.n_slots = 0
        self.n_params = self.n_locals = 0
        self.max_depth = self.n_calls = self.n_loops = self.n_labels = 0
        self.memory0_slot = self.unsupported_ordinal = self.unsupported_offset = -1
        self.unsupported = 0
        self.body = memoryview(bytearray(1 << 12))
        self.type_vals = memoryview(bytearray(1 << 10))
        self.type_start, self.type_nparams = ints(64), ints(64)
        self.type_nresults = ints(64)
        self.slot_kind, self.slot_type = ints(128), ints(128)
        self.slot_flags, self.slot_index = ints(128), ints(128)
        self._new_locals(256)
        self.loop_start, self.loop_end, self.loop_calls = (
            ints(64),
            ints(64),
            ints(64),
        )
        self.label_branches, self.label_else = ints(256), ints(256)
        self.label_end = ints(256)

    def _new_locals(self, n: int) -> None:
        self.local_type = memoryview(bytearray(n))
        self.local_weight, self.local_first_write = ints(n), ints(n)
        self.local_last_write, self.local_last_use = ints(n), ints(n)
        self.local_needs_zero = memoryview(bytearray(n))

    def grow(self, full: int) -> None:
        """Double the buffers named by the ``BUF_*`` bits of `full`."""
        if full & BUF_BODY:
            self.body = grown(self.body, 2 * len(self.body))
        if full & BUF_TYPES:
            n = 2 * len(self.type_start)
            self.type_start = grown(self.type_start, n)
            self.type_nparams = grown(self.type_nparams, n)
            self.type_nresults = grown(self.type_nresults, n)
        if full & BUF_VALS:
            self.type_vals = grown(self.type_vals, 2 * len(self.type_vals))
        if full & BUF_SLOTS:
            n = 2 * len(self.slot_kind)
            self.slot_kind = grown(self.slot_kind, n)
            self.slot_type = grown(self.slot_type, n)
            self.slot_flags = grown(self.slot_flags, n)
            self.slot_index = grown(self.slot_index, n)
        if full & BUF_LOCALS:
            self._new_locals(2 * len(self.local_type))
        if full & BUF_LOOPS:
            n = 2 * len(self.loop_start)
            self.loop_start = grown(self.loop_start, n)
            self.loop_end = grown(self.loop_end, n)
            self.loop_calls = grown(self.loop_calls, n)
        if full & BUF_LABELS:
            n = 2 * len(self.label_branches)
            self.label_branches = grown(self.label_branches, n)
            self.label_else = grown(self.label_else, n)
            self.label_end = grown(self.label_end, n)

    def binding(self) -> tuple[bytes, bytes, bytes]:
        """The module's index, the kind and the imported flag of every slot, packed.

        As `lbtool.compiler.artifact.CompiledFunction` holds them.
        """
        n = self.n_slots
        kinds, imported = bytearray(n), bytearray(n)
        for i in range(n):
            kinds[i] = self.slot_kind[i]
            imported[i] = self.slot_flags[i] & 1
        return bytes(self.slot_index[:n]), bytes(kinds), bytes(imported)

    def assume_nothing(self) -> int:
        """Replace the summary of locals and loops by what holds for any body.

        This is the ``strict`` mode, in which the first locals are pinned: what the
        summary is worth can be measured against it. The frame's size and which labels
        are branched to stay; code generation cannot do without.
        """
        last = self.n_instr
        for l in range(self.n_locals):
            self.local_weight[l] = 1
            self.local_first_write[l] = 0
            self.local_last_write[l] = self.local_last_use[l] = last
            self.local_needs_zero[l] = 1 if l >= self.n_params else 0
        for k in range(self.n_loops):
            self.loop_calls[k] = 1
        return 0
