/* The watcher: one native thread, started when first needed, that ends calls whose time is
 * over, that someone wants interrupted, or that hold up Ctrl-C on the main thread.
 *
 * A request names a call. It is written while the watcher holds the store's owner lock, so
 * the call cannot end meanwhile and no later call can see it; then the thread gets a
 * signal. The signal does nothing outside compiled code, hence it is repeated until the
 * call is over. A request for a scope that has no call running is kept in `cancelled`. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core.h"

typedef struct {
  lb_store *store;
  uint64_t id;
  int64_t due; /* CLOCK_MONOTONIC, ns */
  uint32_t tries;
} watch;

#define SECOND INT64_C(1000000000)
#define FIRST_REPEAT INT64_C(200000)
#define LATER_REPEAT INT64_C(5000000)
#define FAST_TRIES 100
#define LOOK_AGAIN (UINT64_C(1) << 16) /* cycles */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static watch *watches;
static size_t n_watches, cap_watches;
static int fds[2] = {-1, -1};
static volatile int running;
static lb_store *volatile main_store; /* where Ctrl-C goes */

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * SECOND + t.tv_nsec;
}

static void before_fork(void) { pthread_mutex_lock(&lock); }
static void in_parent(void) { pthread_mutex_unlock(&lock); }

/* The child has no watcher; it starts its own, with a pipe that is not shared. */
static void in_child(void) {
  if (running) {
    close(fds[0]);
    close(fds[1]);
    running = 0;
    fds[0] = fds[1] = -1;
  }
  n_watches = 0;
  pthread_mutex_init(&lock, NULL);
}

/* 1 when nothing remains to be done for this call or scope. */
static int try_interrupt(lb_store *store, uint64_t id) {
  if (store->scope_id == id) __atomic_store_n(&store->cancelled, id, __ATOMIC_SEQ_CST);
  uint64_t owner = __atomic_load_n(&store->owner, __ATOMIC_SEQ_CST);
  if (!owner) return 1;
  if (owner & LB_LOCKED) return 0; /* the call is ending (lb_end): look again */
  if (!__atomic_compare_exchange_n(&store->owner, &owner, owner | LB_LOCKED, 0,
                                   __ATOMIC_SEQ_CST, __ATOMIC_RELAXED))
    return 0;
  uint64_t call = __atomic_load_n(&store->call_id, __ATOMIC_SEQ_CST);
  if (call == id) {
    store->request = 1;
    pthread_kill(store->thread, lb_interrupt_signal());
  }
  __atomic_store_n(&store->owner, owner, __ATOMIC_SEQ_CST);
  /* just entered, its id not yet written: look again */
  return call != id && call != 0 && store->scope_id != id;
}

/* Serve what is due; gives the time of the next look, or -1. */
static int64_t serve(void) {
  int64_t next = -1, time = now();
  for (size_t k = 0; k < n_watches;) {
    watch *w = &watches[k];
    if (w->due <= time) {
      if (try_interrupt(w->store, w->id)) {
        *w = watches[--n_watches];
        continue;
      }
      w->due = time + (w->tries++ < FAST_TRIES ? FIRST_REPEAT : LATER_REPEAT);
    }
    if (next < 0 || w->due < next) next = w->due;
    k++;
  }
  return next;
}

static int add(lb_store *store, uint64_t id, int64_t due) {
  for (size_t k = 0; k < n_watches; k++) {
    if (watches[k].store != store || watches[k].id != id) continue;
    if (due < watches[k].due) watches[k].due = due;
    return 0;
  }
  if (n_watches == cap_watches) {
    watch *grown = realloc(watches, (2 * cap_watches + 8) * sizeof *grown);
    if (!grown) return -ENOMEM;
    watches = grown;
    cap_watches = 2 * cap_watches + 8;
  }
  watches[n_watches++] = (watch){store, id, due, 0};
  return 0;
}

