/* Copying from segments into memories and tables: for library calls, and for the active
 * segments at instantiation (Core Specification 2.0, sections 4.4.6, 4.4.7 and 4.5.4). */
#include <string.h>

#include "core.h"

static int fits(uint64_t at, uint64_t len, uint64_t size) {
  return len <= size && at <= size - len;
}

/* A trap code or 0; nothing is written unless all of it fits. */
uint64_t lb_init_data(lb_instance *in, uint64_t dst, uint64_t src, uint64_t len,
                      uint32_t data, uint32_t memory) {
  const lb_segment *segment = &in->datas[data];
  lb_memory *m = in->memories[memory];
  if (!fits(src, len, segment->len) || !fits(dst, len, m->size)) return LB_TRAP_MEMORY;
  if (len) memcpy(m->base + dst, (const uint8_t *)segment->items + src, len);
  return 0;
}

uint64_t lb_init_elem(lb_instance *in, uint64_t dst, uint64_t src, uint64_t len,
                      uint32_t elem, uint32_t table) {
  const lb_segment *segment = &in->elems[elem];
  lb_table *t = in->tables[table];
  if (!fits(src, len, segment->len) || !fits(dst, len, t->len)) return LB_TRAP_TABLE;
  if (len) memcpy(t->base + dst, (const uint64_t *)segment->items + src, 8 * len);
  return 0;
}
