cimport cython
from lbtool.abi cimport *
from lbtool.compiler.codes cimport *
from lbtool.compiler.select_memory cimport MemorySelect
from lbtool.compiler.values cimport Values
from lbtool.x64.assembler cimport Assembler
from lbtool.x64.encodings cimport *


@cython.final
cdef class BulkSelect:
    cdef public Values values
    cdef public MemorySelect memory
    cdef public Assembler asm
    cdef int width
    cdef int load
    cdef int store
    cdef int[::1] piece

    cdef bint copy(self, int to, int source) except -1 nogil
    cdef bint fill(self, int to) except -1 nogil
    cdef int size(self, int to, int most) except -1 nogil
    cdef bint near(self, int i) except -1 nogil
    cdef int pieces(self, int n) except -1 nogil
    cdef int registers(self) except -1 nogil
    cdef int transfer(self, int op, int n, int base, int disp) except -1 nogil
    cdef int repeated(self, int i) except -1 nogil
