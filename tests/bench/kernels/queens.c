/* Queens on a board of 8 by bit masks, and Takeuchi's function: small recursions. */
#include "kernel.h"

static NOINLINE i32 queens(u32 free, u32 left, u32 right) {
    if (!free) return 1;
    i32 found = 0;
    for (u32 open = free & ~(left | right); open; open &= open - 1) {
        u32 bit = open & -open;
        found += queens(free ^ bit, (left | bit) << 1, (right | bit) >> 1);
    }
    return found;
}

static NOINLINE i32 tak(i32 x, i32 y, i32 z) {
    return y >= x ? z : tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y));
}

KERNEL(turns) {
    u32 hash = 1;
    while (turns-- > 0) {
        hash = mix(hash, (u32)queens(255, (u32)turns & 3, 0));
        hash = mix(hash, (u32)tak(9 + (turns & 1), 5, 2));
    }
    return hash;
}
