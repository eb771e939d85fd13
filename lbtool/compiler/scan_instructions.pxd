cimport cython
from lbtool.abi cimport *
from lbtool.compiler.scan_codes cimport *
from lbtool.compiler.scan_stack cimport Blocks

cdef class Instructions(Blocks):
    cdef const int[::1] sigs
    cdef const unsigned char[::1] widths
    cdef const unsigned char[::1] lanes
    cdef const unsigned char[::1] calls
    cdef const unsigned char[::1] needs

    @cython.locals(sp=int)
    cdef inline int push(self, int valtype) except -1 nogil
    @cython.locals(sp=int)
    cdef inline int pop(self, int valtype) except -1 nogil
    @cython.locals(sig=int, want=int)
    cdef inline int apply(self, int op) except -1 nogil
    @cython.locals(byte=int)
    cdef inline Py_ssize_t u32(self) except -1 nogil
    @cython.locals(at=Py_ssize_t, x=Py_ssize_t)
    cdef inline int local_get(self) except -1 nogil
    @cython.locals(at=Py_ssize_t, x=Py_ssize_t, valtype=int)
    cdef inline int local_set(self, int tee) except -1 nogil
    cdef inline int use_local(self, Py_ssize_t x, int weight) except -1 nogil
    @cython.locals(x=int)
    cdef int global_get(self) except -1 nogil
    @cython.locals(at=Py_ssize_t, x=int)
    cdef int global_set(self) except -1 nogil
    @cython.locals(x=int)
    cdef int call(self) except -1 nogil
    cdef int call_type(self, int typeidx) except -1 nogil
    @cython.locals(typeidx=int, table=int, at=Py_ssize_t)
    cdef int call_indirect(self) except -1 nogil
    @cython.locals(first=int, second=int, have=int)
    cdef int select(self) except -1 nogil
    @cython.locals(at=Py_ssize_t, n=Py_ssize_t, valtype=int, _=Py_ssize_t)
    cdef int select_typed(self) except -1 nogil
    @cython.locals(at=Py_ssize_t, x=Py_ssize_t, code=int)
    cdef int index_of(self, int space) except -1 nogil
    @cython.locals(fine=int)
    cdef int unknown(self, int space, Py_ssize_t x) except -1 nogil
    cdef int data_index(self) except -1 nogil
    @cython.locals(at=Py_ssize_t, align=Py_ssize_t)
    cdef inline int memarg(self, int op) except -1 nogil
    cdef int lane(self, int lanes) except -1 nogil
    @cython.locals(at=Py_ssize_t, x=int, valtype=int)
    cdef int reference(self, int kind) except -1 nogil
    @cython.locals(x=int, valtype=int)
    cdef int table(self, int kind) except -1 nogil
    @cython.locals(at=Py_ssize_t, x=int, y=int, have=int)
    cdef int table_pair(self, int kind) except -1 nogil
