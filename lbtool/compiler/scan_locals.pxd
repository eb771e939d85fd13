cimport cython
from lbtool.abi cimport *
from lbtool.compiler.scan_codes cimport *
from lbtool.compiler.scan_cursor cimport Cursor

cdef Py_ssize_t MAX_LOCALS

cdef class Locals(Cursor):
    cdef unsigned char[::1] inited
    cdef int[::1] written
    cdef int[::1] pending
    cdef int n_written
    cdef int n_pending
    cdef int n_locals
    cdef int loop_depth
    cdef int weight

    @cython.locals(start=int, nparams=int, i=int, groups=Py_ssize_t, n=Py_ssize_t, total=Py_ssize_t, at=Py_ssize_t, valtype=int)
    cdef int declare(self, int typeidx) except -1 nogil
    @cython.locals(first=Py_ssize_t, last=Py_ssize_t, x=Py_ssize_t)
    cdef int add_locals(self, Py_ssize_t n, int valtype, int inited) except -1 nogil
    cdef int forget_writes(self, int height) except -1 nogil
    cdef int enter_loop(self) except -1 nogil
    @cython.locals(i=int)
    cdef int leave_loop(self) except -1 nogil
    cpdef grow_locals(self)
