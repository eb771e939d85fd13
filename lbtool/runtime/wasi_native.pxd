from libc.stdint cimport uint8_t, uint32_t, uint64_t, uintptr_t
from libc.stdlib cimport free

cdef extern from "core.h" nogil:
    ctypedef struct lb_host:
        pass
    ctypedef struct lb_vmctx:
        pass

cdef extern from "wasi.h" nogil:
    const uint32_t LB_PROC_EXIT
    ctypedef struct lb_wasi:
        pass
    char *lb_wasi_load(const char *path)
    lb_wasi *lb_wasi_new()
    void lb_wasi_free(lb_wasi *wasi)
    int lb_wasi_argv(lb_wasi *wasi, const char *flat, size_t n)
    int lb_wasi_env(lb_wasi *wasi, const char *names, const char *values, size_t n)
    int lb_wasi_preopen(lb_wasi *wasi, const char *host, const char *guest, int writable)
    int lb_wasi_stdin(lb_wasi *wasi, int kind, const char *data, size_t size)
    int lb_wasi_output(lb_wasi *wasi, int fd, int kind, const char *path, int target)
    char *lb_wasi_instantiate(lb_wasi *wasi, const uint8_t *shim, size_t size, size_t n,
                              int has_memory)
    uint8_t *lb_wasi_memory_base(const lb_wasi *wasi)
    size_t lb_wasi_memory_size(const lb_wasi *wasi)
    uint64_t lb_wasi_memory_grow(void *wasi, uint64_t delta)
    lb_host *lb_wasi_host(lb_wasi *wasi, uint32_t index)
    void lb_wasi_bind(lb_wasi *wasi, const lb_vmctx *context)
    int lb_wasi_outcome(lb_wasi *wasi, uint32_t *code, char **message)


cdef class Environment:
    cdef lb_wasi *handle
    cdef bint ready
