cimport cython
from lbtool.abi cimport *
from lbtool.compiler.codes cimport *
from lbtool.compiler.function cimport Function
from lbtool.compiler.lowering cimport TYPE_CODE
from lbtool.compiler.microwasm cimport Microwasm
from lbtool.compiler.moves cimport Mover
from lbtool.compiler.values cimport Values
from lbtool.compiler.select_call cimport CallSelect
from lbtool.x64.assembler cimport Assembler
from lbtool.x64.encodings cimport *


cdef class Labels:
    cdef public Function function
    cdef public Microwasm micro
    cdef public Values values
    cdef public Assembler asm
    cdef public Mover mover
    cdef public CallSelect calls
    cdef public bint live
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
    # arguments of labels
    cdef public int n_args
    cdef public int cap_args
    cdef int[::1] arg_reg
    cdef int[::1] arg_disp
    cdef int[::1] arg_type

    @cython.final
    cdef int begin_labels(self) except -1 nogil
    @cython.final
    cdef int function_label(self, int ty, int stack_args) except -1 nogil
    @cython.final
    cdef int reserve_args(self, int label) except -2 nogil
    @cython.final
    cdef int settle_zeros(self) except -1 nogil
    @cython.final
    cdef int place_args(self, int label) except -1 nogil
    @cython.final
    cdef int establish(self, int label) except -1 nogil
    @cython.final
    cdef int weaken(self, int label) except -1 nogil
    @cython.final
    cdef bint differs(self, int label) except -1 nogil
    @cython.final
    cdef int conform(self, int label) except -1 nogil
    @cython.final
    cdef int enter(self, int label) except -1 nogil
