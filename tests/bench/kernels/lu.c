/* LU decomposition with partial pivoting, and the solution of a system: f64 rows. */
#include "kernel.h"
#define N 96
static f64 a[N][N], b[N], x[N];
static i32 row[N];

static void fill(void) {
    for (i32 i = 0; i < N; i++) {
        b[i] = (f64)(draw() & 1023) - 512;
        row[i] = i;
        for (i32 j = 0; j < N; j++) a[i][j] = (f64)(draw() & 4095) / 64 - 32;
    }
}

static void decompose(void) {
    for (i32 k = 0; k < N; k++) {
        i32 best = k;
        f64 most = __builtin_fabs(a[row[k]][k]);
        for (i32 i = k + 1; i < N; i++) {
            f64 found = __builtin_fabs(a[row[i]][k]);
            if (found > most) { most = found; best = i; }
        }
        i32 swap = row[k]; row[k] = row[best]; row[best] = swap;
        const f64 *pivot = a[row[k]];
        for (i32 i = k + 1; i < N; i++) {
            f64 *here = a[row[i]];
            f64 factor = here[k] /= pivot[k];
            for (i32 j = k + 1; j < N; j++) here[j] -= factor * pivot[j];
        }
    }
}

static void solve(void) {
    for (i32 i = 0; i < N; i++) {
        f64 sum = b[row[i]];
        for (i32 j = 0; j < i; j++) sum -= a[row[i]][j] * x[j];
        x[i] = sum;
    }
    for (i32 i = N - 1; i >= 0; i--) {
        f64 sum = x[i];
        for (i32 j = i + 1; j < N; j++) sum -= a[row[i]][j] * x[j];
        x[i] = sum / a[row[i]][i];
    }
}

KERNEL(turns) {
    u32 hash = 1;
    seed(42);
    while (turns-- > 0) {
        fill();
        decompose();
        solve();
        for (i32 i = 0; i < N; i++) hash = mix(hash, bits_of(x[i]));
    }
    return hash;
}
