cimport cython
from lbtool.compiler.codes cimport *
from lbtool.compiler.function cimport Function
from lbtool.compiler.generator cimport Generator
from lbtool.compiler.microwasm cimport Microwasm
from lbtool.compiler.values cimport Values


@cython.final
cdef class Recording:
    cdef Generator generator
    cdef public Function function
    cdef Values values
    cdef Microwasm micro
    # steps
    cdef public int n_steps
    cdef public int[::1] op
    cdef public int[::1] a
    cdef public int[::1] b
    cdef public long long[::1] imm
    cdef public int[::1] notes
    cdef public int n_first
    cdef public int[::1] first
    cdef public int n_targets
    cdef public int[::1] targets
    # by time
    cdef public int[::1] depth
    cdef public int[::1] rows_at
    # code
    cdef public int prologue
    cdef public int body_end
    cdef int n_tables
    cdef public int n_pieces
    cdef public int[::1] start
    cdef public int[::1] end
    cdef public int[::1] owner
    # places; rows by key, and the times of rows
    cdef public int n_locals
    cdef int n_keys
    cdef public int n_rows
    cdef public int[::1] key
    cdef public int[::1] what
    cdef public int[::1] of
    cdef public int[::1] where
    cdef public long long[::1] number
    cdef int[::1] last
    cdef int[::1] begins
    cdef int[::1] by_key
    cdef int[::1] time
    # locals that hold a value; how many did at labels; by their last use
    cdef int[::1] is_set
    cdef int n_written
    cdef int[::1] written
    cdef int[::1] known
    cdef int[::1] branched
    cdef int n_ended
    cdef int[::1] ending
    cdef int n_late
    cdef int[::1] late
    cdef int last_end
    # the state before the last step
    cdef int[::1] owners
    cdef long long pin_reg
    cdef long long pin_mem
    cdef long long pin_zero
    cdef long long pin_undef
    cdef int overwritten
    cdef int narrow
    cdef int pending
    cdef int watermark
    cdef public long long work

    @cython.locals(at=int)
    cpdef int run(self) except -1
    @cython.locals(k=int, i=int, r=int, l=int)
    cdef int begin(self) except -1
    @cython.locals(s=int, op=int, returned=bint, live=bint)
    cdef int stepped(self, int at) except -1
    @cython.locals(at=int, n=int, i=int, h=int)
    cdef int detail(self, int op) except -1
    cdef int look(self) except -1
    @cython.locals(k=int)
    cdef int code(self, int at) except -1
    @cython.locals(k=int, ordinal=int)
    cdef int piece(self, int start, int end) except -1
    @cython.locals(k=int)
    cdef int put(self, int key, int what, int of, int where, long long number) except -1
    cdef int moved_locals(self) except -1
    @cython.locals(h=int, what=int, where=int, number=int, values=Values)
    cdef int local(self, int l) except -1
    @cython.locals(a=int, n=int)
    cdef int arrived(self, int op) except -1
    @cython.locals(i=int, r=int, o=int, values=Values)
    cdef int moved_entries(self, int low) except -1
    @cython.locals(k=int, what=int, where=int, number=longlong, values=Values)
    cdef int entry(self, int i) except -1
    @cython.locals(a=int, i=int)
    cdef int follow(self, int op) except -1
    cdef int set_local(self, int l) except -1
    cdef int forget(self, int height) except -1
    @cython.locals(l=int)
    cdef int end_uses(self, int ordinal) except -1
    cdef int unset(self, int l) except -1
    @cython.locals(n=int, l=int, at=int, i=int, count=int)
    cdef int sort_by_last_use(self) except -1
    @cython.locals(k=int, key=int, t=int)
    cdef int index(self) except -1
    @cython.locals(low=int, high=int, middle=int)
    cpdef int row(self, int key, int time) except -1
