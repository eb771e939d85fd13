cimport cython
from cpython.buffer cimport PyBuffer_FillInfo

from lbtool.abi cimport *
from lbtool.runtime.core cimport *
from lbtool.runtime.native cimport Root, StoreCore, check


cdef class MemoryCore:
    cdef lb_memory mem
    cdef readonly StoreCore core
    cdef readonly object owner
    cdef object __weakref__


cdef class TableCore(Root):
    cdef lb_table tab
    cdef readonly StoreCore core
    cdef readonly int element
    cdef object __weakref__

    cdef int check(self, uint64_t index) except -1


cdef class GlobalCore(Root):
    cdef uint64_t *cell
    cdef uint64_t own[2]
    cdef readonly StoreCore core
    cdef readonly int valtype
    cdef object __weakref__
