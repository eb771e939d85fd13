cimport cython
from lbtool.compiler.artifact cimport CompiledFunction
from lbtool.compiler.codes cimport *
from lbtool.compiler.function cimport Function
from lbtool.compiler.generator cimport Generator
from lbtool.compiler.scan cimport Scanner


@cython.final
cdef class Batch:
    cdef public Scanner scanner
    cdef public Function function
    cdef public Generator generator
    cdef public bint strict
    cdef bint scanned
    # bodies to compile
    cdef int[::1] ranges  # start and end of each
    cdef int[::1] types
    # compiled so far
    cdef public int done
    cdef public int status
    cdef int n_bytes
    cdef int n_words
    cdef unsigned char[::1] bytes
    cdef unsigned int[::1] words
    cdef int[::1] records
    # from which function on the buffers hold results, and what was made of those before
    cdef int first
    cdef list found

    cdef int run(self, int last) except -1 nogil
    cdef int one(self, int k) except -1 nogil
    cdef int store(self, int k) except -1 nogil
    @cython.locals(
        f=CompiledFunction, k=int, record=int, at=Py_ssize_t, word=Py_ssize_t,
        n_code=int, frame_size=int, n_relocs=int, n_sites=int, n_slots=int,
    )
    cpdef close(self)
