from libc.stdint cimport uint8_t, uint64_t, uintptr_t
from libc.stdlib cimport free

cdef extern from "core.h" nogil:
    ctypedef struct lb_host:
        pass
    ctypedef struct lb_funcref:
        pass

cdef extern from "wasi.h" nogil:
    ctypedef struct lb_wasi:
        pass
    ctypedef struct lb_shim:
        pass
    char *lb_wasi_load(const char *path)
    lb_wasi *lb_wasi_new()
    void lb_wasi_free(lb_wasi *wasi)
    int lb_wasi_argv(lb_wasi *wasi, const char *flat, size_t n)
    int lb_wasi_env(lb_wasi *wasi, const char *names, const char *values, size_t n)
    int lb_wasi_preopen(lb_wasi *wasi, const char *host, const char *guest, int writable)
    int lb_wasi_stdin(lb_wasi *wasi, int kind, const char *data, size_t size)
    int lb_wasi_output(lb_wasi *wasi, int fd, int kind, const char *path, int target)
    char *lb_wasi_start(lb_wasi *wasi)
    char *lb_wasi_failure(lb_wasi *wasi)
    char *lb_shim_compile(const uint8_t *bytes, size_t size, uint8_t **code,
                          size_t *code_size)
    void lb_code_free(uint8_t *code, size_t code_size)
    char *lb_shim_open(lb_wasi *wasi, const uint8_t *bytes, size_t size, size_t n,
                       int has_memory, lb_shim **shim)
    void lb_shim_free(lb_shim *shim)
    uint8_t *lb_shim_memory_base(const lb_shim *shim)
    size_t lb_shim_memory_size(const lb_shim *shim)
    uint64_t lb_shim_memory_grow(void *shim, uint64_t delta)
    const void *lb_shim_bind(lb_shim *shim, const lb_funcref *like)
    lb_host *lb_shim_host(lb_shim *shim, size_t index)


cdef class Environment:
    cdef lb_wasi *handle
    cdef bint started


cdef class Shim:
    cdef readonly Environment environment
    cdef lb_shim *handle
