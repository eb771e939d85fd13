/* Bit tricks on i32 and i64: counts, rotations, reversal, Morton codes, Gray codes. */
#include "kernel.h"

static u32 reverse(u32 x) {
    x = (x & 0x55555555u) << 1 | (x >> 1 & 0x55555555u);
    x = (x & 0x33333333u) << 2 | (x >> 2 & 0x33333333u);
    x = (x & 0x0F0F0F0Fu) << 4 | (x >> 4 & 0x0F0F0F0Fu);
    x = (x & 0x00FF00FFu) << 8 | (x >> 8 & 0x00FF00FFu);
    return x << 16 | x >> 16;
}

static u64 spread(u64 x) {
    x = (x | x << 16) & 0x0000FFFF0000FFFFull;
    x = (x | x << 8) & 0x00FF00FF00FF00FFull;
    x = (x | x << 4) & 0x0F0F0F0F0F0F0F0Full;
    x = (x | x << 2) & 0x3333333333333333ull;
    return (x | x << 1) & 0x5555555555555555ull;
}

static u32 square_root(u32 x) {
    u32 root = 0;
    for (u32 bit = 1u << 30; bit; bit >>= 2) {
        u32 trial = root + bit;
        root >>= 1;
        if (x >= trial) { x -= trial; root += bit; }
    }
    return root;
}

KERNEL(turns) {
    u64 state = 0x9E3779B97F4A7C15ull;
    u32 hash = 1;
    while (turns-- > 0) {
        state = state << 7 | state >> 57;
        state += 0xD1342543DE82EF95ull;
        u32 low = (u32)state, high = (u32)(state >> 32);
        u64 morton = spread(low) | spread(high) << 1;
        hash += (u32)__builtin_popcountll(morton) + (u32)__builtin_popcount(low);
        hash ^= (u32)__builtin_clz(high | 1) * 3 + (u32)__builtin_ctzll(state | 1ull << 40);
        hash = (hash << 5 | hash >> 27) + reverse(low ^ low >> 1) + square_root(high);
        state ^= morton & -morton;
    }
    return hash;
}
