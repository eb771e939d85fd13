cimport cython
from lbtool.abi cimport *
from lbtool.compiler.ahead cimport Ahead
from lbtool.compiler.codes cimport *
from lbtool.compiler.driver cimport Driver
from lbtool.compiler.frame cimport Frame
from lbtool.compiler.function cimport Function
from lbtool.compiler.lowering cimport KIND, OP_A, OP_B, OP_R, OP_T, OP_W, TYPE_CODE
from lbtool.compiler.microwasm cimport Microwasm
from lbtool.compiler.moves cimport Mover
from lbtool.compiler.select_bulk cimport BulkSelect
from lbtool.compiler.select_call cimport CallSelect
from lbtool.compiler.select_condition cimport ConditionSelect
from lbtool.compiler.select_float cimport FloatSelect
from lbtool.compiler.select_int cimport IntSelect
from lbtool.compiler.select_memory cimport MemorySelect
from lbtool.compiler.select_product cimport ProductSelect
from lbtool.compiler.tables cimport Tables
from lbtool.compiler.values cimport Values
from lbtool.x64.assembler cimport Assembler
from lbtool.x64.encodings cimport *


@cython.final
cdef class Generator:
    cdef public Function function
    cdef public Assembler asm
    cdef public Tables tables
    cdef public Values values
    cdef public Mover mover
    cdef public Microwasm micro
    cdef public Ahead ahead
    cdef public IntSelect ints
    cdef public ProductSelect products
    cdef public ConditionSelect conditions
    cdef public FloatSelect floats
    cdef public MemorySelect memory
    cdef public BulkSelect bulk
    cdef public CallSelect calls
    cdef public Frame frame
    cdef public Driver driver

    cpdef int fits(self, Function function) except -1 nogil
    cdef public int reach
    cpdef int fresh(self, Function function) except -1 nogil
    cpdef bint overflowed(self) except -1 nogil
    cpdef int begin(self) except -1 nogil
    cpdef int step(self) except -1 nogil
    cpdef int finish(self) except -1 nogil
    cpdef int run(self) except -1 nogil
    cdef int control(self, int op) except -1 nogil
    cdef inline int variables(self, int op) except -1 nogil
    cdef int library(self, int row) except -1 nogil
    cdef inline int numeric(self, int op, int row, int hint) except -1 nogil
    cdef int floating(self, int op, int row, int hint) except -1 nogil
    cdef int drop(self) except -1 nogil
    cdef int trap(self) except -1 nogil
    cdef inline int load(self, int row, int hint) except -1 nogil