/* Bytes are signal numbers, or 0 to look at the list again. */
static void read_pipe(int fd) {
  char bytes[64];
  ssize_t n;
  while ((n = read(fd, bytes, sizeof bytes)) > 0) {
    for (ssize_t k = 0; k < n; k++) {
      lb_store *store = main_store;
      if (bytes[k] == SIGINT && store && store->call_id) add(store, store->call_id, 0);
    }
  }
}

static void *watcher(void *argument) {
  (void)argument;
  int fd = fds[0];
  for (;;) {
    pthread_mutex_lock(&lock);
    int64_t next = serve();
    pthread_mutex_unlock(&lock);
    struct pollfd p = {.fd = fd, .events = POLLIN};
    int64_t wait = next < 0 ? 0 : next - now();
    if (wait < 0) wait = 0;
    struct timespec t = {wait / SECOND, wait % SECOND};
    ppoll(&p, 1, next < 0 ? NULL : &t, NULL);
    pthread_mutex_lock(&lock);
    read_pipe(fd);
    pthread_mutex_unlock(&lock);
  }
  return NULL;
}

static int start_thread(void) {
  sigset_t all, old;
  pthread_t thread;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&attributes, 64 * 1024);
  sigfillset(&all); /* signals for the process are not for this thread */
  pthread_sigmask(SIG_SETMASK, &all, &old);
  int error = pthread_create(&thread, &attributes, watcher, NULL);
  pthread_sigmask(SIG_SETMASK, &old, NULL);
  pthread_attr_destroy(&attributes);
  return -error;
}

static int start_locked(void) {
  static int registered;
  if (running) return 0;
  int signal = lb_interrupt_signal();
  if (signal < 0) return signal;
  if (!registered) {
    registered = 1;
    pthread_atfork(before_fork, in_parent, in_child);
  }
  if (pipe2(fds, O_NONBLOCK | O_CLOEXEC)) return -errno;
  int error = start_thread();
  running = !error;
  return error;
}

/* 0 or -errno. */
int lb_watch_start(void) {
  pthread_mutex_lock(&lock);
  int error = start_locked();
  pthread_mutex_unlock(&lock);
  return error;
}

int lb_watch_runs(void) { return running; }

/* Safe in signal handlers. */
void lb_watch_post(char byte) {
  if (write(fds[1], &byte, 1) < 0) { /* full: it is awake anyway; or there is none */
  }
}

/* An outermost call begins on the main thread; Ctrl-C shall end it. Someone may have
 * called signal.signal() since we looked, but a look costs as much as a short call. */
void lb_watch_main(lb_store *store) {
  static uint64_t last;
  uint64_t time = __builtin_ia32_rdtsc();
  main_store = store;
  if (time - last > LOOK_AGAIN) {
    last = time;
    lb_cover_sigint();
  }
}

void lb_watch_main_over(void) { main_store = NULL; }

/* Interrupt call or scope `id` in `nanoseconds` from now. 0 or -errno. */
int lb_watch_arm(lb_store *store, uint64_t id, int64_t nanoseconds) {
  pthread_mutex_lock(&lock);
  int error = start_locked();
  if (!error) error = add(store, id, now() + nanoseconds);
  if (!error) lb_watch_post(0);
  pthread_mutex_unlock(&lock);
  return error;
}

/* Forget the requests for this id, or with id 0 all of the store. */
void lb_watch_drop(lb_store *store, uint64_t id) {
  pthread_mutex_lock(&lock);
  if (!id && main_store == store) main_store = NULL;
  for (size_t k = 0; k < n_watches;) {
    if (watches[k].store == store && (!id || watches[k].id == id))
      watches[k] = watches[--n_watches];
    else
      k++;
  }
  pthread_mutex_unlock(&lock);
}

uint64_t lb_scope_open(lb_store *store) {
  if (store->scope_id || store->owner) return 0;
  return store->scope_id = ++store->last_id;
}

void lb_scope_close(lb_store *store, uint64_t id) {
  if (store->scope_id != id) return;
  store->scope_id = 0;
  lb_watch_drop(store, id);
  store->cancelled = 0;
}
