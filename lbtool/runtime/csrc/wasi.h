/* WASI preview 1 for compiled code, by wasmtime's implementation. An environment is a
 * wasmtime store with the settings and the open files of one of our stores; a shim is the
 * wasm instance in it (wasi_shim.py) that owns a guest's memory and wraps the functions
 * which the guest imports. Compiled code reaches them as host functions (lb_host in core.h)
 * whose callback is here. Which functions, which settings and what a failure means is
 * decided in Python. */
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "core.h"

enum { LB_STREAM_NONE, LB_STREAM_INHERIT, LB_STREAM_FILE, LB_STREAM_BYTES, LB_STREAM_FD };

typedef struct lb_wasi lb_wasi;
typedef struct lb_shim lb_shim;

/* Messages returned as `char *` are NULL for success, else text to be freed. */
char *lb_wasi_load(const char *path);

lb_wasi *lb_wasi_new(void);
void lb_wasi_free(lb_wasi *wasi); /* after all of its shims */
/* `flat` holds n strings, each ended by a NUL. 0 when wasmtime refuses (not UTF-8). */
int lb_wasi_argv(lb_wasi *wasi, const char *flat, size_t n);
int lb_wasi_env(lb_wasi *wasi, const char *names, const char *values, size_t n);
int lb_wasi_preopen(lb_wasi *wasi, const char *host, const char *guest, int writable);
int lb_wasi_stdin(lb_wasi *wasi, int kind, const char *data, size_t size);
int lb_wasi_output(lb_wasi *wasi, int fd, int kind, const char *path, int target);
/* The end of the settings, before the first shim. */
char *lb_wasi_start(lb_wasi *wasi);
/* What made the last function fail as a whole, or NULL; it is forgotten then. */
char *lb_wasi_failure(lb_wasi *wasi);

/* Compile a shim; `code` is wasmtime's own form, to be given to lb_code_free. */
char *lb_shim_compile(const uint8_t *bytes, size_t size, uint8_t **code, size_t *code_size);
void lb_code_free(uint8_t *code, size_t code_size);
/* Instantiate a compiled shim with n wrapped functions, and a memory when has_memory. The
 * code is run: it must be ours. */
char *lb_shim_open(lb_wasi *wasi, const uint8_t *bytes, size_t size, size_t n,
                   int has_memory, lb_shim **shim);
void lb_shim_free(lb_shim *shim);
uint8_t *lb_shim_memory_base(const lb_shim *shim);
size_t lb_shim_memory_size(const lb_shim *shim);
/* An lb_grow_fn: previous size in pages, or UINT64_MAX when the limits or the system say
 * no. */
uint64_t lb_shim_memory_grow(void *shim, uint64_t delta);
/* Make the functions host functions of the store of `like`, any host function of it; gives
 * the code of them all. */
const void *lb_shim_bind(lb_shim *shim, const lb_funcref *like);
/* Wrapped function `index`, or NULL. */
lb_host *lb_shim_host(lb_shim *shim, size_t index);
