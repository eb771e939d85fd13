cimport cython
from lbtool.abi cimport *
from lbtool.compiler.scan_codes cimport *
from lbtool.compiler.scan_locals cimport Locals

cdef class Blocks(Locals):
    cdef unsigned char[::1] stack
    cdef int sp
    cdef int height
    cdef int max_depth
    cdef int poly
    cdef int live
    cdef int[::1] frames
    cdef int n_frames
    cdef int mark
    cdef int n_calls

    @cython.locals(have=int)
    cdef int pop_slow(self, int valtype) except -1 nogil
    cdef int pop_any(self) except -1 nogil
    cdef int push_type(self, int valtype) except -1 nogil
    cdef int pop_run(self, int first, int n) except -1 nogil
    @cython.locals(i=int)
    cdef int push_run(self, int first, int n) except -1 nogil
    @cython.locals(start=Py_ssize_t, i=Py_ssize_t, byte=int, shift=int, typeidx=longlong, slot=int)
    cdef int read_blocktype(self) except -1 nogil
    cdef int pop_params(self, int blocktype) except -1 nogil
    cdef int push_params(self, int blocktype) except -1 nogil
    @cython.locals(first=int)
    cdef int pop_results(self, int blocktype) except -1 nogil
    @cython.locals(first=int)
    cdef int push_results(self, int blocktype) except -1 nogil
    @cython.locals(label=int, loop=int, base=int)
    cdef int enter(self, int kind, int blocktype) except -1 nogil
    @cython.locals(base=int)
    cdef int close(self) except -1 nogil
    @cython.locals(base=int)
    cdef int do_else(self) except -1 nogil
    @cython.locals(base=int, kind=int, blocktype=int, loop=int)
    cdef int do_end(self) except -1 nogil
    @cython.locals(n=int, first=int, i=int, want=int, have=int)
    cdef int place(self) except -1 nogil
    cdef int if_without_else(self, int blocktype) except -1 nogil
    cdef int unreachable(self) except -1 nogil
    @cython.locals(start=Py_ssize_t, depth=Py_ssize_t)
    cdef int read_label(self) except -1 nogil
    @cython.locals(label=int)
    cdef int count_branch(self, int base) except -1 nogil
    @cython.locals(blocktype=int)
    cdef int pop_label(self, int base) except -1 nogil
    @cython.locals(blocktype=int)
    cdef int push_label(self, int base) except -1 nogil
    @cython.locals(blocktype=int, takes=int)
    cdef int label_arity(self, int base) except -1 nogil
    @cython.locals(blocktype=int, n=int, first=int)
    cdef int label_top(self, int base) except -1 nogil
    @cython.locals(blocktype=int, n=int, first=int, i=int)
    cdef int check_label(self, int base) except -1 nogil
    @cython.locals(at=int, have=int)
    cdef int check_top(self, int i, int valtype) except -1 nogil
    @cython.locals(base=int)
    cdef int do_br(self) except -1 nogil
    @cython.locals(base=int)
    cdef int do_br_if(self) except -1 nogil
    cdef int do_return(self) except -1 nogil
    @cython.locals(arms=Py_ssize_t, arity=int, base=int, takes=int, top=int, first_top=int)
    cdef int do_br_table(self) except -1 nogil
    cpdef grow_stack(self, int full)
