/* Permutations and pancake flips in arrays on the stack: the shadow stack at work. */
#include "kernel.h"
#define N 8

static NOINLINE i32 flips(const i32 *given) {
    i32 order[N], count = 0;
    for (i32 i = 0; i < N; i++) order[i] = given[i];
    for (i32 first; (first = order[0]); count++)
        for (i32 i = 0, j = first; i < j; i++, j--) {
            i32 swap = order[i]; order[i] = order[j]; order[j] = swap;
        }
    return count;
}

static NOINLINE i32 fannkuch(u32 *checksum) {
    i32 order[N], left[N], most = 0, sign = 1;
    for (i32 i = 0; i < N; i++) { order[i] = i; left[i] = i + 1; }
    for (;;) {
        i32 count = flips(order);
        if (count > most) most = count;
        *checksum += (u32)(sign * count);
        sign = -sign;
        for (i32 k = 1;; k++) {
            if (k == N) return most;
            i32 first = order[0];
            for (i32 i = 0; i < k; i++) order[i] = order[i + 1];
            order[k] = first;
            if (--left[k]) break;
            left[k] = k + 1;
        }
    }
}

KERNEL(turns) {
    u32 hash = 1;
    while (turns-- > 0) {
        u32 checksum = (u32)turns;
        hash = mix(hash, (u32)fannkuch(&checksum));
        hash = mix(hash, checksum);
    }
    return hash;
}
