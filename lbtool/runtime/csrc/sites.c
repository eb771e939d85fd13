/* Sites of linked code: which instruction of a body a return address or a fault is of (the
 * records of abi.h). There are a hundred thousand in a megabyte of code, and nobody asks
 * before a trap: they are kept packed, function by function, and read one by one.
 *
 * A site is two bytes, relative to the one before: kind << 6 | steps of the ordinal, bytes
 * of code. Kinds: 0 an access, 1 a call; 3 is followed by the whole record. */
#define _GNU_SOURCE
#include <string.h>

#include "core.h"

#define ACCESS (LB_TRAP_MEMORY | LB_SITE_ACCESS)
enum { KIND_ACCESS, KIND_CALL, KIND_RECORD = 3 };

typedef struct site {
  uint32_t offset; /* in the function */
  uint32_t meaning;
} site;

/* Packs `n` records; gives the number of bytes, at most LB_LONGEST_SITE per record. */
uint64_t lb_pack_sites(uint8_t *to, const uint8_t *records, uint64_t n) {
  uint8_t *out = to;
  site last = {0, 0};
  for (uint64_t k = 0; k < n; k++) {
    site now;
    memcpy(&now, records + 8 * k, 8);
    uint32_t steps = (now.meaning >> 8) - (last.meaning >> 8);
    uint32_t bytes = now.offset - last.offset;
    uint8_t code = now.meaning & 0xFF;
    if (steps < 64 && bytes < 256 && (code == ACCESS || code == LB_SITE_CALL)) {
      *out++ = (uint8_t)((code == ACCESS ? KIND_ACCESS : KIND_CALL) << 6 | steps);
      *out++ = (uint8_t)bytes;
    } else {
      *out++ = KIND_RECORD << 6;
      memcpy(out, &now, 8);
      out += 8;
    }
    last = now;
  }
  return (uint64_t)(out - to);
}

/* Unpacks the site at `at` into `now`, which is the one before; gives where the next one
 * is, or NULL when there is none before `end`. Any bytes will do. */
static const uint8_t *unpack(const uint8_t *at, const uint8_t *end, site *now) {
  if (end - at < 2) return NULL;
  if (at[0] >> 6 == KIND_RECORD) {
    if (end - at < LB_LONGEST_SITE) return NULL;
    memcpy(now, at + 1, 8);
    return at + LB_LONGEST_SITE;
  }
  uint32_t ordinal = (now->meaning >> 8) + (at[0] & 63);
  now->meaning = ordinal << 8 | (at[0] >> 6 == KIND_CALL ? LB_SITE_CALL : ACCESS);
  now->offset += at[1];
  return at + 2;
}

/* ordinal << 8 | code of the site at exactly pc, or -1. An access that can fault may start
 * where a call returns to: `access` says which of the two is meant. */
int64_t lb_site_at(const lb_module *module, uint64_t pc, int access) {
  int64_t func = lb_func_at(module, access ? pc : pc - 1);
  if (func < 0) return -1;
  uint64_t offset = pc - (uint64_t)module->start - module->func_start[func];
  const uint8_t *at = module->sites + module->site_start[func];
  const uint8_t *end = module->sites + module->site_start[func + 1];
  site now = {0, 0};
  while ((at = unpack(at, end, &now)) && now.offset <= offset)
    if (now.offset == offset && ((now.meaning & LB_SITE_ACCESS) != 0) == (access != 0))
      return now.meaning & ~(uint32_t)LB_SITE_ACCESS;
  return -1;
}
