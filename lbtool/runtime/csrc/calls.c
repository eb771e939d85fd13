/* Entering and leaving a store: ownership by one thread, stack limits, and the record of
 * which stores the thread is inside of. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core.h"

#define LONGEST_STACK (UINT64_C(64) << 20)

typedef struct {
  uint64_t id; /* 0 until first used */
  uint64_t stack_limit;
  pthread_t self;
  lb_store *active; /* innermost store that this thread is inside of */
  int is_main;
} thread_state;

/* Read by signal handlers: the model with no allocation at first use. */
static __thread thread_state thread __attribute__((tls_model("initial-exec")));
static volatile uint64_t last_thread_id;

/* The child's only thread may be inside of stores, so it keeps its id. */
static void thread_after_fork(void) { thread.is_main = 1; }

static void thread_init(void) {
  static volatile int registered;
  pthread_attr_t attributes;
  void *low = NULL;
  size_t size = 0, guard = 0;
  uint64_t here = (uint64_t)__builtin_frame_address(0);
  thread.self = pthread_self();
  thread.is_main = getpid() == gettid();
  if (pthread_getattr_np(thread.self, &attributes) == 0) {
    pthread_attr_getstack(&attributes, &low, &size);
    pthread_attr_getguardsize(&attributes, &guard);
    pthread_attr_destroy(&attributes);
  }
  uint64_t floor = (uint64_t)low + guard;
  if (!low || floor > here) floor = here - 256 * 1024; /* unknown: a safe small stack */
  /* the main thread's stack may have no limit; it has one here */
  if (here - floor > LONGEST_STACK) floor = here - LONGEST_STACK;
  thread.stack_limit = floor + LB_STACK_MARGIN;
  if (!__atomic_exchange_n(&registered, 1, __ATOMIC_ACQ_REL))
    pthread_atfork(NULL, NULL, thread_after_fork);
  thread.id = __atomic_add_fetch(&last_thread_id, 1, __ATOMIC_RELAXED);
}

lb_store *lb_active(void) { return thread.active; }

int lb_is_main_outermost(const lb_store *store) {
  return thread.is_main && store->depth == 1 && !store->parent;
}

/* Whether another thread is inside the store. */
int lb_is_elsewhere(const lb_store *store) {
  uint64_t owner = store->owner & ~LB_LOCKED;
  return owner && owner != thread.id;
}

void lb_store_init(lb_store *store) { memset(store, 0, sizeof *store); }

void lb_store_clear(lb_store *store) {
  lb_watch_drop(store, 0);
  free(store->contexts);
  store->contexts = NULL;
  store->n_contexts = store->cap_contexts = 0;
}

void lb_fill_head(lb_vmctx *head, lb_store *store) {
  head->store = store;
  head->stack_limit = store->stack_limit;
  head->trap = lb_trap_entry;
  for (int k = 0; k < LB_N_LIBCALLS; k++) head->libcalls[k] = lb_libcall_stubs[k];
}

/* 0, or -1 without memory. */
int lb_store_add(lb_store *store, lb_vmctx *context) {
  if (store->n_contexts == store->cap_contexts) {
    uint64_t capacity = 2 * store->cap_contexts + 4;
    lb_vmctx **grown = realloc(store->contexts, capacity * sizeof *grown);
    if (!grown) return -1;
    store->contexts = grown;
    store->cap_contexts = capacity;
  }
  store->contexts[store->n_contexts++] = context;
  return 0;
}

/* Called with the GIL, as lb_end is. */
int lb_begin(lb_store *store) {
  if (!thread.id) thread_init();
  uint64_t free_owner = 0;
  if ((store->owner & ~LB_LOCKED) == thread.id) {
    store->depth++;
    return LB_OK;
  }
  if (!__atomic_compare_exchange_n(&store->owner, &free_owner, thread.id, 0,
                                   __ATOMIC_SEQ_CST, __ATOMIC_RELAXED))
    return LB_BUSY;
  store->thread = thread.self;
  store->depth = 1;
  store->parent = thread.active;
  thread.active = store;
  if (store->stack_limit != thread.stack_limit) {
    store->stack_limit = thread.stack_limit;
    for (uint64_t k = 0; k < store->n_contexts; k++)
      store->contexts[k]->stack_limit = thread.stack_limit;
  }
  uint64_t scope = store->scope_id;
  __atomic_store_n(&store->call_id, scope ? scope : ++store->last_id, __ATOMIC_RELEASE);
  return LB_OK;
}

int lb_run(lb_store *store, lb_image *image, const void *code, lb_vmctx *context) {
  if (store->scope_id && store->cancelled == store->scope_id) return LB_CANCELLED;
  for (const lb_store *s = store; s; s = s->parent)
    if (s->request) return LB_CANCELLED;
  uint64_t here = (uint64_t)__builtin_frame_address(0);
  if (here - 8 * image->n_stack - 1024 < store->stack_limit) return LB_NO_STACK;
  return lb_enter(image, code, context, store);
}

void lb_end(lb_store *store) {
  if (--store->depth) return;
  /* the watcher may hold the lock for the time of one pthread_kill */
  uint64_t mine = thread.id;
  while (!__atomic_compare_exchange_n(&store->owner, &mine, thread.id | LB_LOCKED, 0,
                                      __ATOMIC_SEQ_CST, __ATOMIC_RELAXED)) {
    mine = thread.id;
    __builtin_ia32_pause();
  }
  thread.active = store->parent;
  __asm__ volatile("" ::: "memory"); /* from here our own handler leaves `request` alone */
  store->request = 0;
  store->parent = NULL;
  store->call_id = 0;
  __atomic_store_n(&store->owner, 0, __ATOMIC_RELEASE);
}
