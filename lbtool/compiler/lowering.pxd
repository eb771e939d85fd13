cimport cython
from lbtool.abi cimport *
from lbtool.compiler.codes cimport *
from lbtool.x64.encodings cimport *

# by opcode; 256 + sub-opcode for the 0xFC group
cdef int[288] KIND
cdef int[288] IMMEDIATE
cdef int[288] OP_A
cdef int[288] OP_B
cdef int[288] OP_T
cdef int[288] OP_R
cdef int[288] OP_W
cdef int[128] TYPE_CODE
