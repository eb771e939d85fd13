/* Executable memory: one reservation, in which every module has pages of its own that are
 * written (RW), sealed (RX) and never both. Who gets which pages is decided in Python. */
#define _GNU_SOURCE
#include <errno.h>
#include <sys/mman.h>

#include "core.h"

uint8_t *lb_arena;
static const lb_module *page_owner[LB_ARENA_SIZE / LB_PAGE];

int lb_arena_open(void) {
  if (lb_arena) return 0;
  void *base = mmap(NULL, LB_ARENA_SIZE, PROT_NONE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (base == MAP_FAILED) return -errno;
  lb_arena = base;
  return 0;
}

/* The features of lbtool.compiler.target, a bit for each: code for one set of them may not
 * run on a processor with another. */
int lb_cpu_features(void) {
  __builtin_cpu_init();
  return (__builtin_cpu_supports("lzcnt") ? 1 : 0) + (__builtin_cpu_supports("bmi") ? 2 : 0) +
         (__builtin_cpu_supports("avx") ? 4 : 0);
}

static int inside(uint64_t offset, uint64_t size) {
  return offset % LB_PAGE == 0 && size % LB_PAGE == 0 && size <= LB_ARENA_SIZE &&
         offset <= LB_ARENA_SIZE - size;
}

int lb_code_writable(uint64_t offset, uint64_t size) {
  if (!inside(offset, size)) return -EINVAL;
  if (mprotect(lb_arena + offset, size, PROT_READ | PROT_WRITE)) return -errno;
  if (size >= LB_MUCH) madvise(lb_arena + offset, size, MADV_HUGEPAGE);
  return 0;
}

int lb_code_seal(uint64_t offset, uint64_t size) {
  if (!inside(offset, size)) return -EINVAL;
  return mprotect(lb_arena + offset, size, PROT_READ | PROT_EXEC) ? -errno : 0;
}

/* Mapping anew gives the memory back and leaves nothing of the old code readable. */
int lb_code_release(uint64_t offset, uint64_t size) {
  if (!inside(offset, size)) return -EINVAL;
  void *at = mmap(lb_arena + offset, size, PROT_NONE,
                  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
  return at == MAP_FAILED ? -errno : 0;
}

static void set_owner(const lb_module *module, const lb_module *owner) {
  uint64_t first = (uint64_t)(module->start - lb_arena) / LB_PAGE;
  uint64_t pages = (module->size + LB_PAGE - 1) / LB_PAGE;
  for (uint64_t k = 0; k < pages; k++)
    __atomic_store_n(&page_owner[first + k], owner, __ATOMIC_RELEASE);
}

void lb_module_register(lb_module *module) { set_owner(module, module); }
void lb_module_forget(const lb_module *module) { set_owner(module, NULL); }

const lb_module *lb_module_of(uint64_t pc) {
  uint64_t offset = pc - (uint64_t)lb_arena;
  if (!lb_arena || offset >= LB_ARENA_SIZE) return NULL;
  return __atomic_load_n(&page_owner[offset / LB_PAGE], __ATOMIC_ACQUIRE);
}

/* Number of the defined function that holds pc, or -1. */
int64_t lb_func_at(const lb_module *module, uint64_t pc) {
  uint64_t offset = pc - (uint64_t)module->start;
  if (offset >= module->size) return -1;
  uint32_t low = 0, high = module->n_funcs;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (module->func_start[middle] <= offset)
      low = middle + 1;
    else
      high = middle;
  }
  return (int64_t)low - 1;
}
