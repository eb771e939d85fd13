from libc.stdint cimport uint8_t, uint32_t, uint64_t, uintptr_t
from libc.stdlib cimport free

cdef extern from "wasi.h" nogil:
    const uint32_t LB_PROC_EXIT
    ctypedef struct lb_wasi:
        pass
    ctypedef struct lb_capture:
        pass
    char *lb_wasi_load(const char *path)
    lb_capture *lb_capture_new()
    void lb_capture_drop(lb_capture *capture)
    const uint8_t *lb_capture_data(const lb_capture *capture, size_t *size)
    lb_wasi *lb_wasi_new()
    void lb_wasi_free(lb_wasi *wasi)
    int lb_wasi_argv(lb_wasi *wasi, const char *flat, size_t n)
    int lb_wasi_env(lb_wasi *wasi, const char *names, const char *values, size_t n)
    int lb_wasi_preopen(lb_wasi *wasi, const char *host, const char *guest, int writable)
    int lb_wasi_stdin(lb_wasi *wasi, int kind, const char *data, size_t size)
    int lb_wasi_output(lb_wasi *wasi, int fd, int kind, const char *path, int target,
                       lb_capture *capture)
    char *lb_wasi_instantiate(lb_wasi *wasi, const uint8_t *shim, size_t size, size_t n,
                              int has_memory)
    uint8_t *lb_wasi_memory_base(const lb_wasi *wasi)
    size_t lb_wasi_memory_size(const lb_wasi *wasi)
    uint64_t lb_wasi_memory_grow(void *wasi, uint64_t delta)
    void *lb_wasi_code()
    void *lb_wasi_context(lb_wasi *wasi, uint32_t index)
    void lb_wasi_bind(lb_wasi *wasi, const void *head)
    int lb_wasi_outcome(lb_wasi *wasi, uint32_t *code, char **message)


cdef class Capture:
    cdef lb_capture *handle


cdef class Environment:
    cdef lb_wasi *handle
    cdef bint ready
