cimport cython
from lbtool.compiler.codes cimport *
from lbtool.compiler.lowering cimport IMMEDIATE, KIND
from lbtool.compiler.microwasm cimport Microwasm


@cython.final
cdef class Outline:
    cdef Microwasm reader
    cdef int n
    cdef int end
    cdef public int[::1] offset
    cdef public int[::1] block
    cdef public int[::1] opened
    cdef public int n_blocks
    cdef public int[::1] parent
    cdef public int[::1] depth

    @cython.locals(reader=Microwasm, block=int, i=int, row=int, kind=int)
    cdef int read(self) except -1
    @cython.locals(block=int)
    cdef int begin(self, int parent) except -1
