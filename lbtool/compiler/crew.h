/* Several works side by side, in threads that live as long as there is work. They are
   started before the work is ready: that takes as long as getting it ready. */
#pragma once

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

enum { LB_AWAKE = 1 << 13 }; /* times that a thread looks before it sleeps: 0.2 ms */

typedef int (*lb_work)(void *);

typedef struct lb_seat {
    struct lb_crew *crew;
    void *of;
} lb_seat;

typedef struct lb_crew {
    lb_work work;
    int size;           /* threads, the caller's too */
    int ready;          /* is there work, or is it known that there is none? */
    int n, next, left;  /* works; the next to be begun; those not yet done */
    int held;           /* threads that know of this */
    int here;           /* the caller's processor */
    cpu_set_t allowed;  /* where threads may run; empty if that is not known */
    pthread_mutex_t lock;
    pthread_cond_t told, done; /* `ready` is set; `left` is 0 */
    lb_seat seats[];    /* thread k has seat k, and whichever work is next */
} lb_crew;

static int lb_fetch_add(int *counter, int n) {
    return __atomic_fetch_add(counter, n, __ATOMIC_RELAXED);
}

static void lb_release(lb_crew *crew) {
    if (__atomic_sub_fetch(&crew->held, 1, __ATOMIC_ACQ_REL))
        return;
    pthread_mutex_destroy(&crew->lock);
    pthread_cond_destroy(&crew->told);
    pthread_cond_destroy(&crew->done);
    free(crew);
}

/* Do works until all are begun. */
static void lb_share(lb_crew *crew) {
    int k;
    while ((k = lb_fetch_add(&crew->next, 1)) < crew->n) {
        crew->work(crew->seats[k].of);
        pthread_mutex_lock(&crew->lock);
        if (--crew->left == 0)
            pthread_cond_signal(&crew->done);
        pthread_mutex_unlock(&crew->lock);
    }
}

/* The k-th allowed processor after the caller's, in a circle. */
static int lb_processor(const lb_crew *crew, int k) {
    int at = crew->here;
    while (k--)
        do
            at = (at + 1) % CPU_SETSIZE;
        while (!CPU_ISSET(at, &crew->allowed));
    return at;
}

/* Wait until there is work: awake at first, for it comes soon. */
static void lb_await(lb_crew *crew) {
    for (int k = 0; k < LB_AWAKE; k++) {
        if (__atomic_load_n(&crew->ready, __ATOMIC_ACQUIRE))
            return;
        __builtin_ia32_pause();
    }
    pthread_mutex_lock(&crew->lock);
    while (!crew->ready)
        pthread_cond_wait(&crew->told, &crew->lock);
    pthread_mutex_unlock(&crew->lock);
}

static void *lb_thread(void *seat);

/* Threads begin on different processors, and go where they like from there: Linux may put
   a new one beside its creator and leave it there for milliseconds, which is as long as
   many a module takes. Without a thread, others do its work. */
static void lb_start(lb_crew *crew, int k) {
    pthread_t thread;
    pthread_attr_t attributes;
    if (k >= crew->size)
        return;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    if (CPU_COUNT(&crew->allowed)) {
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(lb_processor(crew, k), &one);
        pthread_attr_setaffinity_np(&attributes, sizeof one, &one);
    }
    lb_fetch_add(&crew->held, 1);
    if (pthread_create(&thread, &attributes, lb_thread, &crew->seats[k]))
        lb_fetch_add(&crew->held, -1);
    pthread_attr_destroy(&attributes);
}

static void *lb_thread(void *of) {
    lb_seat *seat = (lb_seat *)of;
    lb_crew *crew = seat->crew;
    int k = (int)(seat - crew->seats);
    lb_start(crew, 2 * k);
    lb_start(crew, 2 * k + 1);
    if (CPU_COUNT(&crew->allowed))
        sched_setaffinity(0, sizeof crew->allowed, &crew->allowed);
    lb_await(crew);
    lb_share(crew);
    lb_release(crew);
    return NULL;
}

/* A crew of so many threads, of which the caller's is one; NULL without memory. The
   caller starts one thread, and each thread up to two. */
static lb_crew *lb_open(int size) {
    lb_crew *crew = malloc(sizeof *crew + size * sizeof *crew->seats);
    if (!crew)
        return NULL;
    *crew = (lb_crew){
        .size = size, .held = 1, .here = sched_getcpu(),
        .lock = PTHREAD_MUTEX_INITIALIZER, .told = PTHREAD_COND_INITIALIZER,
        .done = PTHREAD_COND_INITIALIZER};
    for (int k = 0; k < size; k++)
        crew->seats[k].crew = crew;
    if (size < 2)
        return crew;
    /* set, too: a sandbox may refuse that, and then threads begin anywhere */
    if (crew->here < 0 ||
        sched_getaffinity(0, sizeof crew->allowed, &crew->allowed) ||
        sched_setaffinity(0, sizeof crew->allowed, &crew->allowed))
        CPU_ZERO(&crew->allowed);
    lb_start(crew, 1);
    return crew;
}

static void lb_tell(lb_crew *crew) {
    pthread_mutex_lock(&crew->lock);
    __atomic_store_n(&crew->ready, 1, __ATOMIC_RELEASE);
    pthread_cond_broadcast(&crew->told);
    pthread_mutex_unlock(&crew->lock);
}

/* work(each) for n addresses, no more than the crew has threads. One that comes too late
   finds nothing left and is not waited for. The crew is gone after this, */
static void lb_together(lb_crew *crew, lb_work work, const long long *each, int n) {
    crew->work = work;
    crew->n = crew->left = n;
    for (int k = 0; k < n; k++)
        crew->seats[k].of = (void *)each[k];
    lb_tell(crew);
    lb_share(crew);
    pthread_mutex_lock(&crew->lock);
    while (crew->left)
        pthread_cond_wait(&crew->done, &crew->lock);
    pthread_mutex_unlock(&crew->lock);
    lb_release(crew);
}

/* and after this, without any work. */
static void lb_close(lb_crew *crew) {
    lb_tell(crew);
    lb_release(crew);
}
