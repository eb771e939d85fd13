cimport cython
from lbtool.compiler.codes cimport *
from lbtool.compiler.lowering cimport IMMEDIATE, KIND
from lbtool.compiler.microwasm cimport Microwasm
from lbtool.compiler.select_call cimport CallSelect
from lbtool.compiler.values cimport Values


@cython.final
cdef class Ahead:
    cdef public Microwasm micro
    cdef public Values values
    cdef public CallSelect calls

    cdef int argument(self, int op) except -2 nogil
    cdef inline int adds(self, int t) except -1 nogil
    cdef inline int word(self) except -2 nogil
    cdef int compares_byte(self, bint is_signed) except -1 nogil
    cdef inline int operands(self, int op) except -1 nogil
    cdef inline int hint(self, int op) except -2 nogil
    cdef int destination(self, int b) except -2 nogil
    cdef inline int consumes_flags(self) except -1 nogil
    cdef inline int tests(self, int t) except -1 nogil
