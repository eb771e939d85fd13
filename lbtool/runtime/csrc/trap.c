/* What is kept of a call that is being abandoned. The walk over the frames is done here,
 * while the stack is intact: it needs no copy of the stack and works with frames of any
 * size. It reads only frame sizes; names and byte offsets are found later, when asked. */
#include "core.h"

typedef struct {
  const lb_store *store;
  const uint64_t *entry; /* frame of lb_enter that the walk will reach next */
  uint64_t pc, sp;
} cursor;

static void push(lb_trap *trap, uint64_t pc) {
  if (trap->n_frames < LB_MAX_FRAMES)
    trap->frames[trap->n_frames++] = pc;
  else
    trap->more = 1;
}

/* Continue in the code that called the host function below this entry. 0: there is none. */
static int cross_entry(cursor *at, lb_trap *trap) {
  const uint64_t *exit = (const uint64_t *)at->entry[1];
  at->entry = (const uint64_t *)at->entry[0];
  while (!exit) {
    at->store = at->store->parent;
    if (!at->store) return 0;
    exit = (const uint64_t *)at->store->exit_rsp;
    at->entry = (const uint64_t *)at->store->entry_rsp;
  }
  push(trap, 0);
  at->pc = exit[0];
  at->sp = (uint64_t)(exit + 1);
  return 1;
}

static uint64_t frame_size(const lb_module *module, uint64_t pc) {
  int64_t func = lb_func_at(module, pc - 1);
  return func < 0 ? 0 : module->frame_size[func];
}

static int is_return_address(uint64_t pc) {
  const lb_module *module = lb_module_of(pc);
  return pc == (uint64_t)lb_enter_return || (module && lb_site_at(module, pc, 0) >= 0);
}

/* Depth of the innermost frame. An interrupt may hit a prologue or an epilogue, where the
 * frame is not in place; the word at the full depth is then no return address. */
static uint64_t innermost_depth(const cursor *at, const lb_module *module, uint64_t code) {
  uint64_t size = frame_size(module, at->pc + (at->store->trap.signal != 0));
  if (code == LB_TRAP_STACK) return 0;
  if (code != LB_TRAP_INTERRUPT || lb_site_at(module, at->pc, 0) >= 0) return size;
  uint64_t top = (uint64_t)at->entry;
  if (at->sp + size < top && is_return_address(*(const uint64_t *)(at->sp + size)))
    return size;
  return 0;
}

static void walk(cursor *at, lb_trap *trap) {
  uint64_t depth = 0;
  const lb_module *module = lb_module_of(at->pc);
  if (module) {
    depth = innermost_depth(at, module, trap->code);
  } else { /* a native host function: its return address is on top */
    push(trap, 0);
    at->pc = *(const uint64_t *)at->sp;
    at->sp += 8;
    module = lb_module_of(at->pc);
    if (module) depth = frame_size(module, at->pc);
  }
  while (!trap->more) {
    if (at->pc == (uint64_t)lb_enter_return) {
      if (!cross_entry(at, trap)) return;
    } else if (module) {
      push(trap, at->pc);
      at->pc = *(const uint64_t *)(at->sp + depth);
      at->sp += depth + 8;
    } else {
      return;
    }
    module = lb_module_of(at->pc);
    if (module) depth = frame_size(module, at->pc);
  }
}

/* Called by lb_trap_common on the stack of the abandoned call; gives the entry rsp. */
__attribute__((used, visibility("hidden"))) uint64_t lb_record_trap(
    lb_vmctx *context, uint64_t pc, uint64_t sp, uint64_t code) {
  lb_store *store = context->store;
  lb_trap *trap = &store->trap;
  const lb_module *module = lb_module_of(pc);
  if (code != LB_BY_SIGNAL) trap->signal = 0;
  if (code == LB_BY_SITE || code == LB_BY_SIGNAL) {
    int64_t site = module ? lb_site_at(module, pc, code == LB_BY_SIGNAL) : -1;
    if (module)
      code = site < 0 ? 0 : (uint64_t)site & 0xFF;
    else
      code = LB_TRAP_HOST;
  }
  trap->code = (uint32_t)code;
  trap->pc = pc;
  trap->context = context;
  trap->n_frames = trap->more = 0;
  cursor at = {store, (const uint64_t *)store->entry_rsp, pc, sp};
  walk(&at, trap);
  return store->entry_rsp;
}

/* Offset of the faulting address in a memory of the instance whose code faulted, or -1. */
int64_t lb_fault_offset(const lb_store *store) {
  const lb_trap *trap = &store->trap;
  if (trap->code != LB_TRAP_MEMORY) return -1;
  for (uint64_t k = 0; k < store->n_contexts; k++) {
    const lb_instance *in = store->contexts[k]->instance;
    if (store->contexts[k] != trap->context) continue;
    for (uint32_t m = 0; m < in->n_memories; m++) {
      uint64_t offset = trap->address - (uint64_t)in->memories[m]->base;
      if (offset < in->memories[m]->reserved) return (int64_t)offset;
    }
  }
  return -1;
}
