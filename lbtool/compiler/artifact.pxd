cimport cython


# Nothing that it refers to can refer to it: the collector need not know of it.
@cython.final
@cython.no_gc
cdef class CompiledFunction:
    cdef object _artifact
    cdef object _binding
    cdef object _slot_kinds
    cdef object _imported
    # what a batch gives: its buffers, and where they hold this function's parts
    cdef object _data
    cdef object _words
    cdef Py_ssize_t _at
    cdef Py_ssize_t _word
    cdef int _frame_size
    cdef int _n_code
    cdef int _n_relocs
    cdef int _n_sites
    cdef int _n_slots

    cdef int lies(self, data, Py_ssize_t at, int n_code, int n_slots) except -1
    cdef int has(self, tables, Py_ssize_t word, int frame_size, int n_relocs, int n_sites) except -1
