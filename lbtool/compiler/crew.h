/* Several works side by side, in threads that live as long as there is work. */
#pragma once

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

typedef int (*lb_work)(void *);

typedef struct lb_seat {
    struct lb_crew *crew;
    void *of;
} lb_seat;

typedef struct lb_crew {
    lb_work work;
    int n, next, left;  /* works; the next to be begun; those not yet done */
    int held;           /* threads that know of this, the caller's too */
    int here;           /* the caller's processor */
    cpu_set_t allowed;  /* where threads may run; empty if that is not known */
    pthread_mutex_t lock;
    pthread_cond_t done;
    lb_seat seats[];    /* thread k has seat k, and whichever work is next */
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

static void *lb_thread(void *seat);

/* Threads begin on different processors, and go where they like from there: Linux may put
   a new one beside its creator and leave it there for milliseconds, which is as long as
   many a module takes. Without a thread, others do its work. */
static void lb_start(lb_crew *crew, int k) {
    pthread_t thread;
    pthread_attr_t attributes;
    if (k >= crew->n)
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
    lb_share(crew);
    lb_release(crew);
    return NULL;
}

/* work(each) for n addresses, as far as possible in n threads, of which this is one. It
   starts another, and threads start up to two: the caller soon works itself. A thread that
   comes too late finds nothing left and is not waited for. -1 without memory, and nothing
   was done. */
static int lb_together(lb_work work, const long long *each, int n) {
    lb_crew *crew = malloc(sizeof *crew + n * sizeof *crew->seats);
    if (!crew)
        return -1;
    *crew = (lb_crew){
        .work = work, .n = n, .left = n, .held = 1, .here = sched_getcpu(),
        .lock = PTHREAD_MUTEX_INITIALIZER, .done = PTHREAD_COND_INITIALIZER};
    for (int k = 0; k < n; k++)
        crew->seats[k] = (lb_seat){crew, (void *)each[k]};
    /* set, too: a sandbox may refuse that, and then threads begin anywhere */
    if (crew->here < 0 ||
        sched_getaffinity(0, sizeof crew->allowed, &crew->allowed) ||
        sched_setaffinity(0, sizeof crew->allowed, &crew->allowed))
        CPU_ZERO(&crew->allowed);
    lb_start(crew, 1);
    lb_share(crew);
    pthread_mutex_lock(&crew->lock);
    while (crew->left)
        pthread_cond_wait(&crew->done, &crew->lock);
    pthread_mutex_unlock(&crew->lock);
    lb_release(crew);
    return 0;
}
