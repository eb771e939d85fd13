/* The runtime's records in memory, and what its C files offer each other and Cython.
 * Offsets that compiled code knows come from abi.h and are asserted in layout.c; offsets
 * that only our assembly (stubs.c) knows are the ST_ and IMG_ numbers below. */
#pragma once
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

#include "abi.h"

typedef struct lb_store lb_store;
typedef struct lb_vmctx lb_vmctx;
typedef struct lb_instance lb_instance;

/* ---- things of the WebAssembly store */

/* Delta and result in pages; UINT64_MAX when refused. */
typedef uint64_t lb_grow_fn(void *data, uint64_t delta);

typedef struct lb_memory {
  uint8_t *base; /* never moves */
  uint64_t size; /* bytes */
  uint64_t max_pages;
  uint64_t reserved; /* bytes from base that are ours or a guard; no other mapping there */
  lb_grow_fn *grow;  /* NULL: by mprotect inside our own reservation */
  void *grow_data;
} lb_memory;

typedef struct lb_table {
  uint64_t *base; /* moves when the table grows */
  uint64_t len;
  uint64_t max;
  uint64_t capacity;
} lb_table;

typedef struct lb_funcref {
  const void *code;
  lb_vmctx *context;
  uint64_t type;
  uint64_t zero;
} lb_funcref;

typedef struct lb_segment {
  const void *items; /* bytes of a data segment, u64 references of an element segment */
  uint64_t len;      /* 0 once dropped */
} lb_segment;

struct lb_instance {
  lb_vmctx *context;
  uint32_t n_memories, n_tables, n_datas, n_elems;
  lb_memory **memories;
  lb_table **tables;
  lb_segment *datas, *elems;
};

struct lb_vmctx {
  lb_store *store;
  uint8_t *memory0;
  uint64_t stack_limit;
  const void *trap;
  lb_instance *instance;
  uint64_t unused[3];
  const void *libcalls[(LB_VM_CELLS - LB_VM_LIBCALLS) / 8];
};

/* ---- calls between the host and compiled code */

/* A register image: arguments of a call in the order of abi.INT_ARGS and FLOAT_ARGS,
 * results likewise, and the stack words (arguments, then results). */
enum { LB_INTS = 0, LB_FLOATS = 6, LB_INT_RESULTS = 14, LB_FLOAT_RESULTS = 17, LB_WORDS = 21 };
typedef struct lb_image {
  uint64_t words[LB_WORDS];
  uint64_t *stack;
  uint64_t n_stack; /* enter only: words to copy in and out */
  uint64_t failed;  /* host calls: preset to 1, the callback clears it last */
} lb_image;
#define IMG_STACK 168
#define IMG_N_STACK 176
#define IMG_FAILED 184
#define IMG_SIZE 192

/* What r15 holds in a host function; begins like a VMContext. */
typedef struct lb_host lb_host;
typedef void lb_callback(lb_host *host, lb_image *image);
struct lb_host {
  lb_store *store;
  uint8_t *memory0;
  uint64_t stack_limit;
  const void *trap;
  lb_instance *instance;
  lb_callback *callback;
  void *data;
  uint64_t unused;
};
#define HOST_CALLBACK 40

#define LB_MAX_FRAMES 128
#define LB_N_REGISTERS 23

typedef struct lb_trap {
  uint32_t code;     /* abi.TRAP_*, 0 when the site is unknown */
  uint32_t signal;   /* of a memory trap, else 0 */
  uint64_t pc;       /* site: a return address, or for a signal the instruction */
  uint64_t address;  /* si_addr */
  lb_vmctx *context; /* whose code trapped */
  uint32_t n_frames;
  uint32_t more; /* the walk stopped at LB_MAX_FRAMES */
  /* return addresses, innermost first; 0 stands for frames of the host in between */
  uint64_t frames[LB_MAX_FRAMES];
  uint64_t registers[LB_N_REGISTERS]; /* at a signal, as in gregset_t */
} lb_trap;

struct lb_store {
  uint64_t entry_rsp;          /* frame of the innermost `enter`, 0 outside */
  uint64_t exit_rsp;           /* innermost host call: address of its return address, or 0 */
  volatile uint64_t request;   /* not 0: the running call has to end */
  uint64_t unused;
  volatile uint64_t owner;     /* thread that is inside, 0 for none; LB_LOCKED flag */
  volatile uint64_t call_id;   /* of the running outermost call */
  volatile uint64_t scope_id;  /* calls inside this scope bear its id; 0 for none */
  volatile uint64_t cancelled; /* the scope which has been cancelled */
  uint64_t last_id;
  uint64_t depth;
  uint64_t stack_limit;
  pthread_t thread;
  lb_store *parent; /* the store whose host function entered this one */
  lb_vmctx **contexts;
  uint64_t n_contexts, cap_contexts;
  lb_trap trap;
};
#define ST_ENTRY_RSP 0
#define ST_EXIT_RSP 8
#define ST_REQUEST 16
#define LB_LOCKED (UINT64_C(1) << 63)
#define LB_STACK_MARGIN (256 * 1024)

enum { LB_OK, LB_TRAPPED, LB_BUSY, LB_NO_STACK, LB_CANCELLED };

/* stubs.c */
int lb_enter(lb_image *image, const void *code, lb_vmctx *context, lb_store *store);
extern const char lb_enter_return[], lb_host_stub[], lb_trap_entry[], lb_trap_common[];
extern const void *const lb_libcall_stubs[LB_N_LIBCALLS];

/* calls.c */
void lb_store_init(lb_store *store);
void lb_store_clear(lb_store *store);
int lb_store_add(lb_store *store, lb_vmctx *context);
void lb_fill_head(lb_vmctx *head, lb_store *store);
int lb_begin(lb_store *store);
int lb_run(lb_store *store, lb_image *image, const void *code, lb_vmctx *context);
void lb_end(lb_store *store);
int lb_is_main_outermost(const lb_store *store);
int lb_is_elsewhere(const lb_store *store);
lb_store *lb_active(void);

