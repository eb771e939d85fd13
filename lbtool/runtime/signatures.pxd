from lbtool.abi cimport *
from lbtool.runtime.core cimport *


cdef class Signature:
    cdef readonly object type
    cdef readonly uint64_t type_id
    cdef Py_ssize_t n_params, n_results, n_stack_args, n_stack
    cdef uint8_t[::1] kinds      # value types, parameters first
    cdef uint32_t[::1] places    # index in an image's words; from LB_WORDS on: stack words

    cdef int assign(self, tuple kinds, Py_ssize_t first, int ints, int n_ints, int floats,
                    int n_floats, Py_ssize_t stack) except -1


cdef Signature signature_of(uint64_t type_id)
