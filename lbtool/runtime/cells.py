"""Memories, tables and globals as extension types, over ``csrc/memory.c``.

What they offer to users is in ``memory.py``, ``table.py`` and ``global_.py``.
"""
# ruff: noqa: ANN001, ANN201, ANN204, D102, F821 - C names and types are in the .pxd

import cython

GUARDED_RESERVATION = LB_GUARDED_RESERVATION
NO_WORD = cython.declare("uint64_t", 0xFFFFFFFFFFFFFFFF)


class MemoryCore:
    """A linear memory; its base never moves."""

    def open(self, core, pages, max_pages, reserve):
        """Reserve `reserve` bytes of address space, `pages` of 64 KiB usable."""
        self.core = core
        check(lb_memory_open(cython.address(self.mem), pages, max_pages, reserve))

    def adopt(self, core, place, max_pages, hook, owner):
        """Become a memory that something else owns.

        `place` is (address, size, reserved) in bytes, `hook` the code and the data
        pointer of its grow function.
        """
        self.core, self.owner = core, owner
        base, self.mem.size, self.mem.reserved = place
        self.mem.base = cython.cast("uint8_t *", cython.cast("uint64_t", base))
        self.mem.max_pages = max_pages
        code, data = hook
        self.mem.grow_data = cython.cast("void *", cython.cast("uint64_t", data))
        self.mem.grow = cython.cast(
            "uint64_t (*)(void *, uint64_t) noexcept nogil",
            cython.cast("uint64_t", code),
        )

    def __dealloc__(self):
        lb_memory_close(cython.address(self.mem))

    @property
    def address(self):
        """Machine address of byte 0."""
        return cython.cast("uint64_t", self.mem.base)

    @property
    def byte_size(self):
        return self.mem.size

    @property
    def reserved(self):
        """Bytes of address space from the base that belong to this memory."""
        return self.mem.reserved

    def grow_pages(self, delta):
        """Previous size in pages, or -1."""
        self.core.check_access()
        old = lb_memory_grow(cython.address(self.mem), delta)
        return -1 if old == NO_WORD else old

    @cython.locals(buffer="Py_buffer *", flags=cython.int)
    def __getbuffer__(self, buffer, flags):
        PyBuffer_FillInfo(buffer, self, self.mem.base, self.mem.size, 0, flags)


class TableCore:
    """A table of references."""

    def open(self, core, element, length, maximum, value):
        self.core, self.element = core, element
        check(
            lb_table_open(
                cython.address(self.tab),
                length,
                maximum,
                self.core.to_bits(self.element, value),
            )
        )
        if self.element == EXTERNREF:
            self.core.roots.append(self)

    def __dealloc__(self):
        lb_table_close(cython.address(self.tab))

    def __len__(self):
        return self.tab.len

    def references(self):
        return self.tab.base

    def n_references(self):
        return self.tab.len

    def check(self, index):
        self.core.check_access()
        if index >= self.tab.len:
            raise IndexError("table index out of range")
        return 0

    def load(self, index):
        self.check(index)
        return self.core.from_bits(
            self.element, self.tab.base[cython.cast("uint64_t", index)]
        )

    def store_at(self, index, value):
        self.check(index)
        word = self.core.to_bits(self.element, value)
        self.tab.base[cython.cast("uint64_t", index)] = word

    def grow_by(self, delta, value):
        """Previous length, or -1."""
        self.core.check_access()
        word = self.core.to_bits(self.element, value)
        old = lb_table_grow(cython.address(self.tab), delta, word)
        return -1 if old == NO_WORD else old


class GlobalCore:
    """A global: its own cell, or one in an instance that the store keeps alive."""

    def open(self, core, valtype):
        self.cell = cython.address(self.own[0])
        self.start(core, valtype)

    def open_at(self, core, valtype, address):
        """A cell in an instance, which the store keeps alive."""
        self.cell = cython.cast("uint64_t *", cython.cast("uint64_t", address))
        self.start(core, valtype)

    def start(self, core, valtype):
        self.core, self.valtype = core, valtype
        if self.valtype == EXTERNREF:
            self.core.roots.append(self)

    def references(self):
        return self.cell

    def n_references(self):
        return 1

    def get_value(self):
        return self.core.from_bits(self.valtype, self.cell[0])

    def set_value(self, value):
        self.core.check_access()
        self.cell[0] = self.core.to_bits(self.valtype, value)

    def get_bits(self):
        return self.cell[0]

    def set_bits(self, word):
        self.cell[0] = word