/* arena.c */
#define LB_ARENA_SIZE (UINT64_C(1) << 30)
#define LB_PAGE 4096
/* Where so much is written at once, faults for small pages would cost more than the copy. */
#define LB_MUCH (UINT64_C(2) << 20)
typedef struct lb_module {
  uint8_t *start;
  uint64_t size;
  uint32_t n_funcs;
  const uint32_t *func_start; /* offsets, ascending */
  const uint32_t *frame_size;
  const uint32_t *site_start; /* per function and one: where its sites begin in `sites` */
  const uint8_t *sites;       /* packed, see sites.c */
  void *info;                 /* PyObject: what the frames of this code belong to */
} lb_module;
extern uint8_t *lb_arena;
int lb_arena_open(void);
int lb_cpu_features(void);
int lb_code_writable(uint64_t offset, uint64_t size);
int lb_code_seal(uint64_t offset, uint64_t size);
int lb_code_release(uint64_t offset, uint64_t size);
void lb_module_register(lb_module *module);
void lb_module_forget(const lb_module *module);
const lb_module *lb_module_of(uint64_t pc);
int64_t lb_func_at(const lb_module *module, uint64_t pc);

/* sites.c */
#define LB_LONGEST_SITE 9
uint64_t lb_pack_sites(uint8_t *to, const uint8_t *records, uint64_t n);
int64_t lb_site_at(const lb_module *module, uint64_t pc, int access);

/* relocate.c */
typedef struct lb_layout { /* offsets from r15; index spaces have imports first */
  uint32_t n_imported_funcs, n_funcs, n_globals, n_memories, n_tables, n_types;
  uint32_t n_datas, n_elems;
  uint32_t func_imports, globals, memories, tables, types;
  const int32_t *funcrefs;     /* per function, -1 for none */
  const uint32_t *func_starts; /* per defined function */
} lb_layout;
typedef struct lb_binding {
  const int32_t *index;
  const uint8_t *kind, *imported;
  uint32_t n;
} lb_binding;
typedef struct lb_piece { /* a compiled function, wherever its parts are */
  const uint8_t *code, *relocs, *sites;
  uint32_t n_code, frame_size, n_relocs, n_sites;
  lb_binding binding;
} lb_piece;
typedef struct lb_wrong { /* a relocation counted from 1; 0 when all are right */
  uint32_t function, relocation;
} lb_wrong;
lb_wrong lb_write(uint8_t *module, uint64_t room, const lb_piece *pieces,
                  const lb_layout *layout);
int lb_tables_hold(uint64_t size, uint32_t n_funcs, const uint32_t *starts,
                   const uint32_t *frames, const uint32_t *site_starts);

/* memory.c */
#define LB_GUARDED_RESERVATION ((UINT64_C(8) << 30) + 65536)
int lb_memory_open(lb_memory *memory, uint64_t pages, uint64_t max_pages, uint64_t reserve);
void lb_memory_close(lb_memory *memory);
uint64_t lb_memory_grow(lb_memory *memory, uint64_t delta);
int lb_table_open(lb_table *table, uint64_t len, uint64_t max, uint64_t value);
void lb_table_close(lb_table *table);
uint64_t lb_table_grow(lb_table *table, uint64_t delta, uint64_t value);

typedef struct lb_outcome { /* of a library call: a result, or a trap code */
  uint64_t value, trap;
} lb_outcome;

/* segments.c */
uint64_t lb_init_data(lb_memory *memory, uint64_t dst, const lb_segment *data, uint64_t src,
                      uint64_t len);
uint64_t lb_init_elem(lb_table *table, uint64_t dst, const lb_segment *elem, uint64_t src,
                      uint64_t len);
typedef struct lb_data { /* a data segment of a skeleton (skeleton.py) */
  uint32_t offset, start, end, how;
} lb_data;
int lb_datas_fit_module(const lb_data *d, uint64_t n, uint64_t size, uint32_t n_memories,
                        uint32_t n_globals);
void lb_load_datas(lb_instance *in, const lb_data *d, uint64_t n, const uint8_t *module);
int lb_datas_fit(const lb_instance *in, const lb_data *d, uint64_t n,
                 const uint64_t *globals);
int lb_datas_active(const lb_data *d, uint64_t n);
int64_t lb_run_datas(lb_instance *in, const lb_data *d, uint64_t n, const uint64_t *globals,
                     int fd);

/* trap.c */
uint64_t lb_record_trap(lb_vmctx *context, uint64_t pc, uint64_t sp, uint64_t code);
int64_t lb_fault_offset(const lb_store *store);
enum { LB_BY_SITE = 0, LB_BY_SIGNAL = 255 };

/* signals.c: 0 or -errno */
#define LB_GENERATIONS 32
uint64_t lb_signal_handler(int signal);
int lb_on_top(void);
int lb_keep_action(int signal, int restore);
int lb_generation_of(uint64_t handler);
int lb_install(int signal, int generation);
int lb_install_before(int signal, int generation, int other);
int lb_interrupt_signal(void);
void lb_cover_sigint(void);

/* watch.c */
int lb_watch_start(void);
int lb_watch_runs(void);
void lb_watch_post(char byte);
void lb_watch_main(lb_store *store);
void lb_watch_main_over(void);
int lb_watch_arm(lb_store *store, uint64_t id, int64_t nanoseconds);
void lb_watch_drop(lb_store *store, uint64_t id);
uint64_t lb_scope_open(lb_store *store);
void lb_scope_close(lb_store *store, uint64_t id);
