/* See wasi.h. */
#define _GNU_SOURCE
#include "wasi.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "wasmtime_api.h"

/* Our code reaches base + u32 index + u32 offset + 8: wasmtime's guard has to be a page
 * longer than its documented 4 GiB optimum. */
#define MEMORY_RESERVATION (UINT64_C(1) << 32)
#define MEMORY_GUARD ((UINT64_C(1) << 32) + 65536)
#define PAGE_SIZE_LOG2 16
#define MAX_ARGS 9 /* path_open */

static wt_api api;
static void *engine; /* one per process, never freed: its signal handlers stay anyway */

typedef struct {
  lb_host host; /* what r15 points to during a call */
  lb_shim *shim;
  wt_func func;
} wasi_function;

struct lb_wasi {
  void *config, *store, *context;
  void *error, *trap; /* of the last function that failed; owned */
};

struct lb_shim {
  lb_wasi *wasi;
  wt_memory memory;
  uint8_t *memory_base; /* NULL: none */
  size_t n;
  wasi_function functions[];
};

/* ---- the shared library */

static char *message_of(const char *format, const char *argument) {
  char *text = NULL;
  if (asprintf(&text, format, argument) < 0) return NULL;
  return text;
}

static char *bind_functions(void *library) {
#define BIND(result, name, arguments)                                       \
  *(void **)&api.name = dlsym(library, #name);                              \
  if (!api.name) return message_of("wasmtime has no function %s", #name);
  WT_FUNCTIONS(BIND)
#undef BIND
  return NULL;
}

char *lb_wasi_load(const char *path) {
  if (engine) return NULL;
  /* lazy binding: resolving all of it costs twenty times as much as what is used */
  void *library = dlopen(path, RTLD_LAZY | RTLD_LOCAL);
  if (!library) return message_of("%s", dlerror());
  char *problem = bind_functions(library);
  if (problem) return problem;
  void *config = api.wasm_config_new();
  api.wasmtime_config_memory_reservation_set(config, MEMORY_RESERVATION);
  api.wasmtime_config_memory_guard_size_set(config, MEMORY_GUARD);
  api.wasmtime_config_memory_may_move_set(config, false);
  /* its thread pool would not survive a fork */
  api.wasmtime_config_parallel_compilation_set(config, false);
  /* the wrappers only forward: compile them as fast as possible */
  api.wasmtime_config_cranelift_opt_level_set(config, WT_OPT_NONE);
  api.wasmtime_config_cranelift_regalloc_algorithm_set(config, WT_REGALLOC_SINGLE_PASS);
  engine = api.wasm_engine_new_with_config(config);
  return engine ? NULL : message_of("%s", "wasmtime cannot make an engine here");
}

/* ---- configuration */

/* Called on a thread of wasmtime's: 60 us per write, where its own files take 1 us. A short
 * write would be an error to it, so the loop is here. */
static intptr_t fd_write(void *data, const uint8_t *bytes, size_t size) {
  int fd = (int)(intptr_t)data;
  for (size_t done = 0; done < size;) {
    ssize_t n = write(fd, bytes + done, size - done);
    if (n < 0 && errno != EINTR) return -errno;
    if (n > 0) done += (size_t)n;
  }
  return (intptr_t)size;
}

static void fd_close(void *data) { close((int)(intptr_t)data); }

lb_wasi *lb_wasi_new(void) {
  lb_wasi *wasi = calloc(1, sizeof *wasi);
  if (wasi) wasi->config = api.wasi_config_new();
  return wasi;
}

static void drop_failure(lb_wasi *wasi) {
  if (wasi->error) api.wasmtime_error_delete(wasi->error);
  if (wasi->trap) api.wasm_trap_delete(wasi->trap);
  wasi->error = wasi->trap = NULL;
}

void lb_wasi_free(lb_wasi *wasi) {
  if (!wasi) return;
  drop_failure(wasi);
  if (wasi->config) api.wasi_config_delete(wasi->config);
  if (wasi->store) api.wasmtime_store_delete(wasi->store);
  free(wasi);
}

static const char **split(const char *flat, size_t n) {
  const char **strings = malloc((n + 1) * sizeof *strings);
  if (!strings) return NULL;
  for (size_t i = 0; i < n; i++, flat += strlen(flat) + 1) strings[i] = flat;
  return strings;
}

int lb_wasi_argv(lb_wasi *wasi, const char *flat, size_t n) {
  const char **strings = split(flat, n);
  int good = strings && api.wasi_config_set_argv(wasi->config, n, strings);
  free(strings);
  return good;
}

int lb_wasi_env(lb_wasi *wasi, const char *names, const char *values, size_t n) {
  const char **keys = split(names, n), **texts = split(values, n);
  int good = keys && texts && api.wasi_config_set_env(wasi->config, n, keys, texts);
  free(keys);
  free(texts);
  return good;
}

int lb_wasi_preopen(lb_wasi *wasi, const char *host, const char *guest, int writable) {
  return api.wasi_config_preopen_dir(wasi->config, host, guest, writable);
}

int lb_wasi_stdin(lb_wasi *wasi, int kind, const char *data, size_t size) {
  wt_bytes bytes;
  switch (kind) {
    case LB_STREAM_NONE:
      return 1;
    case LB_STREAM_INHERIT:
      api.wasi_config_inherit_stdin(wasi->config);
      return 1;
    case LB_STREAM_FILE:
      return api.wasi_config_set_stdin_file(wasi->config, data);
    case LB_STREAM_BYTES:
      api.wasm_byte_vec_new(&bytes, size, data);
      api.wasi_config_set_stdin_bytes(wasi->config, &bytes); /* takes the bytes over */
      return 1;
  }
  return 0;
}

int lb_wasi_output(lb_wasi *wasi, int fd, int kind, const char *path, int target) {
  void (*custom)(void *, wt_write, void *, wt_finalize) =
      fd == 1 ? api.wasi_config_set_stdout_custom : api.wasi_config_set_stderr_custom;
  int own;
  switch (kind) {
    case LB_STREAM_NONE:
      return 1;
    case LB_STREAM_INHERIT:
      (fd == 1 ? api.wasi_config_inherit_stdout
               : api.wasi_config_inherit_stderr)(wasi->config);
      return 1;
    case LB_STREAM_FILE:
      return (fd == 1 ? api.wasi_config_set_stdout_file
                      : api.wasi_config_set_stderr_file)(wasi->config, path);
    case LB_STREAM_FD: /* an own descriptor: the caller may close his at any time */
      own = dup(target);
      if (own < 0) return 0;
      custom(wasi->config, fd_write, (void *)(intptr_t)own, fd_close);
      return 1;
  }
  return 0;
}

/* ---- messages */

static char *text_of(void (*get)(const void *, wt_bytes *), const void *failure) {
  wt_bytes bytes = {0, NULL};
  get(failure, &bytes);
  char *text = strndup(bytes.data ? bytes.data : "", bytes.size);
  api.wasm_byte_vec_delete(&bytes);
  return text;
}

static char *take_error(void *error) {
  char *text = text_of(api.wasmtime_error_message, error);
  api.wasmtime_error_delete(error);
  return text;
}

static char *take_trap(void *trap) {
  char *text = text_of(api.wasm_trap_message, trap);
  api.wasm_trap_delete(trap);
  return text;
}

char *lb_wasi_start(lb_wasi *wasi) {
  wasi->store = api.wasmtime_store_new(engine, NULL, NULL);
  wasi->context = api.wasmtime_store_context(wasi->store);
  void *error = api.wasmtime_context_set_wasi(wasi->context, wasi->config);
  wasi->config = NULL; /* taken over */
  return error ? take_error(error) : NULL;
}

char *lb_wasi_failure(lb_wasi *wasi) {
  char *text = NULL;
  if (wasi->error) text = text_of(api.wasmtime_error_message, wasi->error);
  if (wasi->trap) text = text_of(api.wasm_trap_message, wasi->trap);
  drop_failure(wasi);
  return text;
}

/* ---- shims */

char *lb_shim_compile(const uint8_t *bytes, size_t size, uint8_t **code, size_t *code_size) {
  void *module = NULL;
  wt_bytes made = {0, NULL};
  void *error = api.wasmtime_module_new(engine, bytes, size, &module);
  if (error) return take_error(error);
  error = api.wasmtime_module_serialize(module, &made);
  api.wasmtime_module_delete(module);
  if (error) return take_error(error);
  *code = (uint8_t *)made.data;
  *code_size = made.size;
  return NULL;
}

void lb_code_free(uint8_t *code, size_t code_size) {
  wt_bytes made = {code_size, (char *)code};
  api.wasm_byte_vec_delete(&made);
}

static char *instantiate(lb_wasi *wasi, const uint8_t *bytes, size_t size,
                         wt_instance *instance) {
  void *module = NULL, *trap = NULL;
  void *error = api.wasmtime_module_deserialize(engine, bytes, size, &module);
  if (error) return take_error(error);
  void *linker = api.wasmtime_linker_new(engine);
  error = api.wasmtime_linker_define_wasi(linker);
  if (!error)
    error = api.wasmtime_linker_instantiate(linker, wasi->context, module, instance, &trap);
  api.wasmtime_linker_delete(linker);
  api.wasmtime_module_delete(module);
  if (error) return take_error(error);
  return trap ? take_trap(trap) : NULL;
}

static char *take_exports(lb_shim *shim, const wt_instance *instance, int has_memory) {
  void *context = shim->wasi->context;
  wt_extern found;
  char name[24];
  for (size_t k = 0; k < shim->n; k++) {
    int length = snprintf(name, sizeof name, "f%zu", k);
    if (!api.wasmtime_instance_export_get(context, instance, name, (size_t)length, &found) ||
        found.kind != WT_EXTERN_FUNC)
      return message_of("the shim has no function %s", name);
    shim->functions[k].shim = shim;
    shim->functions[k].func = found.of.func;
  }
  if (!has_memory) return NULL;
  if (!api.wasmtime_instance_export_get(context, instance, "memory", 6, &found) ||
      found.kind != WT_EXTERN_MEMORY)
    return message_of("the shim has no %s", "memory");
  shim->memory = found.of.memory;
  shim->memory_base = api.wasmtime_memory_data(context, &shim->memory);
  return NULL;
}

char *lb_shim_open(lb_wasi *wasi, const uint8_t *bytes, size_t size, size_t n,
                   int has_memory, lb_shim **result) {
  lb_shim *shim = calloc(1, sizeof *shim + n * sizeof *shim->functions);
  if (!shim) return message_of("%s", "out of memory");
  shim->wasi = wasi;
  shim->n = n;
  wt_instance instance;
  char *problem = instantiate(wasi, bytes, size, &instance);
  if (!problem) problem = take_exports(shim, &instance, has_memory);
  if (problem) free(shim);
  *result = problem ? NULL : shim;
  return problem;
}

void lb_shim_free(lb_shim *shim) { free(shim); }

uint8_t *lb_shim_memory_base(const lb_shim *shim) { return shim->memory_base; }

size_t lb_shim_memory_size(const lb_shim *shim) {
  if (!shim->memory_base) return 0;
  return api.wasmtime_memory_data_size(shim->wasi->context, &shim->memory);
}

uint64_t lb_shim_memory_grow(void *data, uint64_t delta) {
  const lb_shim *shim = data;
  uint64_t previous = 0;
  if (!shim->memory_base) return UINT64_MAX;
  void *error =
      api.wasmtime_memory_grow(shim->wasi->context, &shim->memory, delta, &previous);
  if (!error) return previous;
  api.wasmtime_error_delete(error);
  return UINT64_MAX;
}

/* ---- calls from compiled code */

/* The callback of every function; all arguments are integers, the result is an i32. */
static void call(lb_host *host, lb_image *image) {
  const wasi_function *function = (const wasi_function *)host;
  lb_wasi *wasi = function->shim->wasi;
  wt_raw values[MAX_ARGS];
  for (int k = 0; k < LB_N_INT_ARGS; k++) values[k].i64 = (int64_t)image->words[k];
  /* Those beyond the function's own arguments are words of its caller's frame, which is
   * always there; nobody reads them. */
  for (int k = LB_N_INT_ARGS; k < MAX_ARGS; k++)
    values[k].i64 = (int64_t)image->stack[k - LB_N_INT_ARGS];
  void *trap = NULL;
  void *error = api.wasmtime_func_call_unchecked(wasi->context, &function->func, values,
                                                 MAX_ARGS, &trap);
  if (__builtin_expect(error || trap, 0)) {
    drop_failure(wasi);
    wasi->error = error;
    wasi->trap = trap;
    return;
  }
  image->words[LB_INT_RESULTS] = (uint32_t)values[0].i32;
  image->failed = 0;
}

const void *lb_shim_bind(lb_shim *shim, const lb_funcref *like) {
  for (size_t k = 0; k < shim->n; k++) {
    lb_host *host = &shim->functions[k].host;
    *host = *(const lb_host *)like->context;
    host->memory0 = NULL;
    host->callback = call;
    host->data = NULL;
  }
  return like->code;
}

lb_host *lb_shim_host(lb_shim *shim, size_t index) {
  return index < shim->n ? &shim->functions[index].host : NULL;
}
