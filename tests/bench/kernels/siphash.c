/* SipHash-2-4 of messages of many lengths: i64 additions, rotations, exclusive or. */
#include "kernel.h"
static u8 message[1024];

#define ROTATE(x, n) ((x) << (n) | (x) >> (64 - (n)))
#define ROUND                                                                          \
    a += b; b = ROTATE(b, 13); b ^= a; a = ROTATE(a, 32);                              \
    c += d; d = ROTATE(d, 16); d ^= c;                                                 \
    a += d; d = ROTATE(d, 21); d ^= a;                                                 \
    c += b; b = ROTATE(b, 17); b ^= c; c = ROTATE(c, 32);

static u64 word_at(const u8 *p) {
    u64 word = 0;
    for (i32 i = 7; i >= 0; i--) word = word << 8 | p[i];
    return word;
}

static NOINLINE u64 siphash(u64 k0, u64 k1, const u8 *p, i32 length) {
    u64 a = k0 ^ 0x736F6D6570736575ull, b = k1 ^ 0x646F72616E646F6Dull;
    u64 c = k0 ^ 0x6C7967656E657261ull, d = k1 ^ 0x7465646279746573ull;
    i32 i = 0;
    for (; i + 8 <= length; i += 8) {
        u64 m = word_at(p + i);
        d ^= m;
        ROUND ROUND
        a ^= m;
    }
    u64 last = (u64)length << 56;
    for (i32 k = 0; i + k < length; k++) last |= (u64)p[i + k] << 8 * k;
    d ^= last;
    ROUND ROUND
    a ^= last;
    c ^= 0xFF;
    ROUND ROUND ROUND ROUND
    return a ^ b ^ c ^ d;
}

KERNEL(turns) {
    u64 sum = 0;
    for (i32 i = 0; i < COUNT(message); i++) message[i] = (u8)i;
    for (i32 i = 0; i < turns; i++)
        sum = siphash(sum, (u64)i, message + (i & 63), 16 + i % 900);
    return (i32)(sum ^ sum >> 32);
}
