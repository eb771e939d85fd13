cimport cython
from lbtool.abi cimport *
from lbtool.compiler.codes cimport *
from lbtool.compiler.tables cimport Tables
from lbtool.x64.assembler cimport Assembler
from lbtool.x64.encodings cimport *
from lbtool.compiler.entries cimport Entries


@cython.final
cdef class Values(Entries):
    cdef int force_refs(self, int l) except -1 nogil
    cdef int set_local(self, int l, int i, bint keep) except -1 nogil
    cdef int target(self, int l, int n_operands) except -2 nogil
    cdef int target_argument(self, int r, int n_operands, bint needed) except -2 nogil
    cdef inline int begin_target(self, int h) except -1 nogil
    cdef int result(self, int t, int hint) except -1 nogil
    cdef inline int push_result(self, int t, int r) except -1 nogil
    cdef inline int dest(self, int a, int b, int hint) except -1 nogil
    cdef int apart(self, int a, int hint) except -1 nogil
    cdef int save_pins(self, long long live) except -1 nogil
    cdef int drop_pins(self) except -1 nogil
    cdef inline Py_ssize_t simm(self, int t, long long v) except? -123456789012345 nogil
    cdef inline bint fits(self, int i) except -1 nogil
    cdef inline int zf_is_of(self, int r, int w) except -1 nogil
    cdef inline bint zf_holds(self, int i) except -1 nogil
