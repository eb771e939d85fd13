/* Proof that the C records lie as compiled code (abi.h) and the stubs believe. */
#include "core.h"

#define AT(type, field, offset) \
  _Static_assert(offsetof(type, field) == (offset), #type "." #field)

AT(lb_vmctx, store, LB_VM_STORE);
AT(lb_vmctx, memory0, LB_VM_MEMORY0);
AT(lb_vmctx, stack_limit, LB_VM_STACK_LIMIT);
AT(lb_vmctx, trap, LB_VM_TRAP);
AT(lb_vmctx, instance, LB_VM_INSTANCE);
AT(lb_vmctx, libcalls, LB_VM_LIBCALLS);
_Static_assert(sizeof(lb_vmctx) == LB_VM_CELLS, "cells follow the head");
_Static_assert(LB_VM_LIBCALLS + 8 * LB_N_LIBCALLS <= LB_VM_CELLS, "room for libcalls");

AT(lb_host, store, LB_VM_STORE);
AT(lb_host, memory0, LB_VM_MEMORY0);
AT(lb_host, stack_limit, LB_VM_STACK_LIMIT);
AT(lb_host, trap, LB_VM_TRAP);
AT(lb_host, callback, HOST_CALLBACK);

AT(lb_funcref, code, LB_REF_CODE);
AT(lb_funcref, context, LB_REF_VMCTX);
AT(lb_funcref, type, LB_REF_TYPE);
_Static_assert(sizeof(lb_funcref) == LB_CELL_FUNCREF, "funcref cell");
AT(lb_memory, base, LB_MEM_BASE);
AT(lb_memory, size, LB_MEM_SIZE);
AT(lb_table, base, LB_TAB_BASE);
AT(lb_table, len, LB_TAB_LEN);

AT(lb_store, entry_rsp, ST_ENTRY_RSP);
AT(lb_store, exit_rsp, ST_EXIT_RSP);
AT(lb_store, request, ST_REQUEST);
AT(lb_image, stack, IMG_STACK);
AT(lb_image, n_stack, IMG_N_STACK);
AT(lb_image, failed, IMG_FAILED);
_Static_assert(sizeof(lb_image) == IMG_SIZE, "image");

/* The register sequences that stubs.c spells out. */
_Static_assert(LB_N_INT_ARGS == 6 && LB_N_FLOAT_ARGS == 8, "arguments");
_Static_assert(LB_N_INT_RESULTS == 3 && LB_N_FLOAT_RESULTS == 4, "results");
_Static_assert(LB_N_LIBCALLS == 10, "stubs.c makes one stub per library call");
_Static_assert(LB_TRAP_HOST == 12 && LB_TRAP_INTERRUPT == 11, "numbers in stubs.c");
