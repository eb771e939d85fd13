cimport cython
from lbtool.abi cimport *
from lbtool.compiler.codes cimport *
from lbtool.compiler.scan_codes cimport *
from lbtool.compiler.function cimport Function
from lbtool.compiler.scan_instructions cimport Instructions

@cython.final
cdef class Scanner(Instructions):
    @cython.locals(status=int)
    cpdef int scan(self, env, int typeidx, Py_ssize_t start, Py_ssize_t end, Function function) except -1
    cpdef grow(self)
    cdef int run(self, int typeidx, Py_ssize_t start, Py_ssize_t end) except -1 nogil
    cdef int reset(self, Py_ssize_t start, Py_ssize_t end) except -1 nogil
    cdef int finish(self) except -1 nogil
    @cython.locals(op=int, kind=int)
    cdef int instructions(self) except -1 nogil
    @cython.locals(blocktype=int)
    cdef int control(self, int kind, int op) except -1 nogil
    @cython.locals(sub=Py_ssize_t, op=int, kind=int)
    cdef int prefixed(self, int prefix) except -1 nogil
    @cython.locals(_=int)
    cdef int rare(self, int kind, int op) except -1 nogil
