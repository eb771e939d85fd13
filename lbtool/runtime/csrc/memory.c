/* Linear memories (reservations that grow in place) and tables (arrays that may move). */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "core.h"

#define PAGE_LOG2 16
#define MAX_PAGES (UINT64_C(1) << 16)
#define MAX_TABLE 10000000 /* elements; the limit that other engines have, too */

/* `reserve` bytes of address space, `pages` of them usable. 0 or -errno. */
int lb_memory_open(lb_memory *memory, uint64_t pages, uint64_t max_pages, uint64_t reserve) {
  memset(memory, 0, sizeof *memory);
  if (max_pages > MAX_PAGES) max_pages = MAX_PAGES;
  if (pages > max_pages || pages << PAGE_LOG2 > reserve) return -EINVAL;
  void *base = mmap(NULL, reserve, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
                    -1, 0);
  if (base == MAP_FAILED) return -errno;
  memory->base = base;
  memory->reserved = reserve;
  if (max_pages > reserve >> PAGE_LOG2) max_pages = reserve >> PAGE_LOG2;
  memory->max_pages = max_pages;
  if (lb_memory_grow(memory, pages) == UINT64_MAX) {
    lb_memory_close(memory);
    return -ENOMEM;
  }
  return 0;
}

void lb_memory_close(lb_memory *memory) {
  if (memory->base && !memory->grow) munmap(memory->base, memory->reserved);
  memory->base = NULL;
  memory->size = memory->reserved = 0;
}

uint64_t lb_memory_grow(lb_memory *memory, uint64_t delta) {
  uint64_t pages = memory->size >> PAGE_LOG2;
  if (delta > memory->max_pages - pages) return UINT64_MAX;
  if (memory->grow) {
    if (memory->grow(memory->grow_data, delta) == UINT64_MAX) return UINT64_MAX;
  } else if (delta && mprotect(memory->base + memory->size, delta << PAGE_LOG2,
                               PROT_READ | PROT_WRITE)) {
    return UINT64_MAX;
  }
  memory->size += delta << PAGE_LOG2;
  return pages;
}

static int ensure_capacity(lb_table *table, uint64_t len) {
  if (len <= table->capacity) return 0;
  uint64_t capacity = table->capacity + table->capacity / 2;
  if (capacity < len) capacity = len;
  uint64_t *grown = realloc(table->base, (capacity ? capacity : 1) * sizeof *grown);
  if (!grown) return -ENOMEM;
  table->base = grown;
  table->capacity = capacity;
  return 0;
}

int lb_table_open(lb_table *table, uint64_t len, uint64_t max, uint64_t value) {
  memset(table, 0, sizeof *table);
  table->max = max > MAX_TABLE ? MAX_TABLE : max;
  return lb_table_grow(table, len, value) == UINT64_MAX ? -ENOMEM : 0;
}

void lb_table_close(lb_table *table) {
  free(table->base);
  memset(table, 0, sizeof *table);
}

uint64_t lb_table_grow(lb_table *table, uint64_t delta, uint64_t value) {
  uint64_t old = table->len;
  if (delta > table->max - old || ensure_capacity(table, old + delta)) return UINT64_MAX;
  for (uint64_t k = 0; k < delta; k++) table->base[old + k] = value;
  table->len = old + delta;
  return old;
}
