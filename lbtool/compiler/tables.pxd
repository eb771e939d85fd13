cimport cython
from lbtool.abi cimport *
from lbtool.compiler.codes cimport *
from lbtool.x64.encodings cimport *
from lbtool.x64.assembler cimport Assembler


@cython.final
cdef class Tables:
    cdef public Assembler asm
    cdef public int n_relocs
    cdef public int cap_relocs
    cdef public unsigned int[::1] relocs
    cdef public int n_sites
    cdef public int cap_sites
    cdef public unsigned int[::1] sites
    cdef public int n_traps
    cdef public int cap_traps
    cdef public int[::1] trap_code
    cdef public int[::1] trap_ordinal
    cdef public int[::1] trap_patch
    cdef public int n_pool
    cdef public int cap_pool
    cdef public long long[::1] pool_bits
    cdef public int[::1] pool_patch

    cdef int reset(self) except -1 nogil
    cdef inline int reloc(self, int offset, int kind, int slot, int addend) except -1 nogil
    cdef inline int site(self, int offset, int code, int ordinal) except -1 nogil
    cdef int trap_if(self, int cc, int code, int ordinal) except -1 nogil
    cdef int constant(self, int op, int w, int reg, long long bits) except -1 nogil
    cdef int finish(self) except -1 nogil
