cimport cython
from lbtool.compiler.codes cimport *
from lbtool.compiler.function cimport Function
from lbtool.compiler.scan cimport Scanner


@cython.final
cdef class Keyer:
    cdef public object env
    cdef public Scanner scanner
    cdef public Function function
    # bodies to scan
    cdef int[::1] ranges
    cdef int[::1] types
    # scanned so far: per body status, bytes of canonical form, slots
    cdef public int done
    cdef int status
    cdef int[::1] statuses
    cdef int[::1] sizes
    cdef int[::1] counts
    cdef unsigned char[::1] out
    cdef int n_out
    cdef int[::1] indices
    cdef int n_indices
    # the part of a canonical form that is being written
    cdef unsigned char[::1] part
    cdef int n_part

    cdef int run(self, int last) except -1 nogil
    cdef int one(self, int k) except -1 nogil
    @cython.locals(types=int)
    cdef int needed(self) except -1 nogil
    @cython.locals(n=int, need=int, room=int, start=int, at=int, s=int)
    cdef int write(self, int k) except -1 nogil
    @cython.locals(t=int, first=int)
    cdef int types_part(self) except -1 nogil
    @cython.locals(i=int)
    cdef int vals(self, int first, int n) except -1 nogil
    @cython.locals(i=int, first=int)
    cdef int locals_part(self) except -1 nogil
    @cython.locals(s=int)
    cdef int slots_part(self) except -1 nogil
    cdef int leb(self, int value) except -1 nogil
    cdef int leb_out(self, int value) except -1 nogil
    @cython.locals(n=int, at=int, i=int)
    cdef int flush(self) except -1 nogil
