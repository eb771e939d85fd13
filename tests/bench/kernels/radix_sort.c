/* Radix sort of 32-bit keys, four passes of 8 bits: histograms and scattered stores. */
#include "kernel.h"
#define N 16384
static u32 a[N], b[N], counts[256];

static void pass(const u32 *from, u32 *to, i32 shift) {
    u32 sum = 0;
    for (i32 i = 0; i < 256; i++) counts[i] = 0;
    for (i32 i = 0; i < N; i++) counts[(u8)(from[i] >> shift)]++;
    for (i32 i = 0; i < 256; i++) { u32 here = counts[i]; counts[i] = sum; sum += here; }
    for (i32 i = 0; i < N; i++) to[counts[(u8)(from[i] >> shift)]++] = from[i];
}

KERNEL(turns) {
    u32 hash = 1;
    seed(43);
    while (turns-- > 0) {
        for (i32 i = 0; i < N; i++) a[i] = draw();
        for (i32 shift = 0; shift < 32; shift += 16) {
            pass(a, b, shift);
            pass(b, a, shift + 8);
        }
        for (i32 i = 1; i < N; i++) hash += a[i - 1] <= a[i];
        hash = mix(hash, a[N / 2]);
    }
    return hash;
}
