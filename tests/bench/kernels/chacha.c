/* ChaCha20: sixteen words that all stay alive, i32 additions and rotations. */
#include "kernel.h"
static u32 state[16], block[16];

#define ROTATE(x, n) ((x) << (n) | (x) >> (32 - (n)))
#define QUARTER(a, b, c, d)                                                            \
    a += b; d = ROTATE(d ^ a, 16);                                                     \
    c += d; b = ROTATE(b ^ c, 12);                                                     \
    a += b; d = ROTATE(d ^ a, 8);                                                      \
    c += d; b = ROTATE(b ^ c, 7);

static NOINLINE void next(void) {
    u32 a = state[0], b = state[1], c = state[2], d = state[3];
    u32 e = state[4], f = state[5], g = state[6], h = state[7];
    u32 i = state[8], j = state[9], k = state[10], l = state[11];
    u32 m = state[12], n = state[13], o = state[14], p = state[15];
    for (i32 round = 0; round < 10; round++) {
        QUARTER(a, e, i, m) QUARTER(b, f, j, n) QUARTER(c, g, k, o) QUARTER(d, h, l, p)
        QUARTER(a, f, k, p) QUARTER(b, g, l, m) QUARTER(c, h, i, n) QUARTER(d, e, j, o)
    }
    u32 made[16] = {a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p};
    for (i32 x = 0; x < 16; x++) block[x] = made[x] + state[x];
    state[12]++;
}

KERNEL(turns) {
    u32 hash = 1;
    seed(59);
    for (i32 i = 0; i < 16; i++) state[i] = draw();
    while (turns-- > 0) {
        next();
        hash = mix(hash, block[turns & 15]);
    }
    return hash;
}
