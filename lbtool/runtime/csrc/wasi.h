/* WASI preview 1 for compiled code, by wasmtime's implementation: one environment holds a
 * wasmtime store, the instance of the shim (wasi_shim.py) and the guest's memory. Compiled
 * code reaches the functions as host functions (lb_host in core.h) whose callback is here.
 * Configuration and messages only pass here; what they mean is decided in wasi.py. */
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "core.h"

enum { LB_STREAM_NONE, LB_STREAM_INHERIT, LB_STREAM_FILE, LB_STREAM_BYTES, LB_STREAM_FD };
enum { LB_WASI_OK, LB_WASI_EXIT, LB_WASI_ERROR, LB_WASI_TRAP };
#define LB_PROC_EXIT UINT32_MAX /* function number of proc_exit, which is ours */

typedef struct lb_wasi lb_wasi;

/* Messages returned as `char *` are NULL for success, else text to be freed. */
char *lb_wasi_load(const char *path);

lb_wasi *lb_wasi_new(void);
void lb_wasi_free(lb_wasi *wasi);
/* `flat` holds n strings, each ended by a NUL. 0 when wasmtime refuses (not UTF-8). */
int lb_wasi_argv(lb_wasi *wasi, const char *flat, size_t n);
int lb_wasi_env(lb_wasi *wasi, const char *names, const char *values, size_t n);
int lb_wasi_preopen(lb_wasi *wasi, const char *host, const char *guest, int writable);
int lb_wasi_stdin(lb_wasi *wasi, int kind, const char *data, size_t size);
int lb_wasi_output(lb_wasi *wasi, int fd, int kind, const char *path, int target);

/* Instantiate the shim with n wrapped functions; a memory when has_memory. */
char *lb_wasi_instantiate(lb_wasi *wasi, const uint8_t *shim, size_t size, size_t n,
                          int has_memory);
uint8_t *lb_wasi_memory_base(const lb_wasi *wasi);
size_t lb_wasi_memory_size(const lb_wasi *wasi);
/* Previous size in pages, or UINT64_MAX when the limits or the system say no. */
uint64_t lb_wasi_memory_grow(void *wasi, uint64_t delta);

/* Wrapped function `index`, or proc_exit for LB_PROC_EXIT. NULL when out of range. */
lb_host *lb_wasi_host(lb_wasi *wasi, uint32_t index);
/* All functions belong to the store of this VMContext. */
void lb_wasi_bind(lb_wasi *wasi, const lb_vmctx *context);

/* What ended the last call: LB_WASI_*; resets it. *code is the exit code, *message text. */
int lb_wasi_outcome(lb_wasi *wasi, uint32_t *code, char **message);
