cimport cython
from libc.string cimport memcpy
from lbtool.abi cimport *
from lbtool.x64.encodings cimport *


@cython.final
cdef class Assembler:
    cdef public unsigned char[::1] buf
    cdef public int n
    cdef public int cap
    cdef public int overflow
    # jumps of two bytes: how many there are; none may be made
    cdef public int shorts
    cdef public bint long_only
    # jump sites waiting for a label: singly linked lists in arrays
    cdef public int n_patches
    cdef public int cap_patches
    cdef public int[::1] patch_at
    cdef public int[::1] patch_base
    cdef public int[::1] patch_next

    cdef int reset(self) except -1 nogil
    cdef inline int u8(self, int b) except -1 nogil
    cdef inline int u32(self, long long v) except -1 nogil
    cdef int u64(self, long long v) except -1 nogil
    cdef inline int put32(self, int at, long long v) except -1 nogil
    cdef inline int put(self, int at, long long v, int n) except -1 nogil
    cdef inline int some(self, long long v, int n) except -1 nogil
    cdef inline int room(self) except -1 nogil
    cdef inline int rr(self, int op, int w, int reg, int rm) except -1 nogil
    cdef int mem(self, int op, int w, int reg, int base, int index, int scale, int disp) except -1 nogil
    cdef int scaled(self, int op, int w, int reg, int index, int scale, int disp) except -1 nogil
    cdef int mem32(self, int op, int w, int reg, int base) except -1 nogil
    cdef int rip(self, int op, int w, int reg) except -1 nogil
    cdef inline int prefix(self, int op, int rex, int force) except -1 nogil
    cdef int vex(self, int op, int rex) except -1 nogil
    cdef int alu_imm(self, int ext, int w, int rm, long long imm) except -1 nogil
    cdef int alu_mem_imm(self, int ext, int w, int base, int disp, long long imm) except -1 nogil
    cdef int mov_imm(self, int reg, long long v) except -1 nogil
    cdef int shift_imm(self, int ext, int w, int rm, int count) except -1 nogil
    cdef int jump(self, int cc, int head, int short) except -1 nogil
    cdef int skip(self, int cc) except -1 nogil
    cdef int land(self, int start) except -1 nogil
    cdef int jump_back(self, int cc, int target) except -1 nogil
    cdef int patch_site(self, int at, int base, int head) except -1 nogil
    cdef int bind(self, int head) except -1 nogil
    cdef int align(self) except -1 nogil
    cdef int long_nop(self, int size) except -1 nogil
    cdef int ret(self) except -1 nogil
