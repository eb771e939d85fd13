cimport cython
from lbtool.abi cimport *
from lbtool.compiler.codes cimport *
from lbtool.compiler.labels cimport Labels
from lbtool.compiler.select_condition cimport ConditionSelect
from lbtool.x64.encodings cimport *


@cython.final
cdef class Driver(Labels):
    cdef public ConditionSelect conditions
    # edges of a br_table that need moves
    cdef public int cap_edges
    cdef int stamp
    # forward jumps over fewer instructions are tried with two bytes
    cdef public int reach
    cdef int[::1] lab_stamp
    cdef int[::1] lab_edge
    cdef int[::1] edge_label
    cdef int[::1] edge_head
    # jump tables inside the code: where they start and end
    cdef public int n_data
    cdef public int[::1] data

    cdef int begin(self) except -1 nogil
    cdef int near(self, int label) except -1 nogil
    cdef inline int close_by(self, int distance) except -1 nogil
    cdef int forward(self, int cc, int label) except -1 nogil
    cdef int jump_if(self, int cc, int head, int short) except -1 nogil
    cdef int epilogue(self) except -1 nogil
    cdef int goto_label(self, int label) except -1 nogil
    cdef int fence(self, int label, int nparams) except -1 nogil
    cdef int loop(self, int label, int nparams, int k) except -1 nogil
    cdef int innermost(self, int k) except -1 nogil
    cdef int settle_loop(self, int k) except -1 nogil
    cdef int unless(self, int otherwise, int nparams, int end) except -1 nogil
    cdef int label(self, int label) except -1 nogil
    cdef int endif(self, int end, int otherwise) except -1 nogil
    cdef int jump(self, int label) except -1 nogil
    cdef int branch(self, int label) except -1 nogil
    cdef int edge_for(self, int label, int n_edges) except -1 nogil
    cdef int table(self, int n) except -1 nogil
    cdef int chain(self, int r, int n, int n_edges) except -1 nogil
    cdef int dispatch(self, int r, int n, int n_edges) except -1 nogil
