cimport cython
from lbtool.abi cimport *
from lbtool.compiler.codes cimport *
from lbtool.compiler.tables cimport Tables
from lbtool.compiler.values cimport Values
from lbtool.x64.assembler cimport Assembler
from lbtool.x64.encodings cimport *


cdef int[16] MIRROR


@cython.final
cdef class IntSelect:
    cdef public Values values
    cdef public Assembler asm
    cdef public Tables tables
    cdef public bint has_lzcnt
    cdef public bint has_tzcnt
    cdef int zf_end
    cdef int zf_reg
    cdef int zf_wide

    cdef inline Py_ssize_t simm(self, int t, long long v) except? -123456789012345 nogil
    cdef inline bint fits(self, int i) except -1 nogil
    cdef int binary(self, int enc, int ext, int t, int hint) except -1 nogil
    cdef int negate(self, int i) except -1 nogil
    cdef int lea(self, int t, int a, int b, int hint) except -1 nogil
    cdef int scale(self, int t) except -1 nogil
    cdef int add_scaled(self, int t, int s, int b, int hint) except -1 nogil
    cdef int in_place(self, int enc, int ext, int t, int l) except -1 nogil
    cdef inline bint refers(self, int i, int l) except -1 nogil
    cdef int narrow(self, int t, int a, int b, int hint) except -1 nogil
    cdef int apply(self, int enc, int ext, int t, int a, int b, int hint) except -1 nogil
    cdef int mul(self, int t, int hint) except -1 nogil
    cdef int mul_const(self, int t, int a, long long c, int hint) except -1 nogil
    cdef int shift(self, int ext, int t, int hint) except -1 nogil
    cdef int divide(self, bint signed_, bint rem, int t, int hint) except -1 nogil
    cdef int both_narrow(self, int rb, int known) except -1 nogil
    cdef int divide_by(self, int rb, int signed_, int rem, int w, int known, long long c) except -1 nogil
    cdef int divide_by_power(self, int log2, bint rem, int t, int a, int hint) except -1 nogil
    cdef int count(self, int which, int t, int hint) except -1 nogil
    cdef int extend(self, int enc, int from_, int to, int hint) except -1 nogil
    cdef int extend_u(self) except -1 nogil
    cdef int wrap(self, int hint) except -1 nogil
    cdef int compare(self, int cc, int t) except -1 nogil
    cdef int compare_into_flags(self, int cc, int t) except -1 nogil
    cdef int compare_imm(self, int w, int a, long long v) except -1 nogil
    cdef int compare_value(self, int cc, int t, int hint) except -1 nogil
    cdef int eqz_value(self, int t, int hint) except -1 nogil
    cdef int cleared(self, int hint, int n) except -2 nogil
    cdef int number(self, int cc, int d, int hint) except -1 nogil
    cdef int test(self, int t) except -1 nogil
    cdef inline bint zf_holds(self, int i) except -1 nogil
    cdef int eqz(self, int t) except -1 nogil
    cdef int condition(self) except -1 nogil
    cdef int materialise(self, int hint) except -1 nogil
    cdef int select(self, int hint) except -1 nogil
    cdef int select_gpr(self, int cc, int t, int a, int b, int hint) except -1 nogil
    cdef int select_xmm(self, int cc, int t, int a, int b, int hint) except -1 nogil
