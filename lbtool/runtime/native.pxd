cimport cython
from cpython.buffer cimport (
    PyBUF_SIMPLE,
    PyBuffer_FillInfo,
    PyBuffer_Release,
    PyObject_GetBuffer,
)
from cpython.exc cimport PyErr_CheckSignals
from cpython.long cimport (
    PyLong_AsLongLong,
    PyLong_AsUnsignedLongLong,
    PyLong_AsUnsignedLongLongMask,
)
from cpython.tuple cimport PyTuple_GET_ITEM, PyTuple_New, PyTuple_SET_ITEM
from cpython.ref cimport Py_INCREF
from libc.stdlib cimport calloc, free, malloc
from libc.string cimport memcpy, memset

from lbtool.abi cimport *
from lbtool.runtime.core cimport *


cdef struct few_words:  # stack words of a call, unless there are more
    uint64_t words[24]


cdef struct site:
    uint32_t offset
    uint32_t meaning


cdef union bits:
    uint64_t word
    double f64
    float f32


cdef class Signature:
    cdef readonly object type
    cdef readonly uint64_t type_id
    cdef Py_ssize_t n_params, n_results, n_stack_args, n_stack
    cdef uint8_t[::1] kinds      # value types, parameters first
    cdef uint32_t[::1] places    # index in an image's words; from LB_WORDS on: stack words

    cdef int assign(self, tuple kinds, Py_ssize_t first, int ints, int n_ints, int floats,
                    int n_floats, Py_ssize_t stack) except -1


cdef class StoreCore:
    cdef lb_store ctx
    cdef readonly list keep
    cdef list refs, spare, tables, globals, segments
    cdef dict ids
    cdef Py_ssize_t limit
    cdef readonly object pending
    cdef public object native_failure  # () -> what a native host function failed with
    cdef object __weakref__

    cdef uint64_t handle(self, object value) except? 0xFFFFFFFFFFFFFFFF
    cdef object referent(self, uint64_t handle)
    cdef uint64_t to_bits(self, int kind, object value) except? 0xFFFFFFFFFFFFFFFF
    cdef object from_bits(self, int kind, uint64_t word)
    cdef int check_access(self) except -1
    cdef int enter(self) except -1
    cdef int mark(self, uint8_t[::1] marks, const uint64_t *items, Py_ssize_t n) except -1
    cdef FuncCore wrap(self, lb_funcref *cell)
    cdef int run(self, lb_image *image, const void *code, lb_vmctx *context) except -1
    @cython.locals(trap="lb_trap *", k="uint32_t")
    cdef int fail(self, int status) except -1
    cdef object explain_fault(self, lb_trap *trap)


cdef class FuncCore:
    cdef readonly StoreCore core
    cdef readonly Signature signature
    cdef readonly object owner
    cdef lb_funcref *cell
    cdef lb_funcref own
    cdef object __weakref__

    @cython.locals(image=lb_image, few=few_words, more="uint64_t *")
    cdef object invoke(self, tuple args, bint raw)
    @cython.locals(sig=Signature, k=Py_ssize_t, place="uint32_t", word="uint64_t")
    cdef object invoke_with(self, tuple args, bint raw, lb_image *image)
    @cython.locals(sig=Signature, k=Py_ssize_t, out=tuple)
    cdef object results(self, lb_image *image, bint raw)
    cdef object result(self, lb_image *image, Py_ssize_t k, bint raw)


@cython.final
cdef class HostCore:
    cdef lb_host *record
    cdef StoreCore core
    cdef Signature signature
    cdef object callable

    @cython.locals(sig=Signature, k=Py_ssize_t, args=tuple, place="uint32_t")
    cdef int call(self, lb_image *image) except -1
    @cython.locals(sig=Signature, k=Py_ssize_t, place="uint32_t", word="uint64_t")
    cdef int give(self, lb_image *image, Py_ssize_t k, object value) except -1


cdef void host_callback(lb_host *host, lb_image *image) noexcept with gil


cdef class MemoryCore:
    cdef lb_memory mem
    cdef readonly StoreCore core
    cdef readonly object owner
    cdef object __weakref__


cdef class TableCore:
    cdef lb_table tab
    cdef readonly StoreCore core
    cdef readonly int element
    cdef object __weakref__

    cdef int check(self, uint64_t index) except -1


cdef class GlobalCore:
    cdef uint64_t *cell
    cdef uint64_t own[2]
    cdef readonly StoreCore core
    cdef readonly int valtype
    cdef object __weakref__


@cython.final
cdef class Layout:
    cdef lb_layout c
    cdef readonly Py_ssize_t size
    cdef int32_t[::1] funcrefs
    cdef readonly object funcref_list
    cdef uint32_t[::1] starts
    cdef uint64_t[::1] type_ids
    cdef uint32_t[::1] func_types


@cython.final
cdef class CodeBlock:
    cdef lb_module c
    cdef readonly Layout layout
    cdef readonly object info
    cdef uint64_t offset, room
    cdef bint registered
    cdef uint32_t[::1] starts, frames, sites
    cdef object __weakref__

    @cython.locals(code=bytes, k=Py_ssize_t, at="uint64_t")
    cdef int place(self, list functions) except -1
    @cython.locals(code=bytes, k=Py_ssize_t, start="uint64_t")
    cdef int write(self, list functions) except -1
    @cython.locals(
        b=lb_binding, relocs=bytes, binding=bytes, kinds=bytes, imported=bytes, wrong=int
    )
    cdef int relocate(self, object function, object artifact, Py_ssize_t k) except -1
    @cython.locals(data=bytes, j=Py_ssize_t, n=Py_ssize_t, record=site)
    cdef Py_ssize_t take_sites(self, bytes data, Py_ssize_t k, Py_ssize_t at) except -1


@cython.final
cdef class InstanceCore:
    cdef lb_vmctx *context
    cdef lb_instance c
    cdef readonly StoreCore core
    cdef readonly CodeBlock code
    cdef list parts
    cdef object __weakref__

    cdef uint8_t *cells(self) noexcept
    cdef lb_funcref *funcref(self, Py_ssize_t index) except NULL
