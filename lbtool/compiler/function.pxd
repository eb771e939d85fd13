cimport cython
from lbtool.compiler.scan_codes cimport *

@cython.final
cdef class Function:
    cdef public unsigned char[::1] body
    cdef public int body_len
    cdef public int n_instr
    # structural function types used by the slots; [0] is the function's own
    cdef public int n_types
    cdef public int[::1] type_start
    cdef public int[::1] type_nparams
    cdef public int[::1] type_nresults
    cdef public int n_vals
    cdef public unsigned char[::1] type_vals
    # slots
    cdef public int n_slots
    cdef public int[::1] slot_kind
    cdef public int[::1] slot_type
    cdef public int[::1] slot_flags
    cdef public int[::1] slot_index
    # locals, parameters first
    cdef public int n_params
    cdef public int n_locals
    cdef public unsigned char[::1] local_type
    # summary
    cdef public int max_depth
    cdef public int n_calls
    cdef public int[::1] local_weight
    cdef public int[::1] local_first_write
    cdef public int[::1] local_last_write
    cdef public int[::1] local_last_use
    cdef public unsigned char[::1] local_needs_zero
    cdef public int n_loops
    cdef public int[::1] loop_start
    cdef public int[::1] loop_end
    cdef public int[::1] loop_calls
    cdef public int n_labels
    cdef public int[::1] label_branches
    cdef public int[::1] label_else
    cdef public int[::1] label_end
    # what the scan found besides
    cdef public int memory0_slot
    cdef public int unsupported
    cdef public int unsupported_ordinal
    cdef public int unsupported_offset

    cpdef int assume_nothing(self) except -1 nogil
