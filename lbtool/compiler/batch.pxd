cimport cython
from cpython.bytearray cimport PyByteArray_AS_STRING, PyByteArray_FromStringAndSize
from libc.string cimport memcpy
from lbtool.compiler.artifact cimport CompiledFunction
from lbtool.compiler.codes cimport *
from lbtool.compiler.function cimport Function
from lbtool.compiler.generator cimport Generator
from lbtool.compiler.scan cimport Scanner

cdef extern from *:
    """
    #include <sys/mman.h>

    /* A fault for 2 MB instead of 512 of them, where all of it is going to be used. */
    static void lb_large_pages(char *at, Py_ssize_t n) {
        enum { LB_LARGE = 1 << 21 };
        char *first = (char *)(((size_t)at + LB_LARGE - 1) & -(size_t)LB_LARGE);
        char *last = (char *)((size_t)(at + n) & -(size_t)LB_LARGE);
        if (last > first)
            madvise(first, last - first, MADV_HUGEPAGE);
    }
    """
    void large_pages "lb_large_pages" (char *at, Py_ssize_t n)

cdef extern from "compiler/crew.h":
    int fetch_add "lb_fetch_add" (int *counter, int n) nogil
    ctypedef struct lb_crew:
        pass
    lb_crew *open_crew "lb_open" (int size) nogil
    void together "lb_together" (
        lb_crew *crew, int (*work)(void *) noexcept nogil, const long long *each, int n
    ) nogil
    void close_crew "lb_close" (lb_crew *crew) nogil


cdef int FRESH, SCANNED, GENERATED

cdef object unset(Py_ssize_t n)


@cython.final
cdef class Crew:
    cdef lb_crew *crew

    cpdef close(self)


@cython.final
cdef class Job:
    cdef public int n
    cdef public int next
    cdef public int failed
    cdef public long long size
    cdef public int[::1] ranges  # start and end of each
    cdef public int[::1] types
    cdef public int[::1] order
    cdef public int[::1] records
    cdef public list chunks

    @cython.locals(at="int[::1]", k=int, s=int, first=int, n=int)
    cpdef int arrange(self) except -1
    @cython.locals(size=int, found=int)
    cdef int scale(self, int k) except -1 nogil
    @cython.locals(i=int)
    cdef int take(self) except -1 nogil
    @cython.locals(f=CompiledFunction, k=int, record=int, n_code=int, found=list)
    cpdef list results(self)


@cython.final
cdef class Worker:
    cdef public Scanner scanner
    cdef public Function function
    cdef public Generator generator
    cdef public bint strict
    cdef public Job job
    cdef public int room  # bytes of a body for which `reserve` was called
    cdef public long long share
    # the body at hand
    cdef public int k
    cdef int stage
    cdef public int status
    # the chunk
    cdef int chunk
    cdef Py_ssize_t n_bytes
    cdef Py_ssize_t n_words
    cdef unsigned char[::1] bytes
    cdef unsigned int[::1] words

    cpdef begin(self, Job job, env, target, long long share)
    cpdef reserve(self, int body)
    cpdef grow(self)
    cdef int run(self) except -1 nogil
    @cython.locals(start=int, end=int)
    cdef int one(self, int k) except -1 nogil
    @cython.locals(
        at=Py_ssize_t, word=Py_ssize_t, n_bytes=Py_ssize_t, n_words=Py_ssize_t,
        n_code=int, n_relocs=int, n_sites=int, n_slots=int, record=int, i=int,
    )
    cdef int store(self, int k) except -1 nogil
    @cython.locals(source="unsigned char[::1]")
    cdef int code_out(self, Py_ssize_t at, Py_ssize_t n) except -1 nogil
    cdef int words_out(
        self, Py_ssize_t at, unsigned int[::1] source, Py_ssize_t n
    ) except -1 nogil


cdef int labour(void *worker) noexcept nogil
@cython.locals(addresses="long long[::1]", n=int)
cpdef list compile_job(Job job, workers, Crew crew=?)
