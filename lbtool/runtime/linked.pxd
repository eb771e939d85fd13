cimport cython
from libc.stdlib cimport calloc, free
from libc.string cimport memcpy

from lbtool.abi cimport *
from lbtool.runtime.cells cimport GlobalCore, MemoryCore, TableCore
from lbtool.runtime.core cimport *
from lbtool.runtime.native cimport (
    FuncCore,
    Room,
    StoreCore,
    address_of,
    forget_module,
    pack_sites,
    seal_pages,
)


@cython.final
cdef class Layout:
    cdef lb_layout c
    cdef readonly Py_ssize_t size
    cdef int32_t[::1] funcrefs
    cdef const uint32_t[::1] declared
    cdef Py_ssize_t n_declared
    cdef uint64_t[::1] type_ids
    cdef const uint32_t[::1] func_types

    cdef bint pairs_hold(self, const uint64_t[::1] pairs, uint64_t n_globals) except -1


@cython.final
cdef class CodeBlock:
    cdef lb_module c
    cdef readonly Layout layout
    cdef readonly object info
    cdef Room home
    cdef uint64_t room
    cdef bint registered
    cdef const uint32_t[::1] starts, frames, site_starts
    cdef const uint8_t[::1] sites
    cdef object __weakref__

    cdef bint is_fresh(self, Room room) noexcept
    @cython.locals(room=Room)
    cdef int open(self) except -1
    cdef int settle(self, Room room, uint8_t *start) noexcept
    cdef int seal(self) except -1
    cdef Py_ssize_t end_of_sites(self) noexcept
    @cython.locals(
        at=Py_ssize_t,
        n_code=Py_ssize_t,
        n_slots=Py_ssize_t,
        word=Py_ssize_t,
        frame=Py_ssize_t,
        n_relocs=Py_ssize_t,
        n_sites=Py_ssize_t,
        n_octets=Py_ssize_t,
        n_words=Py_ssize_t,
        octets="uint64_t",
        table="uint64_t",
        piece="lb_piece *",
        k=Py_ssize_t,
    )
    cdef list gather(self, list functions, lb_piece *pieces)
    @cython.locals(starts=uint32_t[::1], frames=uint32_t[::1], n=Py_ssize_t,
                   k=Py_ssize_t, at="uint64_t")
    cdef int place(self, lb_piece *pieces) except -1
    @cython.locals(packed=bytearray, starts=uint32_t[::1], n=Py_ssize_t, to="uint8_t *",
                   k=Py_ssize_t, at="uint64_t", total="uint64_t")
    cdef int pack_sites(self, lb_piece *pieces) except -1
    @cython.locals(wrong=lb_wrong)
    cdef int write(self, lb_piece *pieces) except -1


@cython.final
cdef class InstanceCore:
    cdef lb_vmctx *context
    cdef lb_instance c
    cdef readonly StoreCore core
    cdef readonly CodeBlock code
    cdef list parts
    cdef object file
    cdef const uint32_t[::1] datas
    cdef object __weakref__

    cdef uint8_t *cells(self) noexcept
    cdef const lb_data *data_records(self) noexcept
    cdef const uint64_t *bits_of_globals(self, const uint64_t[::1] globals_) except NULL
    cdef int evaluate_into(
        self, uint64_t[::1] out, const uint64_t[::1] pairs, const uint64_t[::1] globals_
    ) except -1
    cdef lb_funcref *funcref(self, Py_ssize_t index) except NULL


cdef bint datas_hold(
    const uint32_t[::1] datas, uint64_t size, uint32_t n_memories, uint32_t n_globals
) except -1
