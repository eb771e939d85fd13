cimport cython
from lbtool.abi cimport *
from lbtool.compiler.codes cimport *
from lbtool.compiler.values cimport Values
from lbtool.x64.assembler cimport Assembler
from lbtool.x64.encodings cimport *


cdef int[16] MIRROR


@cython.final
cdef class ConditionSelect:
    cdef public Values values
    cdef public Assembler asm

    cdef int compare(self, int cc, int t) except -1 nogil
    cdef int compare_into_flags(self, int cc, int t) except -1 nogil
    cdef int compare_imm(self, int w, int a, long long v) except -1 nogil
    cdef int compare_value(self, int cc, int t, int hint) except -1 nogil
    cdef int eqz_value(self, int t, int hint) except -1 nogil
    cdef int cleared(self, int hint, int n) except -2 nogil
    cdef int number(self, int cc, int d, int hint) except -1 nogil
    cdef int test(self, int t) except -1 nogil
    cdef int eqz(self, int t) except -1 nogil
    cdef int condition(self) except -1 nogil
    cdef int materialise(self, int hint) except -1 nogil
    cdef int select(self, int hint) except -1 nogil
    cdef int select_gpr(self, int cc, int t, int a, int b, int hint) except -1 nogil
    cdef int select_xmm(self, int cc, int t, int a, int b, int hint) except -1 nogil
