/* A hash table with open addressing: keys of 64 bits, tombstones by shifting back. */
#include "kernel.h"
#define BITS 14
#define N (1 << BITS)
static u64 keys[N];
static u32 values[N];

static u32 slot_of(u64 key) {
    key ^= key >> 33;
    key *= 0xFF51AFD7ED558CCDull;
    key ^= key >> 33;
    key *= 0xC4CEB9FE1A85EC53ull;
    return (u32)(key >> (64 - BITS));
}

static i32 find(u64 key) {
    u32 i = slot_of(key);
    while (keys[i] && keys[i] != key) i = (i + 1) & (N - 1);
    return (i32)i;
}

static void erase(u64 key) {
    u32 hole = (u32)find(key);
    if (!keys[hole]) return;
    for (u32 i = (hole + 1) & (N - 1); keys[i]; i = (i + 1) & (N - 1)) {
        u32 home = slot_of(keys[i]);
        if (((i - home) & (N - 1)) >= ((i - hole) & (N - 1))) {
            keys[hole] = keys[i];
            values[hole] = values[i];
            hole = i;
        }
    }
    keys[hole] = 0;
}

KERNEL(turns) {
    u32 hash = 1;
    seed(29);
    for (i32 i = 0; i < N; i++) keys[i] = 0;
    while (turns-- > 0) {
        for (i32 i = 0; i < N / 2; i++) {
            u64 key = (u64)(draw() % N + 1) << 20 | 7;
            i32 at = find(key);
            if (keys[at]) values[at] += (u32)i;
            else { keys[at] = key; values[at] = (u32)turns; }
        }
        for (i32 i = 0; i < N / 4; i++) erase((u64)(draw() % N + 1) << 20 | 7);
        for (i32 i = 0; i < N; i += 61) hash = mix(hash, keys[i] ? values[i] : 1);
    }
    return hash;
}
