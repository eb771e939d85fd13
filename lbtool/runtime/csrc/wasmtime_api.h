/* The part of wasmtime's C API that WASI needs, bound at run time from the shared library
 * inside the wasmtime package. Types follow wasmtime's public headers (wasm.h, wasmtime.h,
 * wasi.h); only what is passed by value or allocated by us has a layout here. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct { size_t size; char *data; } wt_bytes;
typedef struct { uint64_t store_id; void *private_; } wt_func;
typedef struct {
  struct { uint64_t store_id; uint32_t private1; } inner;
  uint32_t private2;
} wt_memory;
typedef struct { uint64_t store_id; size_t private_; } wt_instance;
typedef struct {
  uint8_t kind;
  union { wt_func func; wt_memory memory; uint64_t widest[3]; } of;
} wt_extern;
typedef union { int32_t i32; int64_t i64; uint8_t v128[16]; } __attribute__((aligned(16))) wt_raw;
typedef intptr_t (*wt_write)(void *data, const uint8_t *bytes, size_t size);
typedef void (*wt_finalize)(void *data);

enum { WT_EXTERN_FUNC = 0, WT_EXTERN_MEMORY = 3 };
enum { WT_OPT_NONE = 0, WT_REGALLOC_SINGLE_PASS = 1 };

/* X(result, name, arguments) for every function; errors are owned pointers or NULL */
#define WT_FUNCTIONS(X)                                                                     \
  X(void *, wasm_config_new, (void))                                                        \
  X(void, wasmtime_config_memory_reservation_set, (void *, uint64_t))                       \
  X(void, wasmtime_config_memory_guard_size_set, (void *, uint64_t))                        \
  X(void, wasmtime_config_memory_may_move_set, (void *, bool))                              \
  X(void, wasmtime_config_parallel_compilation_set, (void *, bool))                         \
  X(void, wasmtime_config_cranelift_opt_level_set, (void *, uint8_t))                       \
  X(void, wasmtime_config_cranelift_regalloc_algorithm_set, (void *, uint8_t))              \
  X(void *, wasm_engine_new_with_config, (void *))                                          \
  X(void *, wasmtime_store_new, (void *, void *, wt_finalize))                              \
  X(void *, wasmtime_store_context, (void *))                                               \
  X(void, wasmtime_store_delete, (void *))                                                  \
  X(void *, wasmtime_context_set_wasi, (void *, void *))                                    \
  X(void *, wasi_config_new, (void))                                                        \
  X(void, wasi_config_delete, (void *))                                                     \
  X(bool, wasi_config_set_argv, (void *, size_t, const char **))                            \
  X(bool, wasi_config_set_env, (void *, size_t, const char **, const char **))              \
  X(void, wasi_config_inherit_stdin, (void *))                                              \
  X(void, wasi_config_inherit_stdout, (void *))                                             \
  X(void, wasi_config_inherit_stderr, (void *))                                             \
  X(bool, wasi_config_set_stdin_file, (void *, const char *))                               \
  X(void, wasi_config_set_stdin_bytes, (void *, wt_bytes *))                                \
  X(bool, wasi_config_set_stdout_file, (void *, const char *))                              \
  X(bool, wasi_config_set_stderr_file, (void *, const char *))                              \
  X(void, wasi_config_set_stdout_custom, (void *, wt_write, void *, wt_finalize))           \
  X(void, wasi_config_set_stderr_custom, (void *, wt_write, void *, wt_finalize))           \
  X(bool, wasi_config_preopen_dir, (void *, const char *, const char *, bool))              \
  X(void *, wasmtime_module_new, (void *, const uint8_t *, size_t, void **))                \
  X(void, wasmtime_module_delete, (void *))                                                 \
  X(void *, wasmtime_module_serialize, (void *, wt_bytes *))                                \
  X(void *, wasmtime_module_deserialize, (void *, const uint8_t *, size_t, void **))        \
  X(void *, wasmtime_linker_new, (void *))                                                  \
  X(void, wasmtime_linker_delete, (void *))                                                 \
  X(void *, wasmtime_linker_define_wasi, (void *))                                          \
  X(void *, wasmtime_linker_instantiate,                                                    \
    (void *, void *, const void *, wt_instance *, void **))                                 \
  X(bool, wasmtime_instance_export_get,                                                     \
    (void *, const wt_instance *, const char *, size_t, wt_extern *))                       \
  X(void *, wasmtime_func_call_unchecked,                                                   \
    (void *, const wt_func *, wt_raw *, size_t, void **))                                   \
  X(void *, wasmtime_memory_grow, (void *, const wt_memory *, uint64_t, uint64_t *))        \
  X(uint8_t *, wasmtime_memory_data, (void *, const wt_memory *))                           \
  X(size_t, wasmtime_memory_data_size, (void *, const wt_memory *))                         \
  X(void, wasmtime_error_message, (const void *, wt_bytes *))                               \
  X(void, wasmtime_error_delete, (void *))                                                  \
  X(void, wasm_trap_message, (const void *, wt_bytes *))                                    \
  X(void, wasm_trap_delete, (void *))                                                       \
  X(void, wasm_byte_vec_new, (wt_bytes *, size_t, const char *))                            \
  X(void, wasm_byte_vec_delete, (wt_bytes *))

#define WT_FIELD(result, name, arguments) result(*name) arguments;
typedef struct { WT_FUNCTIONS(WT_FIELD) } wt_api;
#undef WT_FIELD
