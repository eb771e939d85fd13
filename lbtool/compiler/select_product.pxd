cimport cython
from lbtool.abi cimport *
from lbtool.compiler.codes cimport *
from lbtool.compiler.tables cimport Tables
from lbtool.compiler.values cimport Values
from lbtool.x64.assembler cimport Assembler
from lbtool.x64.encodings cimport *


@cython.final
cdef class ProductSelect:
    cdef public Values values
    cdef public Assembler asm
    cdef public Tables tables

    cdef int mul(self, int t, int hint) except -1 nogil
    cdef int mul_const(self, int t, int a, long long c, int hint) except -1 nogil
    cdef int divide(self, bint signed_, bint rem, int t, int hint) except -1 nogil
    cdef int both_narrow(self, int rb, int known) except -1 nogil
    cdef int divide_by(self, int rb, int signed_, int rem, int w, int known, long long c) except -1 nogil
    cdef int divide_by_power(self, int log2, bint rem, int t, int a, int hint) except -1 nogil
