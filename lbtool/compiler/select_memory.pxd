cimport cython
from lbtool.abi cimport *
from lbtool.compiler.codes cimport *
from lbtool.compiler.tables cimport Tables
from lbtool.compiler.values cimport Values
from lbtool.x64.assembler cimport Assembler
from lbtool.x64.encodings cimport *


@cython.final
cdef class MemorySelect:
    cdef public Values values
    cdef public Assembler asm
    cdef public Tables tables
    cdef public bint explicit_bounds
    cdef public int memory_slot
    cdef int base
    cdef int disp

    cdef int cell(self, int op, int w, int reg, int slot, int addend) except -1 nogil
    cdef int address(self, int i, long long offset, int width) except -1 nogil
    cdef int check_bounds(self, int r, long long offset, int width) except -1 nogil
    cdef inline int access(self, int op, int w, int reg) except -1 nogil
    cdef inline int done_address(self) except -1 nogil
    cdef int load(self, int enc, int w, int t, int width, long long offset, bint defer, int hint) except -1 nogil
    cdef int store(self, int enc, int w, int t, int width, long long offset) except -1 nogil
    cdef int store_const(self, int t, int width, long long v) except -1 nogil
    cdef int size(self, int slot, int hint) except -1 nogil
    cdef int global_get(self, int slot, int t, bint imported, int hint) except -1 nogil
    cdef int global_set(self, int slot, int t, bint imported) except -1 nogil
    cdef int table_get(self, int slot) except -1 nogil
    cdef int table_set(self, int slot) except -1 nogil
    cdef int table_size(self, int slot) except -1 nogil
    cdef int table_element(self, int slot, int i) except -1 nogil
    cdef int ref_func(self, int slot) except -1 nogil
