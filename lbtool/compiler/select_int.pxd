cimport cython
from lbtool.abi cimport *
from lbtool.compiler.codes cimport *
from lbtool.compiler.tables cimport Tables
from lbtool.compiler.values cimport Values
from lbtool.x64.assembler cimport Assembler
from lbtool.x64.encodings cimport *


@cython.final
cdef class IntSelect:
    cdef public Values values
    cdef public Assembler asm
    cdef public Tables tables
    cdef public bint has_lzcnt
    cdef public bint has_tzcnt

    cdef int binary(self, int enc, int ext, int t, int hint) except -1 nogil
    cdef int negate(self, int i) except -1 nogil
    cdef int lea(self, int t, int a, int b, int hint) except -1 nogil
    cdef int scale(self, int t) except -1 nogil
    cdef int add_scaled(self, int t, int s, int b, int hint) except -1 nogil
    cdef int in_place(self, int enc, int ext, int t, int l) except -1 nogil
    cdef inline bint refers(self, int i, int l) except -1 nogil
    cdef int narrow(self, int t, int a, int b, int hint) except -1 nogil
    cdef int apply(self, int enc, int ext, int t, int a, int b, int hint) except -1 nogil
    cdef int shift(self, int ext, int t, int hint) except -1 nogil
    cdef int count(self, int which, int t, int hint) except -1 nogil
    cdef int extend(self, int enc, int from_, int to, int hint) except -1 nogil
    cdef int extend_u(self) except -1 nogil
    cdef int wrap(self, int hint) except -1 nogil
