/* Filling the relocatable fields of one function's code. Every number of a relocation is
 * checked: an artifact may come from a cache, and a wrong one must be an error. */
#include <string.h>

#include "core.h"

#define MAX_FRAME (UINT32_C(1) << 30)

static int64_t cell_of(uint32_t kind, int imported, uint32_t index, const lb_layout *at) {
  switch (kind) {
    case LB_SLOT_FUNC:
      if (!imported || index >= at->n_imported_funcs) return -1;
      return at->func_imports + (int64_t)index * LB_CELL_FUNC_IMPORT;
    case LB_SLOT_TYPE:
      return index < at->n_types ? at->types + (int64_t)index * LB_CELL_TYPE : -1;
    case LB_SLOT_TABLE:
      return index < at->n_tables ? at->tables + (int64_t)index * LB_CELL_TABLE : -1;
    case LB_SLOT_MEMORY:
      return index < at->n_memories ? at->memories + (int64_t)index * LB_CELL_MEMORY : -1;
    case LB_SLOT_GLOBAL:
      return index < at->n_globals ? at->globals + (int64_t)index * LB_CELL_GLOBAL : -1;
    default:
      return -1;
  }
}

static int64_t value_of(uint32_t kind, uint32_t slot, uint64_t field, const lb_binding *b,
                        const lb_layout *at) {
  uint32_t index = (uint32_t)b->index[slot];
  uint32_t is = b->kind[slot];
  switch (kind) {
    case LB_RELOC_CALL:
      if (is != LB_SLOT_FUNC || index < at->n_imported_funcs || index >= at->n_funcs)
        return INT64_MIN;
      return (int64_t)at->func_starts[index - at->n_imported_funcs] - (int64_t)(field + 4);
    case LB_RELOC_CELL: {
      int64_t cell = cell_of(is, b->imported[slot], index, at);
      return cell < 0 ? INT64_MIN : cell;
    }
    case LB_RELOC_FUNCREF:
      if (is != LB_SLOT_FUNC || index >= at->n_funcs || at->funcrefs[index] < 0)
        return INT64_MIN;
      return at->funcrefs[index];
    case LB_RELOC_INDEX:
      return index;
    default:
      return INT64_MIN;
  }
}

/* Apply the relocations of the function at module[start .. start + size). Returns 0, or the
 * number of the wrong relocation counted from 1. */
static int relocate(uint8_t *module, uint64_t start, uint64_t size, const uint8_t *relocs,
                    uint64_t n_relocs, const lb_binding *binding, const lb_layout *layout) {
  for (uint64_t k = 0; k < n_relocs; k++) {
    uint32_t record[4];
    memcpy(record, relocs + 16 * k, 16);
    uint32_t offset = record[0], kind = record[1], slot = record[2];
    if (size < 4 || offset > size - 4 || slot >= binding->n) return (int)k + 1;
    int64_t value = value_of(kind, slot, start + offset, binding, layout);
    if (value == INT64_MIN) return (int)k + 1;
    if (kind != LB_RELOC_CALL) value += (int32_t)record[3];
    uint32_t bits = (uint32_t)value;
    memcpy(module + start + offset, &bits, 4);
  }
  return 0;
}

/* Copy and relocate all functions of a module into a block of `room` bytes, where
 * layout->func_starts says; what is between them are breakpoints. */
lb_wrong lb_write(uint8_t *module, uint64_t room, const lb_piece *pieces,
                  const lb_layout *layout) {
  lb_wrong wrong = {0, 0};
  uint32_t n = layout->n_funcs - layout->n_imported_funcs;
  for (uint32_t k = 0; k < n; k++) {
    const lb_piece *piece = pieces + k;
    uint64_t start = layout->func_starts[k], end = start + piece->n_code;
    memcpy(module + start, piece->code, piece->n_code);
    memset(module + end, 0xCC, (k + 1 < n ? layout->func_starts[k + 1] : room) - end);
    wrong.relocation = (uint32_t)relocate(module, start, piece->n_code, piece->relocs,
                                          piece->n_relocs, &piece->binding, layout);
    if (wrong.relocation) {
      wrong.function = k;
      break;
    }
  }
  if (!n) memset(module, 0xCC, room);
  return wrong;
}

/* Whether tables say of a block of `size` bytes what the functions of arena.c and sites.c
 * rely on: starts ascend, and all are inside. */
int lb_tables_hold(uint64_t size, uint32_t n_funcs, const uint32_t *starts,
                   const uint32_t *frames, const uint32_t *site_starts) {
  for (uint32_t k = 0; k < n_funcs; k++)
    if (starts[k] >= size || (k && starts[k] < starts[k - 1]) || frames[k] >= MAX_FRAME ||
        frames[k] % 8 || site_starts[k] > site_starts[k + 1])
      return 0;
  return site_starts[0] == 0;
}
