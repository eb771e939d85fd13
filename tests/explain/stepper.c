/* Runs compiled code one machine instruction at a time and notes what probes see.
 *
 * A traced call enters through `stepper_entry`, which sets the trap flag and goes on to
 * the real code; from then on every instruction raises SIGTRAP. At an address that is a
 * point, the handler appends {point, rsp, one word per probe} to the log. The flag is
 * cleared when the call has returned or trapped (outside of the code, stack above the
 * entry), when the log is full and when the steps are used up. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <ucontext.h>

enum { GPR, XMM, STACK, HEAP, FLAGS };
typedef struct {
  int32_t kind, reg, disp;
} probe;
typedef struct {
  uint32_t first, n;
} point;

static struct {
  uint64_t base, size;     /* the code */
  const int32_t *point_at; /* by offset in it: number of a point, or -1 */
  const point *points;
  const probe *probes;
  uint64_t *log;
  uint64_t capacity, used; /* words */
  uint64_t steps;          /* that may still be made */
  uint64_t memory_cell, size_field;
  uint64_t cut; /* the run went on without us */
} run;

__attribute__((visibility("hidden"))) uint64_t stepper_target, stepper_rsp;

__asm__(".text\n"
        ".globl stepper_entry\n.type stepper_entry, @function\n"
        "stepper_entry:\n"
        "  mov %rsp, stepper_rsp(%rip)\n"
        "  pushfq\n"
        "  orq $0x100, (%rsp)\n"
        "  popfq\n"
        "  jmp *stepper_target(%rip)\n");

static const int order[16] = {REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP,
                              REG_RSI, REG_RDI, REG_R8,  REG_R9,  REG_R10, REG_R11,
                              REG_R12, REG_R13, REG_R14, REG_R15};

/* Up to 8 bytes of linear memory; what lies beyond its end reads as zero. */
static uint64_t heap_word(const greg_t *r, const probe *p) {
  uint64_t at = (p->reg < 0 ? 0 : (uint64_t)r[order[p->reg]]) + (uint64_t)(int64_t)p->disp;
  const uint8_t *memory = *(uint8_t **)((uint64_t)r[REG_R15] + run.memory_cell);
  uint64_t end = *(const uint64_t *)(memory + run.size_field), word = 0;
  if (at < end) memcpy(&word, (void *)((uint64_t)r[REG_R14] + at), end - at < 8 ? end - at : 8);
  return word;
}

static uint64_t look(const ucontext_t *uc, const probe *p) {
  const greg_t *r = uc->uc_mcontext.gregs;
  uint64_t word = 0;
  switch (p->kind) {
    case GPR: return (uint64_t)r[order[p->reg]];
    case XMM: memcpy(&word, &uc->uc_mcontext.fpregs->_xmm[p->reg], 8); return word;
    case STACK: return *(uint64_t *)(r[REG_RSP] + p->disp);
    case HEAP: return heap_word(r, p);
    default: return (uint64_t)r[REG_EFL];
  }
}

static int note(const ucontext_t *uc, int32_t number) {
  const point *at = &run.points[number];
  if (run.used + 2 + at->n > run.capacity) return 0;
  uint64_t *to = run.log + run.used;
  *to++ = (uint64_t)number;
  *to++ = (uint64_t)uc->uc_mcontext.gregs[REG_RSP];
  for (uint32_t k = 0; k < at->n; k++) *to++ = look(uc, &run.probes[at->first + k]);
  run.used += 2 + at->n;
  return 1;
}

static void on_trap(int signal, siginfo_t *info, void *data) {
  (void)signal, (void)info;
  ucontext_t *uc = data;
  greg_t *r = uc->uc_mcontext.gregs;
  uint64_t offset = (uint64_t)r[REG_RIP] - run.base;
  if (offset >= run.size && (uint64_t)r[REG_RSP] > stepper_rsp) {
    r[REG_EFL] &= ~INT64_C(0x100); /* over */
    return;
  }
  int fits = run.steps-- != 0;
  if (fits && offset < run.size && run.point_at[offset] >= 0)
    fits = note(uc, run.point_at[offset]);
  if (!fits) {
    run.cut = 1;
    r[REG_EFL] &= ~INT64_C(0x100);
  }
}

void stepper_begin(uint64_t target, uint64_t base, uint64_t size, const int32_t *point_at,
                   const point *points, const probe *probes, uint64_t memory_cell,
                   uint64_t size_field) {
  stepper_target = target;
  run.base = base;
  run.size = size;
  run.point_at = point_at;
  run.points = points;
  run.probes = probes;
  run.memory_cell = memory_cell;
  run.size_field = size_field;
}

void stepper_log(uint64_t *log, uint64_t capacity, uint64_t steps) {
  run.log = log;
  run.capacity = capacity;
  run.steps = steps;
  run.used = run.cut = 0;
}

uint64_t stepper_used(void) { return run.used; }
int stepper_cut(void) { return (int)run.cut; }

static struct sigaction before;

int stepper_install(void) {
  struct sigaction action = {.sa_sigaction = on_trap, .sa_flags = SA_SIGINFO};
  sigemptyset(&action.sa_mask);
  return sigaction(SIGTRAP, &action, &before);
}

int stepper_restore(void) { return sigaction(SIGTRAP, &before, NULL); }
