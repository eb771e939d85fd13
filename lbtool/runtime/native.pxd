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
from cpython.tuple cimport PyTuple_New, PyTuple_SET_ITEM
from cpython.ref cimport Py_INCREF
from libc.stdlib cimport calloc, free

from lbtool.abi cimport *
from lbtool.runtime.core cimport *
from lbtool.runtime.signatures cimport Signature, signature_of


cdef struct few_words:  # stack words of a call, unless there are more
    uint64_t words[24]


cdef union bits:
    uint64_t word
    double f64
    float f32


cdef class Root:
    cdef const uint64_t *references(self) except? NULL
    cdef Py_ssize_t n_references(self) except -1


cdef class StoreCore:
    cdef lb_store ctx
    cdef readonly list keep
    cdef readonly list roots, segments
    cdef list refs, spare
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
    @cython.locals(offset="int64_t")
    cdef object explain_fault(self, lb_trap *trap)
    cdef int adopt_context(self, lb_vmctx *context) except -1


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


@cython.final
cdef class Room:
    cdef uint64_t offset, size
    cdef Py_ssize_t length
    cdef bint taken
    cdef bint sealed

    cdef uint8_t *start(self) noexcept


cdef void host_callback(lb_host *host, lb_image *image) noexcept with gil


# ---- for cells.py and linked.py

cdef uint64_t address_of(object buffer) except? 0xFFFFFFFFFFFFFFFF
cdef int check(int status) except -1
cdef int seal_pages(lb_module *module) except -1
cdef void forget_module(lb_module *module) noexcept
cdef uint64_t pack_sites(uint8_t *to, const uint8_t *records, uint64_t n) noexcept
