/* 512 digits of 32 bits: products, and division by small numbers (u64 in the middle). */
#include "kernel.h"
#define N 128
static u32 x[N], y[N], product[2 * N];

static void multiply(const u32 *p, const u32 *q, u32 *to) {
    for (i32 i = 0; i < 2 * N; i++) to[i] = 0;
    for (i32 i = 0; i < N; i++) {
        u64 carry = 0;
        for (i32 j = 0; j < N; j++) {
            u64 here = (u64)p[i] * q[j] + to[i + j] + carry;
            to[i + j] = (u32)here;
            carry = here >> 32;
        }
        to[i + N] = (u32)carry;
    }
}

static u32 divide(u32 *p, i32 length, u32 by) {
    u64 rest = 0;
    for (i32 i = length - 1; i >= 0; i--) {
        u64 here = rest << 32 | p[i];
        p[i] = (u32)(here / by);
        rest = here % by;
    }
    return (u32)rest;
}

static u32 add(u32 *p, const u32 *q) {
    u64 carry = 0;
    for (i32 i = 0; i < N; i++) {
        carry += (u64)p[i] + q[i];
        p[i] = (u32)carry;
        carry >>= 32;
    }
    return (u32)carry;
}

KERNEL(turns) {
    u32 hash = 1;
    seed(9);
    for (i32 i = 0; i < N; i++) { x[i] = draw(); y[i] = draw(); }
    while (turns-- > 0) {
        multiply(x, y, product);
        hash = mix(hash, divide(product, 2 * N, 1000000007));
        hash = mix(hash, add(x, product + N / 2));
        y[turns & (N - 1)] ^= hash;
    }
    return hash;
}
