/* Base64 of 48 KiB there and back: bytes, shifts, small tables. */
#include "kernel.h"
#define N 49152
static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static u8 plain[N + 3], coded[N / 3 * 4 + 4], value[256];

static i32 encode(const u8 *from, i32 length, u8 *to) {
    u8 *begin = to;
    i32 i = 0;
    for (; i + 2 < length; i += 3) {
        u32 word = (u32)from[i] << 16 | from[i + 1] << 8 | from[i + 2];
        *to++ = alphabet[word >> 18];
        *to++ = alphabet[word >> 12 & 63];
        *to++ = alphabet[word >> 6 & 63];
        *to++ = alphabet[word & 63];
    }
    if (i < length) {
        u32 word = (u32)from[i] << 16 | (i + 1 < length ? from[i + 1] << 8 : 0);
        *to++ = alphabet[word >> 18];
        *to++ = alphabet[word >> 12 & 63];
        *to++ = i + 1 < length ? alphabet[word >> 6 & 63] : '=';
        *to++ = '=';
    }
    return (i32)(to - begin);
}

static i32 decode(const u8 *from, i32 length, u8 *to) {
    u32 word = 0;
    i32 have = 0, made = 0;
    for (i32 i = 0; i < length; i++) {
        u8 digit = value[from[i]];
        if (digit > 63) break;
        word = word << 6 | digit;
        if (++have == 4) {
            to[made++] = (u8)(word >> 16);
            to[made++] = (u8)(word >> 8);
            to[made++] = (u8)word;
            have = 0;
        }
    }
    if (have > 1) to[made++] = (u8)(word >> (have == 2 ? 4 : 10));
    if (have > 2) to[made++] = (u8)(word >> 2);
    return made;
}

KERNEL(turns) {
    u32 hash = 1;
    for (i32 i = 0; i < 256; i++) value[i] = 255;
    for (i32 i = 0; i < 64; i++) value[(u8)alphabet[i]] = (u8)i;
    seed(3);
    for (i32 i = 0; i < N; i++) plain[i] = (u8)(draw() >> 11);
    while (turns-- > 0) {
        i32 length = encode(plain, N - turns % 3, coded);
        i32 back = decode(coded, length, plain);
        plain[turns & 1023] ^= 1;
        hash = mix(hash, (u32)(length * 31 + back + coded[length - 5] + plain[turns]));
    }
    return hash;
}
