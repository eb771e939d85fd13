/* WASI preview 1 for compiled code, by wasmtime's implementation: one environment holds a
 * wasmtime store, the instance of the shim (wasi_shim.py) and the guest's memory. Compiled
 * code reaches the functions through import cells {lb_wasi_code(), lb_wasi_context()}.
 * Configuration and messages only pass here; what they mean is decided in wasi.py. */
#pragma once
#include <stdint.h>
#include <stddef.h>

enum { LB_STREAM_NONE, LB_STREAM_INHERIT, LB_STREAM_FILE, LB_STREAM_BYTES, LB_STREAM_FD,
       LB_STREAM_CAPTURE };
enum { LB_WASI_OK, LB_WASI_EXIT, LB_WASI_ERROR, LB_WASI_TRAP };
#define LB_PROC_EXIT UINT32_MAX /* function number of proc_exit, which is ours */

typedef struct lb_wasi lb_wasi;
typedef struct lb_capture lb_capture;

/* Messages returned as `char *` are NULL for success, else text to be freed. */
char *lb_wasi_load(const char *path);

/* Captured output: counted, since the wasmtime store holds it too. */
lb_capture *lb_capture_new(void);
void lb_capture_drop(lb_capture *capture);
const uint8_t *lb_capture_data(const lb_capture *capture, size_t *size);

lb_wasi *lb_wasi_new(void);
void lb_wasi_free(lb_wasi *wasi);
/* `flat` holds n strings, each ended by a NUL. 0 when wasmtime refuses (not UTF-8). */
int lb_wasi_argv(lb_wasi *wasi, const char *flat, size_t n);
int lb_wasi_env(lb_wasi *wasi, const char *names, const char *values, size_t n);
int lb_wasi_preopen(lb_wasi *wasi, const char *host, const char *guest, int writable);
int lb_wasi_stdin(lb_wasi *wasi, int kind, const char *data, size_t size);
int lb_wasi_output(lb_wasi *wasi, int fd, int kind, const char *path, int target,
                   lb_capture *capture);

/* Instantiate the shim with n wrapped functions; a memory when has_memory. */
char *lb_wasi_instantiate(lb_wasi *wasi, const uint8_t *shim, size_t size, size_t n,
                          int has_memory);
uint8_t *lb_wasi_memory_base(const lb_wasi *wasi);
size_t lb_wasi_memory_size(const lb_wasi *wasi);
/* Previous size in pages, or UINT64_MAX when the limits or the system say no. */
uint64_t lb_wasi_memory_grow(void *wasi, uint64_t delta);

void *lb_wasi_code(void);
/* The context of wrapped function `index`, or of proc_exit for LB_PROC_EXIT; its head is
 * laid out like a VMContext (abi.py). NULL when out of range. */
void *lb_wasi_context(lb_wasi *wasi, uint32_t index);
/* How calls that do not return leave: head is what the first words of a VMContext of the
 * guest's store hold (LB_VM_CELLS_HEAD bytes are copied into every context). */
void lb_wasi_bind(lb_wasi *wasi, const void *head);

/* What ended the last call: LB_WASI_*; resets it. *code is the exit code, *message text. */
int lb_wasi_outcome(lb_wasi *wasi, uint32_t *code, char **message);
