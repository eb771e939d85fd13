cimport cython
from lbtool.abi cimport *
from lbtool.compiler.codes cimport *
from lbtool.compiler.function cimport Function
from lbtool.compiler.lowering cimport TYPE_CODE
from lbtool.compiler.moves cimport Mover
from lbtool.compiler.select_call cimport CallSelect
from lbtool.compiler.tables cimport Tables
from lbtool.compiler.values cimport Values
from lbtool.x64.assembler cimport Assembler
from lbtool.x64.encodings cimport *


@cython.final
cdef class Frame:
    cdef public Function function
    cdef public Values values
    cdef public Assembler asm
    cdef public Tables tables
    cdef public Mover mover
    cdef public CallSelect calls
    cdef public int size
    cdef public bint leaf
    cdef public int outgoing
    cdef public int stack_args
    cdef int first_zero
    cdef int n_zero
    cdef public int max_gpr_pins
    cdef public int max_xmm_pins
    cdef public int cap_arrival
    cdef int[::1] best
    cdef int[::1] arrival

    cdef int plan(self) except -1 nogil
    cdef int outgoing_words(self) except -1 nogil
    cdef int arrivals(self) except -1 nogil
    cdef int choose_pins(self, bint floats, long long pool, int limit) except -1 nogil
    cdef int rank(self, int l, int n, int limit) except -1 nogil
    cdef int pin(self, int l, int r) except -1 nogil
    cdef int words(self) except -1 nogil
    cdef int prologue(self) except -1 nogil
    cdef int check_stack(self) except -1 nogil
    cdef int receive(self) except -1 nogil
    cdef int clear_locals(self) except -1 nogil
    cdef int initial_pins(self) except -1 nogil
