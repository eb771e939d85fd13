cimport cython
from lbtool.abi cimport *
from lbtool.compiler.codes cimport *
from lbtool.compiler.function cimport Function
from lbtool.compiler.scan_codes cimport CALL_WEIGHT
from lbtool.compiler.lowering cimport KIND, IMMEDIATE, OP_T, OP_A, TYPE_CODE


@cython.final
cdef class Microwasm:
    cdef public Function function
    cdef const unsigned char[::1] body
    cdef int body_len
    cdef public int pos
    cdef public int ordinal
    cdef public bint live
    # the current operation
    cdef public int op
    cdef public int row
    cdef public int a
    cdef public int b
    cdef public int c
    cdef public long long imm
    cdef int n_calls
    cdef int queued
    cdef int queued_a
    # control frames
    cdef int depth
    cdef int dead_depth
    cdef public int cap
    cdef int[::1] f_kind
    cdef int[::1] f_label
    cdef int[::1] f_else
    cdef int[::1] f_used
    # labels; 0 is the function's end
    cdef public int n_labels
    cdef public int cap_labels
    cdef public int[::1] lab_nargs
    cdef public int[::1] lab_at  # where labels are, as `place` measures it
    cdef int next_block
    cdef int next_loop
    cdef public int cap_targets
    cdef public int[::1] targets

    cdef inline unsigned int leb_u(self) except? 4042322160 nogil
    cdef unsigned int long_leb(self, unsigned int b) except? 4042322160 nogil
    cdef Py_ssize_t leb_s(self) except? -123456789012345 nogil
    cdef Py_ssize_t fixed(self, int n) except? -123456789012345 nogil
    cdef inline int peek(self) except -1 nogil
    cdef inline int byte_at(self, int at) except -1 nogil
    cdef int local_at(self, int at) except -1 nogil
    cdef int after(self, int at, int shape) except -1 nogil
    cdef inline int place(self) except -2 nogil
    cdef int new_label(self, int nargs, int at) except -1 nogil
    cdef int begin(self) except -1 nogil
    cpdef int next(self) except -1 nogil
    cdef inline int decode(self, int kind) except -3 nogil
    cdef int decode_rare(self, int kind) except -3 nogil
    cdef inline int constant(self) except -1 nogil
    cdef int block_arity(self) except -1 nogil
    cdef int open_frame(self, int kind) except -2 nogil
    cdef int on_else(self) except -2 nogil
    cdef int on_end(self) except -2 nogil
    cdef int branch_label(self, unsigned int depth) except -1 nogil
    cdef int table(self) except -1 nogil
    cdef int skip(self) except -1 nogil
    cdef int pass_over(self, int shape) except -1 nogil
