cimport cython
from libc.string cimport memcpy
from lbtool.abi cimport *
from lbtool.compiler.codes cimport OK, INVALID, RESTART
from lbtool.compiler.scan_codes cimport *
from lbtool.compiler.function cimport Function

cdef class Cursor:
    cdef public object env
    cdef public Function fn
    cdef public const unsigned char[::1] data
    cdef public Py_ssize_t pos
    cdef public Py_ssize_t end
    cdef public Py_ssize_t copied
    cdef public Py_ssize_t out
    cdef public int op
    cdef public Py_ssize_t op_pos
    cdef public int ordinal
    cdef public int status
    cdef public int full
    cdef public int n_errors
    cdef public int[::1] errors
    cdef public long long work
    cdef int[::1] map
    cdef int[::1] slot_key
    cdef int[::1] type_key
    cdef int n_keys
    cdef int n_type_keys
    cdef int[::1] bases
    cdef int type_base
    cdef int n_datas
    cdef int memory0
    cdef int any_memory
    cdef int any_table
    cdef int multi_value
    cdef int simd
    cdef const unsigned char[::1] kind
    cdef const unsigned char[::1] valtype
    cdef const int[::1] type_start
    cdef const int[::1] type_canon
    cdef const int[::1] type_nparams
    cdef const int[::1] type_nresults
    cdef const unsigned char[::1] type_vals
    cdef const int[::1] type_simd
    cdef const int[::1] func_type
    cdef const int[::1] func_flags
    cdef const unsigned char[::1] func_declared
    cdef const int[::1] global_type
    cdef const int[::1] global_flags
    cdef const int[::1] table_type
    cdef const int[::1] table_flags
    cdef const int[::1] memory_flags
    cdef const int[::1] elem_type
    cdef const int[::1] data_ok

    cpdef bind(self, env, Function function)
    cpdef unbind(self)
    cdef int clear_map(self) except -1 nogil
    cdef int report(self, int code, Py_ssize_t at, int want, int have) except -1 nogil
    cdef int restart(self, int buffer) except -1 nogil
    cdef int unsupported(self, int proposal) except -1 nogil
    @cython.locals(value=Py_ssize_t, shift=int, byte=Py_ssize_t, start=Py_ssize_t, code=int)
    cdef Py_ssize_t read_u32(self) except -1 nogil
    @cython.locals(left=int, byte=int, rest=int, start=Py_ssize_t)
    cdef int skip_signed(self, int bits) except -1 nogil
    cdef int skip_bytes(self, Py_ssize_t n) except -1 nogil
    cdef int zero_byte(self) except -1 nogil
    cdef Py_ssize_t read_index(self, int wide) except -1 nogil
    @cython.locals(n=Py_ssize_t, at=Py_ssize_t, i=Py_ssize_t)
    cdef int flush(self, Py_ssize_t upto) except -1 nogil
    cdef int replace(self, Py_ssize_t start, int slot, int last) except -1 nogil
    @cython.locals(canon=int, key=int, found=int, t=int, first=int, nparams=int, nresults=int, start=int, i=int)
    cdef int intern_type(self, int typeidx) except -1 nogil
    @cython.locals(key=int, found=int, s=int, slot_type=int, flags=int)
    cdef int slot_of(self, int kind, Py_ssize_t index) except -1 nogil
    @cython.locals(slot=int)
    cdef int use(self, int kind, Py_ssize_t index, Py_ssize_t start) except -1 nogil
    @cython.locals(memidx=int, slot=int)
    cdef int touch_memory(self) except -1 nogil
    cpdef grow_slots(self, int full)
