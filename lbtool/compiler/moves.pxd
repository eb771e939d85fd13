cimport cython
from lbtool.abi cimport *
from lbtool.compiler.codes cimport *
from lbtool.compiler.values cimport Values
from lbtool.x64.assembler cimport Assembler
from lbtool.x64.encodings cimport *


@cython.final
cdef class Mover:
    cdef public Values values
    cdef public Assembler asm
    # register destinations: what each shall hold
    cdef public int[::1] dst_kind
    cdef public int[::1] dst_type
    cdef public int[::1] dst_src
    cdef public long long[::1] dst_imm
    cdef public int[::1] readers
    cdef public long long wanted

    cdef int begin(self) except -1 nogil
    cdef int entry_to_memory(self, int i, int disp) except -1 nogil
    cdef int entry_to_reg(self, int i, int r) except -1 nogil
    cdef int pin_to_reg(self, int h) except -1 nogil
    cdef int finish(self) except -1 nogil
    cdef int settle(self, int r) except -1 nogil
