/* The few instructions that C cannot say: entering compiled code, leaving it for the host,
 * library calls, and abandoning a call. They are generic: values travel in an lb_image, so
 * there is no code per signature.
 *
 * Frame of lb_enter, at store->entry_rsp while the call runs:
 *     [rsp]      previous entry_rsp     [rsp+8]   previous exit_rsp
 *     [rsp+16]   image                  [rsp+24]  store
 *     [rsp+32]   the caller's MXCSR     [rsp+40]  r15 r14 r13 r12 rbx rbp, return address
 * Compiled code returns to lb_enter_return with r15 and rsp as they were. */
#include "core.h"

#define STR_(x) #x
#define STR(x) STR_(x)

__asm__(
    ".intel_syntax noprefix\n"
    ".text\n"
    ".balign 16\n"
    ".hidden lb_enter\n.globl lb_enter\n.type lb_enter, @function\n"
    "lb_enter:\n" /* (image rdi, code rsi, context rdx, store rcx) */
    "  push rbp\n  push rbx\n  push r12\n  push r13\n  push r14\n  push r15\n"
    "  sub rsp, 40\n"
    "  stmxcsr [rsp + 32]\n"
    "  mov dword ptr [rsp + 36], 0x1F80\n"
    "  ldmxcsr [rsp + 36]\n"
    "  mov rax, [rcx + " STR(ST_ENTRY_RSP) "]\n"
    "  mov [rsp], rax\n"
    "  mov rax, [rcx + " STR(ST_EXIT_RSP) "]\n"
    "  mov [rsp + 8], rax\n"
    "  mov [rsp + 16], rdi\n"
    "  mov [rsp + 24], rcx\n"
    "  mov [rcx + " STR(ST_ENTRY_RSP) "], rsp\n"
    "  mov qword ptr [rcx + " STR(ST_EXIT_RSP) "], 0\n"
    "  mov r15, rdx\n"
    "  mov r14, [r15 + " STR(LB_VM_MEMORY0) "]\n"
    "  mov rax, rdi\n"
    "  mov r11, rsi\n"
    "  mov rcx, [rax + " STR(IMG_N_STACK) "]\n"
    "  test rcx, rcx\n"
    "  jz 1f\n"
    "  lea rdx, [rcx * 8 + 8]\n" /* rounded up to 16: arguments lie at rsp at the call */
    "  and rdx, -16\n"
    "  sub rsp, rdx\n"
    "  mov rsi, [rax + " STR(IMG_STACK) "]\n"
    "  mov rdi, rsp\n"
    "  rep movsq\n"
    "1: mov rdi, [rax]\n"
    "  mov rsi, [rax + 8]\n"
    "  mov rbx, [rax + 16]\n"
    "  mov rbp, [rax + 24]\n"
    "  mov r8, [rax + 32]\n"
    "  mov r9, [rax + 40]\n"
    "  movq xmm6, [rax + 48]\n  movq xmm7, [rax + 56]\n"
    "  movq xmm8, [rax + 64]\n  movq xmm9, [rax + 72]\n"
    "  movq xmm10, [rax + 80]\n  movq xmm11, [rax + 88]\n"
    "  movq xmm12, [rax + 96]\n  movq xmm13, [rax + 104]\n"
    "  call r11\n"
    ".hidden lb_enter_return\n.globl lb_enter_return\n"
    "lb_enter_return:\n"
    "  mov r11, [r15]\n"
    "  mov r11, [r11 + " STR(ST_ENTRY_RSP) "]\n"
    "  mov r10, [r11 + 16]\n"
    "  mov [r10 + 112], rax\n  mov [r10 + 120], rcx\n  mov [r10 + 128], rdx\n"
    "  movq [r10 + 136], xmm0\n  movq [r10 + 144], xmm1\n"
    "  movq [r10 + 152], xmm2\n  movq [r10 + 160], xmm3\n"
    "  mov rcx, [r10 + " STR(IMG_N_STACK) "]\n"
    "  test rcx, rcx\n"
    "  jz 2f\n"
    "  mov rsi, rsp\n"
    "  mov rdi, [r10 + " STR(IMG_STACK) "]\n"
    "  rep movsq\n"
    "2: mov rsp, r11\n"
    "  xor eax, eax\n"
    "lb_leave:\n" /* rsp = frame of lb_enter, eax = what it returns */
    "  mov rcx, [rsp + 24]\n"
    "  mov rdx, [rsp]\n"
    "  mov [rcx + " STR(ST_ENTRY_RSP) "], rdx\n"
    "  mov rdx, [rsp + 8]\n"
    "  mov [rcx + " STR(ST_EXIT_RSP) "], rdx\n"
    "  ldmxcsr [rsp + 32]\n"
    "  add rsp, 40\n"
    "  pop r15\n  pop r14\n  pop r13\n  pop r12\n  pop rbx\n  pop rbp\n"
    "  ret\n"
    ".size lb_enter, . - lb_enter\n"

    /* `call [r15 + VM_TRAP]` from compiled code: the return address is the site. */
    ".balign 16\n"
    ".hidden lb_trap_entry\n.globl lb_trap_entry\n.type lb_trap_entry, @function\n"
    "lb_trap_entry:\n"
    "  pop rsi\n"
    "  mov rdx, rsp\n"
    "  xor ecx, ecx\n"
    "  mov rdi, r15\n"
    /* (context rdi, pc rsi, sp rdx, code rcx): also where the signal handlers go on. */
    ".hidden lb_trap_common\n.globl lb_trap_common\n"
    "lb_trap_common:\n"
    "  cld\n"
    "  and rsp, -16\n"
    "  call lb_record_trap\n" /* gives the entry rsp */
    "  mov rsp, rax\n"
    "  mov eax, 1\n"
    "  jmp lb_leave\n"
    ".size lb_trap_entry, . - lb_trap_entry\n"

    /* A foreign call whose callee is the host: r15 = lb_host. The image is on our stack;
     * its frame is a multiple of 16 with the return address: IMG_SIZE + saved exit_rsp. */
    ".balign 16\n"
    ".hidden lb_host_stub\n.globl lb_host_stub\n.type lb_host_stub, @function\n"
    "lb_host_stub:\n"
    "  sub rsp, 200\n"
    "  mov [rsp], rdi\n  mov [rsp + 8], rsi\n  mov [rsp + 16], rbx\n"
    "  mov [rsp + 24], rbp\n  mov [rsp + 32], r8\n  mov [rsp + 40], r9\n"
    "  movq [rsp + 48], xmm6\n  movq [rsp + 56], xmm7\n"
    "  movq [rsp + 64], xmm8\n  movq [rsp + 72], xmm9\n"
    "  movq [rsp + 80], xmm10\n  movq [rsp + 88], xmm11\n"
    "  movq [rsp + 96], xmm12\n  movq [rsp + 104], xmm13\n"
    "  lea rax, [rsp + 208]\n"
    "  mov [rsp + " STR(IMG_STACK) "], rax\n"
    "  mov qword ptr [rsp + " STR(IMG_FAILED) "], 1\n"
    "  mov rcx, [r15]\n"
    "  mov rdx, [rcx + " STR(ST_EXIT_RSP) "]\n"
    "  mov [rsp + 192], rdx\n"
    "  lea rax, [rsp + 200]\n"
    "  mov [rcx + " STR(ST_EXIT_RSP) "], rax\n"
    "  mov rdi, r15\n"
    "  mov rsi, rsp\n"
    "  call [r15 + " STR(HOST_CALLBACK) "]\n"
    "  mov rcx, [r15]\n"
    "  mov rdx, [rsp + 192]\n"
    "  mov [rcx + " STR(ST_EXIT_RSP) "], rdx\n"
    "  mov r8d, " STR(LB_TRAP_INTERRUPT) "\n"
    "  cmp qword ptr [rcx + " STR(ST_REQUEST) "], 0\n"
    "  jne 3f\n"
    "  mov r8d, " STR(LB_TRAP_HOST) "\n"
    "  cmp qword ptr [rsp + " STR(IMG_FAILED) "], 0\n"
    "  jne 3f\n"
    "  mov rax, [rsp + 112]\n  mov rcx, [rsp + 120]\n  mov rdx, [rsp + 128]\n"
    "  movq xmm0, [rsp + 136]\n  movq xmm1, [rsp + 144]\n"
    "  movq xmm2, [rsp + 152]\n  movq xmm3, [rsp + 160]\n"
    "  add rsp, 200\n"
    "  ret\n"
    "3: mov rdi, r15\n"
    "  mov rsi, [rsp + 200]\n"
    "  lea rdx, [rsp + 208]\n"
    "  mov ecx, r8d\n"
    "  jmp lb_trap_common\n"
    ".size lb_host_stub, . - lb_host_stub\n"

    /* Library calls: C arguments 2 to 6 are in place, r15 becomes the first. */
    ".balign 16\n"
    "lb_libcall:\n" /* rax = the C function */
    "  sub rsp, 8\n"
    "  mov rdi, r15\n"
    "  call rax\n"
    "  test edx, edx\n"
    "  jnz 4f\n"
    "  mov rcx, [r15]\n"
    "  mov edx, " STR(LB_TRAP_INTERRUPT) "\n"
    "  cmp qword ptr [rcx + " STR(ST_REQUEST) "], 0\n"
    "  jne 4f\n"
    "  add rsp, 8\n"
    "  ret\n"
    "4: mov rdi, r15\n"
    "  mov ecx, edx\n"
    "  mov rsi, [rsp + 8]\n"
    "  lea rdx, [rsp + 16]\n"
    "  jmp lb_trap_common\n"
#define LIBCALL(name) \
  ".balign 16\n.hidden lb_stub_" #name "\n.globl lb_stub_" #name "\n" \
  "lb_stub_" #name ":\n  lea rax, [rip + lb_lib_" #name "]\n  jmp lb_libcall\n"
    LIBCALL(memory_grow) LIBCALL(memory_fill) LIBCALL(memory_copy) LIBCALL(memory_init)
    LIBCALL(data_drop) LIBCALL(table_grow) LIBCALL(table_fill) LIBCALL(table_copy)
    LIBCALL(table_init) LIBCALL(elem_drop)
    ".att_syntax\n");

extern const char lb_stub_memory_grow[], lb_stub_memory_fill[], lb_stub_memory_copy[],
    lb_stub_memory_init[], lb_stub_data_drop[], lb_stub_table_grow[], lb_stub_table_fill[],
    lb_stub_table_copy[], lb_stub_table_init[], lb_stub_elem_drop[];

const void *const lb_libcall_stubs[LB_N_LIBCALLS] = {
    [LB_LIB_MEMORY_GROW] = lb_stub_memory_grow, [LB_LIB_MEMORY_FILL] = lb_stub_memory_fill,
    [LB_LIB_MEMORY_COPY] = lb_stub_memory_copy, [LB_LIB_MEMORY_INIT] = lb_stub_memory_init,
    [LB_LIB_DATA_DROP] = lb_stub_data_drop,     [LB_LIB_TABLE_GROW] = lb_stub_table_grow,
    [LB_LIB_TABLE_FILL] = lb_stub_table_fill,   [LB_LIB_TABLE_COPY] = lb_stub_table_copy,
    [LB_LIB_TABLE_INIT] = lb_stub_table_init,   [LB_LIB_ELEM_DROP] = lb_stub_elem_drop,
};
