/* Spectral norm: f64 divisions of computed matrix elements. */
#include "kernel.h"
#define N 100
static f64 u[N], v[N], half[N];

static f64 element(i32 i, i32 j) { return 1.0 / ((i + j) * (i + j + 1) / 2 + i + 1); }

static void times(const f64 *from, f64 *to) {
    for (i32 i = 0; i < N; i++) {
        f64 sum = 0;
        for (i32 j = 0; j < N; j++) sum += element(i, j) * from[j];
        to[i] = sum;
    }
}

static void times_transposed(const f64 *from, f64 *to) {
    for (i32 i = 0; i < N; i++) {
        f64 sum = 0;
        for (i32 j = 0; j < N; j++) sum += element(j, i) * from[j];
        to[i] = sum;
    }
}

KERNEL(turns) {
    for (i32 i = 0; i < N; i++) u[i] = 1;
    while (turns-- > 0) {
        times(u, half);
        times_transposed(half, v);
        times(v, half);
        times_transposed(half, u);
    }
    f64 uv = 0, vv = 0;
    for (i32 i = 0; i < N; i++) { uv += u[i] * v[i]; vv += v[i] * v[i]; }
    return bits_of(__builtin_sqrt(uv / vv));
}
