/* Signal handlers. A fault or an interrupt inside the arena goes on in lb_trap_common; all
 * else is passed to the handler that was there before. Every installation uses an entry of
 * its own ("generation") with its own previous handler, so that a handler which saved one
 * of ours and was covered by a later one never makes a cycle. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <ucontext.h>

#include "core.h"

static struct sigaction previous[2][LB_GENERATIONS]; /* SIGSEGV, SIGBUS */
static struct sigaction fallback[2][LB_GENERATIONS]; /* when `previous` gave up; or none */
static volatile int interrupt_signal;
static volatile int latest = -1; /* the entry that was put on top last */

static int row(int signal) { return signal == SIGBUS; }

static void abandon(ucontext_t *uc, uint64_t code) {
  greg_t *r = uc->uc_mcontext.gregs;
  r[REG_RDI] = r[REG_R15];
  r[REG_RSI] = r[REG_RIP];
  r[REG_RDX] = r[REG_RSP];
  r[REG_RCX] = (greg_t)code;
  r[REG_RIP] = (greg_t)(uintptr_t)lb_trap_common;
  r[REG_EFL] &= ~INT64_C(0x400); /* direction flag */
}

static int in_arena(const ucontext_t *uc) {
  return (uint64_t)uc->uc_mcontext.gregs[REG_RIP] - (uint64_t)lb_arena < LB_ARENA_SIZE;
}

static void pass_on(int signal, siginfo_t *info, void *uc, const struct sigaction *old) {
  if (old->sa_flags & SA_SIGINFO) {
    old->sa_sigaction(signal, info, uc);
  } else if (old->sa_handler != SIG_DFL && old->sa_handler != SIG_IGN) {
    old->sa_handler(signal);
  } else { /* the instruction faults again and ends the process */
    struct sigaction none = {.sa_handler = SIG_DFL};
    sigaction(signal, &none, NULL);
  }
}

static int is_default(int signal) {
  struct sigaction now;
  return !sigaction(signal, NULL, &now) && now.sa_handler == SIG_DFL;
}

/* A handler may repair what made an instruction fault, and return to it. One that has been
 * disabled returns to it as well, for ever. */
static int seen_too_often(const ucontext_t *uc, const siginfo_t *info) {
  static volatile uint64_t last_pc, last_address, times;
  uint64_t pc = (uint64_t)uc->uc_mcontext.gregs[REG_RIP];
  uint64_t address = (uint64_t)info->si_addr;
  int same = pc == last_pc && address == last_address;
  last_pc = pc;
  last_address = address;
  times = same ? times + 1 : 0;
  return times > 10000;
}

static void fault(int signal, siginfo_t *info, void *data, int generation) {
  ucontext_t *uc = data;
  if (info->si_code > 0 && in_arena(uc)) {
    lb_vmctx *context = (lb_vmctx *)uc->uc_mcontext.gregs[REG_R15];
    lb_trap *trap = &context->store->trap;
    trap->signal = (uint32_t)signal;
    trap->address = (uint64_t)info->si_addr;
    memcpy(trap->registers, uc->uc_mcontext.gregs, sizeof trap->registers);
    abandon(uc, LB_BY_SIGNAL);
    return;
  }
  if (seen_too_often(uc, info)) {
    struct sigaction none = {.sa_handler = SIG_DFL};
    sigaction(signal, &none, NULL);
    return;
  }
  pass_on(signal, info, data, &previous[row(signal)][generation]);
  const struct sigaction *last = &fallback[row(signal)][generation];
  if (last->sa_handler != SIG_DFL && is_default(signal))
    pass_on(signal, info, data, last); /* the others declined: it would end silently */
  /* Nobody wants it, and what was sent by someone does not come again by itself. */
  if (info->si_code <= 0 && is_default(signal)) raise(signal);
}

#define ENTRY(n) \
  static void handler_##n(int s, siginfo_t *i, void *u) { fault(s, i, u, n); }
#define ALL(X)                                                                          \
  X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15) \
  X(16) X(17) X(18) X(19) X(20) X(21) X(22) X(23) X(24) X(25) X(26) X(27) X(28) X(29)   \
  X(30) X(31)
ALL(ENTRY)
#define NAME(n) handler_##n,
static void (*const handlers[LB_GENERATIONS])(int, siginfo_t *, void *) = {ALL(NAME)};

