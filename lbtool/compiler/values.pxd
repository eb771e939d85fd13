cimport cython
from lbtool.abi cimport *
from lbtool.compiler.codes cimport *
from lbtool.compiler.tables cimport Tables
from lbtool.x64.assembler cimport Assembler
from lbtool.x64.encodings cimport *


@cython.final
cdef class Values:
    cdef public Assembler asm
    cdef public Tables tables
    # operand stack
    cdef public int cap
    cdef public int sp
    cdef public int watermark
    cdef public int pending
    cdef public int[::1] kind
    cdef public int[::1] typ
    cdef public int[::1] reg
    cdef public int[::1] ordinal
    cdef public long long[::1] imm
    # registers
    cdef public int[::1] owner
    cdef public long long free
    cdef public long long locked
    cdef public long long gprs
    cdef public long long xmms
    cdef public long long homes
    cdef public bint flags_live
    # locals
    cdef public int cap_locals
    cdef public int n_locals
    cdef public int[::1] ltype
    cdef public int[::1] home
    cdef public int[::1] ldisp
    cdef public int[::1] local_of
    cdef public long long pin_reg
    cdef public long long pin_mem
    cdef public long long pin_zero
    cdef public long long pin_undef
    # frame
    cdef public int stack_disp
    # accounts
    cdef public int notes
    cdef public int spills
    cdef public int here
    cdef public int work
    cdef public int failed

    cdef int slot(self, int i) except -1 nogil
    cdef int wide(self, int t) except -1 nogil
    cdef int load_slot(self, int r, int t, int disp) except -1 nogil
    cdef int store_slot(self, int r, int t, int disp) except -1 nogil
    cdef int move(self, int dst, int src, int t) except -1 nogil
    cdef int load_const(self, int r, int t, long long v) except -1 nogil
    cdef int store_const(self, int t, long long v, int disp) except -1 nogil
    cdef Py_ssize_t class_of(self, int t) except -1 nogil
    cdef int lowest(self, long long m) except -1 nogil
    cdef int alloc(self, long long mask) except -1 nogil
    cdef int make_room(self, long long mask) except -1 nogil
    cdef int release(self, int r) except -1 nogil
    cdef int done(self, int r) except -1 nogil
    cdef int relocate(self, int r) except -1 nogil
    cdef int reserve(self, int r) except -1 nogil
    cdef int evict_pin(self, int r) except -1 nogil
    cdef int spill(self, int i) except -1 nogil
    cdef int push(self, int k, int t, long long v) except -1 nogil
    cdef int push_reg(self, int t, int r) except -1 nogil
    cdef int push_local(self, int l) except -1 nogil
    cdef int push_load(self, int t, int base, int disp) except -1 nogil
    cdef int pop(self) except -1 nogil
    cdef int forget(self, int i) except -1 nogil
    cdef int emit_load(self, int i, int r) except -1 nogil
    cdef int heap(self, int op, int w, int r, int i) except -1 nogil
    cdef int load_entry(self, int i, int r) except -1 nogil
    cdef int force_pending(self) except -1 nogil
    cdef int force(self, int i) except -1 nogil
    cdef int flush_entry(self, int i) except -1 nogil
    cdef int flush(self, int upto) except -1 nogil
    cdef int borrow(self, int i) except -1 nogil
    cdef int in_reg(self, int i) except -2 nogil
    cdef int take(self, int i) except -1 nogil
    cdef int take_into(self, int i, int r) except -1 nogil
    cdef int avoid(self, int i, long long mask) except -1 nogil
    cdef int op_entry(self, int op, int w, int dst, int i) except -1 nogil
    cdef int pin_load(self, int r) except -1 nogil
    cdef int settle_pins(self) except -1 nogil
    cdef int force_refs(self, int l) except -1 nogil
    cdef int set_local(self, int l, int i, bint keep) except -1 nogil
    cdef int target(self, int l, int n_operands) except -2 nogil
    cdef int begin_target(self, int h) except -1 nogil
    cdef int push_result(self, int t, int r) except -1 nogil
    cdef int reads(self, int i) except -2 nogil
    cdef int dest(self, int a, int b, int hint) except -1 nogil
    cdef int save_pins(self, long long live) except -1 nogil
    cdef int drop_pins(self) except -1 nogil
