cimport cython
from lbtool.abi cimport *
from lbtool.compiler.codes cimport *
from lbtool.compiler.function cimport Function
from lbtool.compiler.lowering cimport TYPE_CODE
from lbtool.compiler.moves cimport Mover
from lbtool.compiler.tables cimport Tables
from lbtool.compiler.values cimport Values
from lbtool.compiler.select_memory cimport MemorySelect
from lbtool.x64.assembler cimport Assembler
from lbtool.x64.encodings cimport *

cdef int[8] INT_ARG
cdef int[8] INT_RESULT
cdef int[8] LIBCALL_ARG


@cython.final
cdef class Signature:
    cdef public Function function
    cdef public int n_int
    cdef public int n_float
    cdef public int n_stack
    cdef int begin(self) except -1 nogil
    cdef int arg(self, int t) except -1 nogil
    cdef int result(self, int t) except -1 nogil
    cdef int stack_args(self, int ty) except -1 nogil
    cdef int stack_words(self, int ty) except -1 nogil


@cython.final
cdef class CallSelect:
    cdef public Function function
    cdef public Values values
    cdef public Assembler asm
    cdef public Tables tables
    cdef public Mover mover
    cdef public MemorySelect memory
    cdef public Signature signature
    cdef public int save_disp
    cdef public int n_far
    cdef public int cap_far
    cdef public int[::1] far_patch
    cdef public int[::1] far_back
    cdef public int[::1] far_ordinal

    cdef Py_ssize_t live_pins(self) except -1 nogil
    cdef inline bint needed(self, int l, int here) except -1 nogil
    cdef int last_place(self, int slot) except -2 nogil
    cdef int prepare(self, int n) except -1 nogil
    cdef int pass_args(self, int ty, int n) except -1 nogil
    cdef int drop_args(self, int n) except -1 nogil
    cdef int results(self, int ty) except -1 nogil
    cdef int foreign(self, int base, int code, int vmctx) except -1 nogil
    cdef int call(self, int slot) except -1 nogil
    cdef int call_indirect(self, int type_slot, int table_slot) except -1 nogil
    cdef int far_calls(self) except -1 nogil
    cdef int library(self, int which, int n, int result, int a, int b) except -1 nogil
    cdef int slot_arg(self, int r, int slot) except -1 nogil
