"""First layer of the scan: bytes in, canonical bytes and slots out.

`Cursor` reads LEB128 integers of a body, records errors, copies the body into the
canonical function and replaces index immediates by slot numbers. A slot is one (kind,
index) pair, numbered by first occurrence; types are told apart by structure, not by
index. Operands, blocks and single instructions are not here (`scan_stack`, `scan`).

Conventions of the whole scan: methods return 0 to go on and 1 to stop (`status` says
why); readers return the value, or `STOP`. Nothing here trusts the bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cython

from lbtool.buffers import ints
from lbtool.compiler import scan_tables
from lbtool.compiler.function import Function

if not cython.compiled:
    from lbtool.abi import *  # noqa: F403
    from lbtool.compiler.codes import INVALID, RESTART
    from lbtool.compiler.scan_codes import *  # noqa: F403

    memcpy: Any = None  # only compiled code has it

if TYPE_CHECKING:
    from lbtool.compiler.env import ModuleEnv


class Cursor:
    """Reading position, canonical output and error records of one scan.

    `work` counts inner steps of everything that is not O(1); it only ever grows.
    """

    def __init__(self) -> None:
        self.env: ModuleEnv | None = None
        self.fn = Function()
        self.data = b"\0"
        self.pos = self.end = self.copied = self.out = 0
        self.op = self.op_pos = self.ordinal = 0
        self.status = self.full = 0
        self.n_errors = 0
        self.errors = ints(ERR_MAX * ERR_SIZE)
        self.work = 0
        # slots and types of this function, and the map that finds them
        self.map = ints(1)
        self.slot_key, self.type_key = ints(128), ints(64)
        self.n_keys = self.n_type_keys = 0
        self.bases = ints(8)
        self.type_base = 0
        # the environment's arrays
        self.n_datas = self.memory0 = 0
        self.any_memory = self.any_table = self.multi_value = 0
        self.kind = self.valtype = self.type_vals = self.func_declared = b"\0"
        self.type_start, self.type_canon = ints(1), ints(1)
        self.type_nparams, self.type_nresults = ints(1), ints(1)
        self.type_simd = ints(1)
        self.func_type, self.func_flags = ints(1), ints(1)
        self.global_type, self.global_flags = ints(1), ints(1)
        self.table_type, self.table_flags = ints(1), ints(1)
        self.memory_flags, self.elem_type, self.data_ok = ints(1), ints(1), ints(1)
        self.simd = scan_tables.SIMD

    def bind(self, env: ModuleEnv, function: Function) -> None:
        """Scan bodies of `env` into `function` from now on. Needs the GIL, `run` does
        not.

        The map is one array over all index spaces of the module; a scan clears only the
        entries which the one before it has set.
        """
        self.fn = function
        if env is self.env:
            return
        self.clear_map()
        self.env = env
        self.data = env.data or b"\0"
        self.kind, self.valtype = env.kind, env.valtype
        self.type_start, self.type_canon = env.type_start, env.type_canon
        self.type_nparams, self.type_nresults = env.type_nparams, env.type_nresults
        self.type_vals, self.type_simd = env.type_vals, env.type_simd
        self.func_type, self.func_flags = env.func_type, env.func_flags
        self.func_declared = env.func_declared
        self.global_type, self.global_flags = env.global_type, env.global_flags
        self.table_type, self.table_flags = env.table_type, env.table_flags
        self.memory_flags, self.elem_type = env.memory_flags, env.elem_type
        self.data_ok, self.n_datas = env.data_ok, env.n_datas
        self.memory0, self.any_memory = env.memory0, env.any_memory
        self.any_table, self.multi_value = env.any_table, env.multi_value
        sizes = {
            SLOT_FUNC: len(env.func_type),
            SLOT_TYPE: len(env.type_canon),
            SLOT_TABLE: len(env.table_type),
            SLOT_MEMORY: len(env.memory_flags),
            SLOT_GLOBAL: len(env.global_type),
            SLOT_DATA: len(env.data_ok),
            SLOT_ELEM: len(env.elem_type),
        }
        total = 0
        for kind, size in sizes.items():
            self.bases[kind] = total
            total += size
        self.type_base = total
        total += len(env.type_canon)
        if total > len(self.map):
            self.map = ints(total)

    def unbind(self) -> None:
        """Let go of the module's bytes, which are most of what an environment holds."""
        self.clear_map()
        self.env = None
        self.data = b"\0"

    def clear_map(self) -> int:
        """Forget the slots and types of the function before."""
        for i in range(self.n_keys):
            self.map[self.slot_key[i]] = 0
        for i in range(self.n_type_keys):
            self.map[self.type_key[i]] = 0
        self.work += self.n_keys + self.n_type_keys
        self.n_keys = self.n_type_keys = 0
        return 0

    # ---- errors

    def report(self, code: int, at: int, want: int, have: int) -> int:
        """Record an error; 1 if the scan cannot go on after it.

        A malformed body always gets its record, at the cost of the last one.
        """
        self.status = INVALID
        k = self.n_errors
        if k >= ERR_MAX:
            if code >= E_VALID:
                return 0
            k = ERR_MAX - 1
        else:
            self.n_errors = k + 1
        k *= ERR_SIZE
        self.errors[k + ERR_CODE] = code
        self.errors[k + ERR_OFFSET] = at
        self.errors[k + ERR_ORDINAL] = self.ordinal
        self.errors[k + ERR_OP] = self.op
        self.errors[k + ERR_WANT] = want
        self.errors[k + ERR_HAVE] = have
        return 1 if code < E_VALID else 0

    def restart(self, buffer: int) -> int:
        """A buffer is too small: stop, whatever was found so far."""
        self.full |= buffer
        self.status = RESTART
        return 1

    def unsupported(self, proposal: int) -> int:
        """Remember the first use of something that validates but does not compile."""
        if self.fn.unsupported == 0:
            self.fn.unsupported = proposal
            self.fn.unsupported_ordinal = self.ordinal
            self.fn.unsupported_offset = self.op_pos
        return 0

    # ---- reading

    def read_u32(self) -> int:
        """Unsigned LEB128 of at most 32 bits (spec 5.2.2)."""
        value = 0
        shift = 0
        start = self.pos
        while True:
            if self.pos >= self.end:
                self.report(E_END, self.pos, 0, 0)
                return STOP
            byte = self.data[self.pos]
            self.pos += 1
            if shift == 28 and byte > 0x0F:
                code = E_LEB_LONG if byte & 0x80 else E_LEB_LARGE
                self.report(code, start, 32, 0)
                return STOP
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7

    def skip_signed(self, bits: int) -> int:
        """Pass over a signed LEB128 of `bits` bits, whose value does not matter."""
        left = bits
        start = self.pos
        while True:
            if self.pos >= self.end:
                return self.report(E_END, self.pos, 0, 0)
            byte = self.data[self.pos]
            self.pos += 1
            if left < 7:
                # The last byte that fits: what is beyond `left` bits repeats the sign.
                if byte & 0x80:
                    return self.report(E_LEB_LONG, start, bits, 0)
                rest = byte >> (left - 1)
                if rest not in {0, 0x7F >> (left - 1)}:
                    return self.report(E_LEB_LARGE, start, bits, 0)
                return 0
            if byte < 0x80:
                return 0
            left -= 7

    def skip_bytes(self, n: int) -> int:
        """Pass over `n` bytes."""
        if self.end - self.pos < n:
            return self.report(E_END, self.end, 0, 0)
        self.pos += n
        return 0

    def zero_byte(self) -> int:
        """A reserved byte that has to be zero."""
        if self.pos >= self.end:
            return self.report(E_END, self.pos, 0, 0)
        if self.data[self.pos] != 0:
            return self.report(E_ZERO_BYTE, self.pos, 0, self.data[self.pos])
        self.pos += 1
        return 0

    def read_index(self, wide: int) -> int:
        """An index that was one zero byte before its proposal (`wide`) came."""
        if wide:
            return self.read_u32()
        return STOP if self.zero_byte() else 0

    # ---- writing

    def flush(self, upto: int) -> int:
        """Copy the body literally up to byte `upto`."""
        n = upto - self.copied
        if n <= 0:
            return 0
        if self.out + n > len(self.fn.body):
            return self.restart(BUF_BODY)
        if cython.compiled and upto <= len(self.data):
            # Both ranges end where they may, and begin at elements that are checked.
            memcpy(
                cython.address(self.fn.body[self.out]),
                cython.address(self.data[self.copied]),
                n,
            )
        else:
            self.fn.body[self.out : self.out + n] = self.data[self.copied : upto]
        self.work += n
        self.out += n
        self.copied = upto
        return 0

    def replace(self, start: int, slot: int, last: int) -> int:
        """Write a slot number for the index at ``data[start:pos]``.

        `last` is the number of values that the last byte of the LEB128 can have: 128,
        or 64 in a block type, whose index is an s33.
        """
        if self.flush(start):
            return 1
        if self.out + 5 > len(self.fn.body):
            return self.restart(BUF_BODY)
        while slot >= last:
            self.fn.body[self.out] = slot & 0x7F | 0x80
            self.out += 1
            slot >>= 7
        self.fn.body[self.out] = slot
        self.out += 1
        self.copied = self.pos
        return 0

    # ---- slots

    def intern_type(self, typeidx: int) -> int:
        """Number of a structural type in this function, `STOP` without room."""
        canon = self.type_canon[typeidx]
        key = self.type_base + canon
        found = self.map[key]
        if found:
            return found - 1
        t = self.n_type_keys
        first = self.fn.n_vals
        nparams, nresults = self.type_nparams[canon], self.type_nresults[canon]
        if t >= len(self.type_key) or t >= len(self.fn.type_start):
            self.restart(BUF_TYPES)
            return STOP
        if first + nparams + nresults > len(self.fn.type_vals):
            self.restart(BUF_VALS)
            return STOP
        if self.type_simd[canon]:
            self.unsupported(self.simd)
        start = self.type_start[canon]
        for i in range(nparams + nresults):
            self.fn.type_vals[first + i] = self.type_vals[start + i]
        self.work += nparams + nresults
        self.fn.type_start[t] = first
        self.fn.type_nparams[t], self.fn.type_nresults[t] = nparams, nresults
        self.fn.n_vals = first + nparams + nresults
        self.map[key] = t + 1
        self.type_key[t] = key
        self.n_type_keys = self.fn.n_types = t + 1
        return t

    def slot_of(self, kind: int, index: int) -> int:
        """Slot of a usable index (the caller has checked it), `STOP` without room."""
        if kind == SLOT_TYPE:
            index = self.type_canon[index]
        key = self.bases[kind] + index
        found = self.map[key]
        if found:
            return found - 1
        s = self.n_keys
        if s >= len(self.slot_key) or s >= len(self.fn.slot_kind):
            self.restart(BUF_SLOTS)
            return STOP
        slot_type = flags = 0
        if kind == SLOT_FUNC:
            slot_type = self.intern_type(self.func_type[index])
            flags = self.func_flags[index]
        elif kind == SLOT_TYPE:
            slot_type = self.intern_type(index)
        elif kind == SLOT_GLOBAL:
            slot_type = self.global_type[index]
            flags = self.global_flags[index]
            if slot_type == V128:
                self.unsupported(self.simd)
        elif kind == SLOT_TABLE:
            slot_type = self.table_type[index]
            flags = self.table_flags[index]
        elif kind == SLOT_MEMORY:
            flags = self.memory_flags[index]
        if slot_type < 0:
            return STOP
        self.fn.slot_kind[s], self.fn.slot_type[s] = kind, slot_type
        self.fn.slot_flags[s], self.fn.slot_index[s] = flags, index
        self.map[key] = s + 1
        self.slot_key[s] = key
        self.n_keys = self.fn.n_slots = s + 1
        return s

    def use(self, kind: int, index: int, start: int) -> int:
        """The index at ``data[start:pos]`` becomes its slot."""
        slot = self.slot_of(kind, index)
        if slot < 0:
            return 1
        if kind == SLOT_MEMORY and index == self.memory0:
            self.fn.memory0_slot = slot
        return self.replace(start, slot, 0x80)

    def touch_memory(self) -> int:
        """An instruction without a memory index uses memory 0."""
        if self.fn.memory0_slot >= 0:
            return 0
        memidx = self.memory0
        if memidx < 0 or memidx >= len(self.memory_flags):
            return self.report(E_MEMORYIDX, self.op_pos, 0, 1)
        if self.memory_flags[memidx] < 0:
            return self.report(E_MEMORYIDX, self.op_pos, 0, 1)
        slot = self.slot_of(SLOT_MEMORY, memidx)
        if slot < 0:
            return 1
        self.fn.memory0_slot = slot
        return 0

    def grow_slots(self, full: int) -> None:
        """Double the buffers of this layer that `full` names."""
        if full & BUF_TYPES:
            self.clear_map()
            self.type_key = ints(2 * len(self.type_key))
        if full & BUF_SLOTS:
            self.clear_map()
            self.slot_key = ints(2 * len(self.slot_key))
