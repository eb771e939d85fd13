cimport cython
from lbtool.abi cimport *
from lbtool.compiler.codes cimport *
from lbtool.compiler.function cimport Function
from lbtool.compiler.lowering cimport TYPE_CODE
from lbtool.compiler.microwasm cimport Microwasm
from lbtool.compiler.moves cimport Mover
from lbtool.compiler.tables cimport Tables
from lbtool.compiler.values cimport Values
from lbtool.compiler.select_int cimport IntSelect
from lbtool.compiler.select_call cimport CallSelect
from lbtool.x64.assembler cimport Assembler
from lbtool.x64.encodings cimport *


@cython.final
cdef class Driver:
    cdef public Function function
    cdef public Microwasm micro
    cdef public Values values
    cdef public Assembler asm
    cdef public Tables tables
    cdef public Mover mover
    cdef public IntSelect ints
    cdef public CallSelect calls
    cdef public bint live
    cdef public int overflow
    cdef public int frame_size
    # labels
    cdef public int cap_labels
    cdef int[::1] lab_set
    cdef int[::1] lab_pos
    cdef int[::1] lab_head
    cdef int[::1] lab_height
    cdef int[::1] lab_args
    cdef long long[::1] lab_reg
    cdef long long[::1] lab_mem
    cdef long long[::1] lab_zero
    cdef int[::1] lab_stamp
    cdef int[::1] lab_edge
    cdef int stamp
    # arguments of labels
    cdef public int n_args
    cdef public int cap_args
    cdef int[::1] arg_reg
    cdef int[::1] arg_disp
    cdef int[::1] arg_type
    # edges of a br_table that need moves
    cdef public int cap_edges
    cdef int[::1] edge_label
    cdef int[::1] edge_head
    # jump tables inside the code: where they start and end
    cdef public int n_data
    cdef public int cap_data
    cdef public int[::1] data

    cdef int begin(self) except -1 nogil
    cdef int function_label(self, int ty, int stack_args) except -1 nogil
    cdef int reserve_args(self, int label) except -2 nogil
    cdef int settle_zeros(self) except -1 nogil
    cdef int place_args(self, int label) except -1 nogil
    cdef int establish(self, int label) except -1 nogil
    cdef bint differs(self, int label) except -1 nogil
    cdef int conform(self, int label) except -1 nogil
    cdef int enter(self, int label) except -1 nogil
    cdef int weaken(self, int label) except -1 nogil
    cdef int jump_if(self, int cc, int head) except -1 nogil
    cdef int goto_label(self, int label) except -1 nogil
    cdef int epilogue(self) except -1 nogil
    cdef int fence(self, int label, int nparams) except -1 nogil
    cdef int loop(self, int label, int nparams, int k) except -1 nogil
    cdef int innermost(self, int k) except -1 nogil
    cdef int settle_loop(self, int k) except -1 nogil
    cdef int unless(self, int otherwise, int nparams, int end) except -1 nogil
    cdef int label(self, int label) except -1 nogil
    cdef int endif(self, int end, int otherwise) except -1 nogil
    cdef int jump(self, int label) except -1 nogil
    cdef int branch(self, int label) except -1 nogil
    cdef int table(self, int n) except -1 nogil
    cdef int edge_for(self, int label, int n_edges) except -1 nogil
    cdef int chain(self, int r, int n, int n_edges) except -1 nogil
    cdef int dispatch(self, int r, int n, int n_edges) except -1 nogil
