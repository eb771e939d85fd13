cimport cython
from lbtool.abi cimport *
from lbtool.compiler.codes cimport *
from lbtool.compiler.tables cimport Tables
from lbtool.x64.assembler cimport Assembler
from lbtool.x64.encodings cimport *
from lbtool.compiler.places cimport Places


cdef class Entries(Places):
    @cython.final
    cdef inline int alloc(self, long long mask) except -1 nogil
    @cython.final
    cdef int make_room(self, long long mask) except -1 nogil
    @cython.final
    cdef int relocate(self, int r) except -1 nogil
    @cython.final
    cdef int reserve(self, int r) except -1 nogil
    @cython.final
    cdef int evict_pin(self, int r) except -1 nogil
    @cython.final
    cdef int pin_load(self, int r) except -1 nogil
    @cython.final
    cdef int spill(self, int i) except -1 nogil
    @cython.final
    cdef inline int push(self, int k, int t, long long v) except -1 nogil
    @cython.final
    cdef inline int push_reg(self, int t, int r) except -1 nogil
    @cython.final
    cdef inline int push_local(self, int l) except -1 nogil
    @cython.final
    cdef int push_load(self, int t, int base, int disp) except -1 nogil
    @cython.final
    cdef inline int pop(self) except -1 nogil
    @cython.final
    cdef inline int forget(self, int i) except -1 nogil
    @cython.final
    cdef int emit_load(self, int i, int r) except -1 nogil
    @cython.final
    cdef inline int heap(self, int op, int w, int r, int i) except -1 nogil
    @cython.final
    cdef int load_entry(self, int i, int r) except -1 nogil
    @cython.final
    cdef int borrow(self, int i) except -1 nogil
    @cython.final
    cdef inline int in_reg(self, int i) except -2 nogil
    @cython.final
    cdef inline int reads(self, int i) except -2 nogil
    @cython.final
    cdef int take(self, int i) except -1 nogil
    @cython.final
    cdef int take_into(self, int i, int r) except -1 nogil
    @cython.final
    cdef int avoid(self, int i, long long mask) except -1 nogil
    @cython.final
    cdef int op_entry(self, int op, int w, int dst, int i) except -1 nogil
    @cython.final
    cdef inline bint in_memory(self, int i) except -1 nogil
    @cython.final
    cdef int op_entry_imm(self, int ext, int w, int i, long long v) except -1 nogil
    @cython.final
    cdef inline int force_pending(self) except -1 nogil
    @cython.final
    cdef int force(self, int i) except -1 nogil
    @cython.final
    cdef int flush_entry(self, int i) except -1 nogil
    @cython.final
    cdef int flush(self, int upto) except -1 nogil
