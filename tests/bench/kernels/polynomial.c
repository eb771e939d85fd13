/* Horner's rule and Newton's: f64 chains, comparisons, min, max, floor, copysign. */
#include "kernel.h"

static f64 value(f64 x) {
    return ((((((x * 0.3 - 1.7) * x + 0.4) * x + 2.9) * x - 3.1) * x - 1.2) * x + 0.7);
}

static f64 slope(f64 x) {
    return (((((x * 1.8 - 8.5) * x + 1.6) * x + 8.7) * x - 6.2) * x - 1.2);
}

static NOINLINE f64 root(f64 x, i32 *steps) {
    for (i32 i = 0; i < 40; i++) {
        f64 down = slope(x), step = value(x) / (down != 0 ? down : 1);
        step = __builtin_copysign(__builtin_fabs(step) > 0.5 ? 0.5 : step, step);
        x -= step;
        ++*steps;
        if (__builtin_fabs(step) < 1e-12) break;
    }
    return x;
}

KERNEL(turns) {
    u32 hash = 1;
    i32 steps = 0;
    for (i32 i = 0; i < turns; i++) {
        f64 x = root((f64)i / turns * 8 - 4, &steps);
        f64 whole = __builtin_floor(x * 4096 + 0.5);
        hash = mix(hash, (u32)(i32)whole);
    }
    return (i32)(hash + (u32)steps);
}
