/* A byte-oriented Lempel-Ziv compressor with a hash table, and its decompressor. */
#include "kernel.h"
#define N 65536
#define LONGEST 255
static u8 plain[N + 4], packed[2 * N], back[N + LONGEST];
static i32 last[4096];

static u32 key(const u8 *p) {
    return ((u32)p[0] | (u32)p[1] << 8 | (u32)p[2] << 16) * 2654435761u >> 20;
}

/* Tokens: a count of literals and the literals, a length and a distance of 16 bits. */
static i32 compress(void) {
    i32 made = 0, start = 0, i = 0;
    for (i32 k = 0; k < COUNT(last); k++) last[k] = -1;
    while (i < N) {
        u32 slot = key(plain + i);
        i32 before = last[slot], length = 0;
        last[slot] = i;
        if (before >= 0 && i - before < 65536)
            while (length < LONGEST && i + length < N
                   && plain[before + length] == plain[i + length])
                length++;
        if (length < 4 && i - start < 255) { i++; continue; }
        if (length < 4) length = 0;
        packed[made++] = (u8)(i - start);
        while (start < i) packed[made++] = plain[start++];
        packed[made++] = (u8)length;
        packed[made++] = (u8)(i - before);
        packed[made++] = (u8)((i - before) >> 8);
        start = i += length;
    }
    packed[made++] = (u8)(i - start);
    while (start < i) packed[made++] = plain[start++];
    return made;
}

static i32 expand(i32 length) {
    i32 made = 0, i = 0;
    for (;;) {
        for (i32 count = packed[i++]; count; count--) back[made++] = packed[i++];
        if (i >= length) return made;
        i32 count = packed[i], distance = packed[i + 1] | packed[i + 2] << 8;
        for (i += 3; count; count--, made++) back[made] = back[made - distance];
    }
}

KERNEL(turns) {
    u32 hash = 1;
    seed(11);
    for (i32 i = 0; i < N;) {
        i32 from = i ? (i32)(draw() % (u32)i) : 0;
        u32 length = draw() & 31;
        if (i < 256 || draw() & 1) plain[i++] = (u8)(97 + draw() % 26);
        else while (length-- && i < N) plain[i++] = plain[from++];
    }
    while (turns-- > 0) {
        i32 length = compress();
        i32 size = expand(length);
        for (i32 i = 0; i < N; i += 97) hash = mix(hash, back[i]);
        hash = mix(hash, (u32)(length + size));
        plain[turns * 31 & (N - 1)] ^= 3;
    }
    return hash;
}