int lb_generation_of(uint64_t handler) {
  for (int k = 0; k < LB_GENERATIONS; k++)
    if ((uint64_t)handlers[k] == handler) return k;
  return -1;
}

uint64_t lb_signal_handler(int signal) {
  struct sigaction now;
  return sigaction(signal, NULL, &now) ? 0 : (uint64_t)now.sa_handler;
}

int lb_on_top(void) {
  return latest >= 0 && lb_signal_handler(SIGSEGV) == (uint64_t)handlers[latest] &&
         lb_signal_handler(SIGBUS) == (uint64_t)handlers[latest];
}

static int put(int signal, int generation) {
  struct sigaction action = {.sa_sigaction = handlers[generation],
                             .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  if (sigaction(signal, &action, NULL)) return -errno;
  latest = generation;
  return 0;
}

/* Keep what is installed for a signal, or (`restore`) install it again. 0 or -errno. */
int lb_keep_action(int signal, int restore) {
  static struct sigaction kept[NSIG];
  if (signal < 1 || signal >= NSIG) return -EINVAL;
  return sigaction(signal, restore ? &kept[signal] : NULL,
                   restore ? NULL : &kept[signal]) ? -errno : 0;
}

/* Entry `generation` on top; what was there becomes its previous handler. */
int lb_install(int signal, int generation) {
  if (sigaction(signal, NULL, &previous[row(signal)][generation])) return -errno;
  return put(signal, generation);
}

/* The same, but what was there comes last, after the previous handler of entry `other`. */
int lb_install_before(int signal, int generation, int other) {
  previous[row(signal)][generation] = previous[row(signal)][other];
  if (sigaction(signal, NULL, &fallback[row(signal)][generation])) return -errno;
  return put(signal, generation);
}

/* ---- interruption */

/* Stores inside of the requested one have to end, too: their stubs test their own flag. */
static int requested(void) {
  int found = 0;
  lb_store *outermost = NULL;
  for (lb_store *s = lb_active(); s; s = s->parent)
    if (s->request) outermost = s;
  for (lb_store *s = lb_active(); outermost; s = s->parent) {
    s->request = 1;
    found = 1;
    if (s == outermost) break;
  }
  return found;
}

static void on_interrupt(int signal, siginfo_t *info, void *data) {
  (void)signal, (void)info;
  int saved = errno;
  if (requested() && in_arena(data)) abandon(data, LB_TRAP_INTERRUPT);
  errno = saved;
}

/* The first real-time signal that nobody uses; chosen once. -errno when all are taken. */
int lb_interrupt_signal(void) {
  if (interrupt_signal) return interrupt_signal;
  for (int k = SIGRTMIN + 3; k <= SIGRTMAX; k++) {
    struct sigaction now;
    if (sigaction(k, NULL, &now) || (now.sa_flags & SA_SIGINFO) ||
        now.sa_handler != SIG_DFL)
      continue;
    struct sigaction action = {.sa_sigaction = on_interrupt,
                               .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART};
    sigemptyset(&action.sa_mask);
    if (sigaction(k, &action, NULL)) return -errno;
    return interrupt_signal = k;
  }
  return -EBUSY;
}

/* ---- Ctrl-C: CPython's handler stays in charge, we only learn of the signal */

static struct sigaction python_sigint;

static void on_sigint(int signal) {
  int saved = errno;
  python_sigint.sa_handler(signal);
  lb_watch_post(SIGINT);
  errno = saved;
}

static int is_python(const struct sigaction *action) {
  static void (*known)(int);
  Dl_info info;
  if (action->sa_handler == known && known) return 1;
  if (!dladdr((const void *)action->sa_handler, &info) || !info.dli_fname) return 0;
  const char *name = strrchr(info.dli_fname, '/');
  if (!strstr(name ? name : info.dli_fname, "python")) return 0;
  known = action->sa_handler;
  return 1;
}

/* Put ours over CPython's handler, and over no other. */
void lb_cover_sigint(void) {
  struct sigaction now;
  if (sigaction(SIGINT, NULL, &now) || now.sa_handler == on_sigint ||
      now.sa_handler == SIG_DFL || now.sa_handler == SIG_IGN || (now.sa_flags & SA_SIGINFO))
    return;
  if (!is_python(&now)) return;
  python_sigint = now;
  now.sa_handler = on_sigint;
  sigaction(SIGINT, &now, NULL);
}
