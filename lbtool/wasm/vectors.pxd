cimport cython


cdef class Span:
    cdef const unsigned char[::1] data
    cdef Py_ssize_t end
    cdef public Py_ssize_t pos

    @cython.locals(byte=int, shift=int, value=Py_ssize_t, at=Py_ssize_t)
    cdef Py_ssize_t unsigned(self) except -2
    @cython.locals(n=int, byte=int)
    cdef bint constant(self) except -1
    @cython.locals(at=Py_ssize_t, size=Py_ssize_t, n=Py_ssize_t)
    cpdef Py_ssize_t segments(self, Py_ssize_t i, long long[::1] positions) except -1
    @cython.locals(n=Py_ssize_t, found=Py_ssize_t, at=Py_ssize_t, size=Py_ssize_t)
    cpdef Py_ssize_t flatten(
        self, const long long[::1] positions, unsigned int[::1] rows
    ) except -1
    @cython.locals(value="long long", shift=int, byte=int)
    cdef long long address(self, Py_ssize_t at) except -2
    @cython.locals(n=Py_ssize_t, i=Py_ssize_t, value=Py_ssize_t)
    cpdef Py_ssize_t indices(self, long long[::1] positions, long long[::1] found) except -1
    @cython.locals(n=Py_ssize_t, at=Py_ssize_t, size=Py_ssize_t)
    cpdef Py_ssize_t bodies(self, Py_ssize_t i, int[::1] ranges) except -1


@cython.locals(n=Py_ssize_t, k=Py_ssize_t, found=Py_ssize_t, at="long long")
cpdef Py_ssize_t mark(const long long[::1] numbers, unsigned char[::1] marks) except -1
@cython.locals(k=Py_ssize_t)
cpdef list longer(const int[::1] ranges, int most)
