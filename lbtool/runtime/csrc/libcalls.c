/* Library calls: instructions that compiled code leaves to C (Core Specification 2.0,
 * sections 4.4.6 and 4.4.7). All bounds are checked before anything is written. The stubs
 * name these functions lb_lib_*; a result beside 0 in `trap` never returns to the code. */
#include <string.h>

#include "core.h"

#define USED __attribute__((used, visibility("hidden")))
#define FAILED UINT32_MAX

static lb_outcome value(uint64_t v) { return (lb_outcome){v, 0}; }
static lb_outcome trap(uint64_t code) { return (lb_outcome){0, code}; }

static int fits(uint64_t at, uint64_t len, uint64_t size) {
  return len <= size && at <= size - len;
}

USED lb_outcome lb_lib_memory_grow(lb_vmctx *vm, uint32_t delta, lb_memory *memory) {
  uint64_t old = lb_memory_grow(memory, delta);
  return value(old == UINT64_MAX ? FAILED : old);
}

USED lb_outcome lb_lib_memory_fill(lb_vmctx *vm, uint32_t dst, uint32_t byte, uint32_t len,
                                   lb_memory *m) {
  if (!fits(dst, len, m->size)) return trap(LB_TRAP_MEMORY);
  memset(m->base + dst, (int)(byte & 0xFF), len);
  return value(0);
}

USED lb_outcome lb_lib_memory_copy(lb_vmctx *vm, uint32_t dst, uint32_t src, uint32_t len,
                                   lb_memory *d, lb_memory *s) {
  if (!fits(dst, len, d->size) || !fits(src, len, s->size)) return trap(LB_TRAP_MEMORY);
  memmove(d->base + dst, s->base + src, len);
  return value(0);
}

USED lb_outcome lb_lib_memory_init(lb_vmctx *vm, uint32_t dst, uint32_t src, uint32_t len,
                                   uint32_t data, lb_memory *memory) {
  return trap(lb_init_data(memory, dst, &vm->instance->datas[data], src, len));
}

USED lb_outcome lb_lib_data_drop(lb_vmctx *vm, uint32_t data) {
  vm->instance->datas[data].len = 0;
  return value(0);
}

USED lb_outcome lb_lib_table_grow(lb_vmctx *vm, uint64_t item, uint32_t delta, lb_table *t) {
  uint64_t old = lb_table_grow(t, delta, item);
  return value(old == UINT64_MAX ? FAILED : old);
}

USED lb_outcome lb_lib_table_fill(lb_vmctx *vm, uint32_t at, uint64_t item, uint32_t len,
                                  lb_table *t) {
  if (!fits(at, len, t->len)) return trap(LB_TRAP_TABLE);
  for (uint64_t k = 0; k < len; k++) t->base[at + k] = item;
  return value(0);
}

USED lb_outcome lb_lib_table_copy(lb_vmctx *vm, uint32_t dst, uint32_t src, uint32_t len,
                                  lb_table *d, lb_table *s) {
  if (!fits(dst, len, d->len) || !fits(src, len, s->len)) return trap(LB_TRAP_TABLE);
  if (len) memmove(d->base + dst, s->base + src, 8 * (uint64_t)len);
  return value(0);
}

USED lb_outcome lb_lib_table_init(lb_vmctx *vm, uint32_t dst, uint32_t src, uint32_t len,
                                  uint32_t elem, lb_table *table) {
  return trap(lb_init_elem(table, dst, &vm->instance->elems[elem], src, len));
}

USED lb_outcome lb_lib_elem_drop(lb_vmctx *vm, uint32_t elem) {
  vm->instance->elems[elem].len = 0;
  return value(0);
}
