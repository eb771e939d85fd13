/* Several works side by side, in threads that live as long as there is work. */
#pragma once

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

typedef int (*lb_work)(void *);

typedef struct {
    lb_work work;
    int n, next, left;  /* works; the next to be begun; those not yet done */
    int held;           /* threads that know of this, the caller's too */
    cpu_set_t allowed;  /* where threads may run; empty if that is not known */
    pthread_mutex_t lock;
    pthread_cond_t done;
    void *of[];
} lb_crew;

static int lb_fetch_add(int *counter, int n) {
    return __atomic_fetch_add(counter, n, __ATOMIC_RELAXED);
}

static void lb_release(lb_crew *crew) {
    if (__atomic_sub_fetch(&crew->held, 1, __ATOMIC_ACQ_REL))
        return;
    pthread_mutex_destroy(&crew->lock);
    pthread_cond_destroy(&crew->done);
    free(crew);
}

/* Do works until all are begun. */
static void lb_share(lb_crew *crew) {
    int k;
    while ((k = lb_fetch_add(&crew->next, 1)) < crew->n) {
        crew->work(crew->of[k]);
        pthread_mutex_lock(&crew->lock);
        if (--crew->left == 0)
            pthread_cond_signal(&crew->done);
        pthread_mutex_unlock(&crew->lock);
    }
}

static void *lb_thread(void *of) {
    lb_crew *crew = (lb_crew *)of;
    if (CPU_COUNT(&crew->allowed))
        sched_setaffinity(0, sizeof crew->allowed, &crew->allowed);
    lb_share(crew);
    lb_release(crew);
    return NULL;
}

/* The allowed processor after `at`, in a circle. */
static int lb_after(const cpu_set_t *allowed, int at) {
    do
        at = (at + 1) % CPU_SETSIZE;
    while (!CPU_ISSET(at, allowed));
    return at;
}

/* Threads begin on different processors, and go where they like from there. Linux may
   put a new thread beside its creator and leave it there for milliseconds, which is as
   long as many a module takes. */
static void lb_start(lb_crew *crew) {
    pthread_attr_t attributes;
    int at = sched_getcpu();
    /* set, too: a sandbox may refuse that, and then threads begin anywhere */
    if (at < 0 || sched_getaffinity(0, sizeof crew->allowed, &crew->allowed) ||
        sched_setaffinity(0, sizeof crew->allowed, &crew->allowed))
        CPU_ZERO(&crew->allowed);
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    for (int k = 1; k < crew->n; k++) {
        pthread_t thread;
        if (CPU_COUNT(&crew->allowed)) {
            cpu_set_t one;
            at = lb_after(&crew->allowed, at);
            CPU_ZERO(&one);
            CPU_SET(at, &one);
            pthread_attr_setaffinity_np(&attributes, sizeof one, &one);
        }
        lb_fetch_add(&crew->held, 1);
        if (pthread_create(&thread, &attributes, lb_thread, crew)) {
            lb_fetch_add(&crew->held, -1);
            break;
        }
    }
    pthread_attr_destroy(&attributes);
}

/* work(each) for n addresses, as far as possible in n threads, of which this is one. A
   thread that comes too late finds nothing left and is not waited for. -1 without
   memory, and nothing was done. */
static int lb_together(lb_work work, const long long *each, int n) {
    lb_crew *crew = malloc(sizeof *crew + n * sizeof *crew->of);
    if (!crew)
        return -1;
    *crew = (lb_crew){
        .work = work, .n = n, .left = n, .held = 1,
        .lock = PTHREAD_MUTEX_INITIALIZER, .done = PTHREAD_COND_INITIALIZER};
    memcpy(crew->of, each, n * sizeof *crew->of);
    if (n > 1)
        lb_start(crew);
    lb_share(crew);
    pthread_mutex_lock(&crew->lock);
    while (crew->left)
        pthread_cond_wait(&crew->done, &crew->lock);
    pthread_mutex_unlock(&crew->lock);
    lb_release(crew);
    return 0;
}
