cimport cython
from lbtool.abi cimport *
from lbtool.compiler.codes cimport *
from lbtool.compiler.tables cimport Tables
from lbtool.compiler.values cimport Values
from lbtool.x64.assembler cimport Assembler
from lbtool.x64.encodings cimport *


@cython.final
cdef class FloatSelect:
    cdef public Values values
    cdef public Assembler asm
    cdef public Tables tables
    cdef int first

    cdef int form(self, int enc, int t) except -1 nogil
    cdef int ucomis(self, int t) except -1 nogil
    cdef int operands(self, int a, int b, int hint) except -1 nogil
    cdef int binary(self, int enc, bint commutes, int t, int hint) except -1 nogil
    cdef int min_max(self, bint is_max, int t, int hint) except -1 nogil
    cdef int sign_mask(self, int t, bint inverted) except -1 nogil
    cdef int sign(self, bint negate, int t, int hint) except -1 nogil
    cdef int copysign(self, int t, int hint) except -1 nogil
    cdef int unary(self, int enc, int t, int to, int hint) except -1 nogil
    cdef int rounded(self, int mode, int t, int hint) except -1 nogil
    cdef int compare(self, int cc, bint swap, int t) except -1 nogil
    cdef int from_int(self, bint signed_, int from_, int to, int hint) except -1 nogil
    cdef int to_float_u64(self, int enc, int d, int r) except -1 nogil
    cdef int zero(self) except -1 nogil
    cdef int power63(self, int op, int t, int x) except -1 nogil
    cdef int trap_out_of_range(self, int t, int x) except -1 nogil
    cdef int truncate(self, bint signed_, bint sat, int from_, int to) except -1 nogil
    cdef int to_i32(self, bint signed_, bint sat, int t, int x, int d) except -1 nogil
    cdef int to_i64(self, bint sat, int t, int x, int d) except -1 nogil
    cdef int to_u64(self, bint sat, int t, int x, int d) except -1 nogil
    cdef int saturate(self, int t, int x, int d, long long least, long long most) except -1 nogil
    cdef int reinterpret(self, int to, int hint) except -1 nogil
