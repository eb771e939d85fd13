/* Copying from segments into memories and tables: for library calls, and for the active
 * segments at instantiation (Core Specification 2.0, sections 4.4.6, 4.4.7 and 4.5.4). */
#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core.h"

static int fits(uint64_t at, uint64_t len, uint64_t size) {
  return len <= size && at <= size - len;
}

/* A trap code or 0; nothing is written unless all of it fits. */
uint64_t lb_init_data(lb_memory *m, uint64_t dst, const lb_segment *data, uint64_t src,
                      uint64_t len) {
  if (!fits(src, len, data->len) || !fits(dst, len, m->size)) return LB_TRAP_MEMORY;
  if (len) memcpy(m->base + dst, (const uint8_t *)data->items + src, len);
  return 0;
}

uint64_t lb_init_elem(lb_table *t, uint64_t dst, const lb_segment *elem, uint64_t src,
                      uint64_t len) {
  if (!fits(src, len, elem->len) || !fits(dst, len, t->len)) return LB_TRAP_TABLE;
  if (len) memcpy(t->base + dst, (const uint64_t *)elem->items + src, 8 * len);
  return 0;
}

/* ---- the data segments of a skeleton, all at once */

static uint32_t mode_of(const lb_data *d) { return d->how & 3; }
static uint32_t memory_of(const lb_data *d) { return d->how >> 8; }
static uint32_t offset_kind(const lb_data *d) { return d->how >> 2 & 63; }
enum { ACTIVE, PASSIVE };
enum { CONSTANT, GLOBAL };

static uint64_t offset_of(const lb_data *d, const uint64_t *globals) {
  return offset_kind(d) == GLOBAL ? (uint32_t)globals[d->offset] : d->offset;
}

/* Whether every number is one that the functions below may use. */
int lb_datas_fit_module(const lb_data *d, uint64_t n, uint64_t size, uint32_t n_memories,
                        uint32_t n_globals) {
  for (const lb_data *end = d + n; d < end; d++) {
    if (d->start > d->end || d->end > size || mode_of(d) > PASSIVE) return 0;
    if (mode_of(d) == PASSIVE) continue;
    if (memory_of(d) >= n_memories || offset_kind(d) > GLOBAL) return 0;
    if (offset_kind(d) == GLOBAL && d->offset >= n_globals) return 0;
  }
  return 1;
}

int lb_datas_active(const lb_data *d, uint64_t n) {
  for (uint64_t k = 0; k < n; k++)
    if (mode_of(&d[k]) != ACTIVE) return 0;
  return 1;
}

/* `module` may be NULL when all segments are active. */
void lb_load_datas(lb_instance *in, const lb_data *d, uint64_t n, const uint8_t *module) {
  for (uint64_t k = 0; k < n; k++) {
    in->datas[k].items = module ? module + d[k].start : NULL;
    in->datas[k].len = d[k].end - d[k].start;
  }
}

/* Whether every active segment fits its memory as it is now. */
int lb_datas_fit(const lb_instance *in, const lb_data *d, uint64_t n,
                 const uint64_t *globals) {
  for (uint64_t k = 0; k < n; k++)
    if (mode_of(&d[k]) == ACTIVE &&
        !fits(offset_of(&d[k], globals), in->datas[k].len,
              in->memories[memory_of(&d[k])]->size))
      return 0;
  return 1;
}

/* Large pages for the part of memory 0 that the segments nearly fill, if it is large. */
static void expect_datas(const lb_instance *in, const lb_data *d, uint64_t n,
                         const uint64_t *globals) {
  uint64_t low = UINT64_MAX, high = 0, total = 0;
  for (uint64_t k = 0; k < n; k++) {
    if (mode_of(&d[k]) != ACTIVE || memory_of(&d[k])) continue;
    uint64_t at = offset_of(&d[k], globals), len = in->datas[k].len;
    if (!fits(at, len, in->memories[0]->size)) return;
    low = at < low ? at : low;
    high = at + len > high ? at + len : high;
    total += len;
  }
  if (total < LB_MUCH || total < (high - low) / 2) return;
  low &= ~(uint64_t)(LB_PAGE - 1);
  madvise(in->memories[0]->base + low, high - low, MADV_HUGEPAGE);
}

/* What was read last of a file; segments mostly follow each other. */
typedef struct window {
  int fd;
  uint64_t start, end;
  uint8_t bytes[1 << 16];
} window;

static int64_t read_at(window *w, uint8_t *to, uint64_t len, uint64_t at) {
  ssize_t n = pread(w->fd, to, len, (off_t)at);
  return n > 0 ? n : n < 0 ? -errno : -EIO; /* -EIO: the file has become shorter */
}

/* Bytes [from, to) of the file. 0 or -errno. */
static int64_t copy_from(window *w, uint8_t *dst, uint64_t from, uint64_t to) {
  while (from < to) {
    uint64_t len = to - from;
    int64_t n;
    if (from >= w->start && from < w->end) {
      n = (int64_t)(len < w->end - from ? len : w->end - from);
      memcpy(dst, w->bytes + (from - w->start), (uint64_t)n);
    } else if (len >= sizeof w->bytes) {
      if ((n = read_at(w, dst, len, from)) < 0) return n;
    } else {
      if ((n = read_at(w, w->bytes, sizeof w->bytes, from)) < 0) return n;
      w->start = from;
      w->end = from + (uint64_t)n;
      continue;
    }
    dst += n;
    from += (uint64_t)n;
  }
  return 0;
}

/* Write the active segments in order and drop them: from where `lb_load_datas` saw them, or
 * when fd >= 0 from that file. A trap code, -errno or 0. */
int64_t lb_run_datas(lb_instance *in, const lb_data *d, uint64_t n, const uint64_t *globals,
                     int fd) {
  window w;
  w.fd = fd;
  w.start = w.end = 0;
  expect_datas(in, d, n, globals);
  for (uint64_t k = 0; k < n; k++) {
    if (mode_of(&d[k]) != ACTIVE) continue;
    uint64_t at = offset_of(&d[k], globals), len = in->datas[k].len;
    lb_memory *m = in->memories[memory_of(&d[k])];
    if (!fits(at, len, m->size)) return LB_TRAP_MEMORY;
    if (fd < 0 && len) memcpy(m->base + at, in->datas[k].items, len);
    int64_t status = fd < 0 ? 0 : copy_from(&w, m->base + at, d[k].start, d[k].end);
    if (status) return status;
    in->datas[k].len = 0;
  }
  return 0;
}
