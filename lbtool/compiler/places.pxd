cimport cython
from libc.string cimport memset
from lbtool.abi cimport *
from lbtool.compiler.codes cimport *
from lbtool.compiler.tables cimport Tables
from lbtool.x64.assembler cimport Assembler
from lbtool.x64.encodings cimport *

cdef extern from *:
    int ctz "__builtin_ctzll" (unsigned long long m) nogil


cdef class Places:
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
    # between two instructions: register of the result's operand; home that a result
    # takes from a local that memory has; local whose word has its next value; byte load
    cdef public int source
    cdef public int kept
    cdef public int overwritten
    cdef public int narrow
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
    # homes whose locals are known to be constants, and these
    cdef public long long pin_const
    cdef public long long[::1] constant
    # frame
    cdef public int stack_disp
    # accounts
    cdef public int notes
    cdef public int spills
    cdef public int here
    cdef public int work
    cdef public int failed
    cdef public int vex
    # whose value the zero flag is of: end of that code, register (-2 - l: word of local
    # l), width
    cdef public int zf_end
    cdef public int zf_reg
    cdef public int zf_wide
    cdef public long long off
    cdef public int[::1] counts

    @cython.final
    cdef inline bint use(self, int opt) except -1 nogil
    @cython.final
    cdef int begin_counts(self) except -1 nogil

    @cython.final
    cdef inline int slot(self, int i) except -1 nogil
    @cython.final
    cdef inline int wide(self, int t) except -1 nogil
    @cython.final
    cdef inline int load_slot(self, int r, int t, int disp) except -1 nogil
    @cython.final
    cdef inline int store_slot(self, int r, int t, int disp) except -1 nogil
    @cython.final
    cdef inline int move(self, int dst, int src, int t) except -1 nogil
    @cython.final
    cdef int load_const(self, int r, int t, long long v) except -1 nogil
    @cython.final
    cdef int store_const(self, int t, long long v, int disp) except -1 nogil
    @cython.final
    cdef inline Py_ssize_t class_of(self, int t) except -1 nogil
    @cython.final
    cdef inline int release(self, int r) except -1 nogil
    @cython.final
    cdef int disown(self) except -1 nogil
    @cython.final
    cdef inline int done(self, int r) except -1 nogil
