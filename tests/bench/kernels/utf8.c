/* UTF-8 there and back: branches on bytes that nobody can foresee. */
#include "kernel.h"
#define N 16384
static u32 points[N + 1], again[N + 1];
static u8 text[4 * N];

static i32 encode(void) {
    u8 *to = text;
    for (i32 i = 0; i < N; i++) {
        u32 c = points[i];
        if (c < 0x80) *to++ = (u8)c;
        else if (c < 0x800) {
            *to++ = (u8)(0xC0 | c >> 6);
            *to++ = (u8)(0x80 | (c & 63));
        } else if (c < 0x10000) {
            *to++ = (u8)(0xE0 | c >> 12);
            *to++ = (u8)(0x80 | (c >> 6 & 63));
            *to++ = (u8)(0x80 | (c & 63));
        } else {
            *to++ = (u8)(0xF0 | c >> 18);
            *to++ = (u8)(0x80 | (c >> 12 & 63));
            *to++ = (u8)(0x80 | (c >> 6 & 63));
            *to++ = (u8)(0x80 | (c & 63));
        }
    }
    return (i32)(to - text);
}

/* How many code points, or -1 - where the first mistake is. */
static i32 decode(i32 length) {
    i32 made = 0;
    for (i32 i = 0; i < length;) {
        u32 c = text[i];
        i32 more = c < 0x80 ? 0 : c < 0xC2 ? -1 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
        if (more < 0 || c > 0xF4 || i + more >= length) return -1 - i;
        if (more) c &= 0x3Fu >> more;
        for (i32 k = 1; k <= more; k++) {
            u32 next = text[i + k];
            if ((next & 0xC0) != 0x80) return -1 - i;
            c = c << 6 | (next & 63);
        }
        if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) return -1 - i;
        if (more == 2 && c < 0x800) return -1 - i;
        if (more == 3 && c < 0x10000) return -1 - i;
        again[made++] = c;
        i += more + 1;
    }
    return made;
}

KERNEL(turns) {
    static const u32 limit[4] = {0x80, 0x800, 0xD800, 0x110000};
    u32 hash = 1;
    seed(19);
    for (i32 i = 0; i < N; i++) {
        u32 most = limit[draw() & 3], c = draw() % most;
        points[i] = c >= 0xD800 && c < 0xE000 ? '?' : c;
    }
    while (turns-- > 0) {
        i32 length = encode();
        i32 count = decode(length);
        hash = mix(hash, (u32)(length + count) + again[turns & (N - 1)]);
        u32 at = draw() % N;
        points[at] = points[(at * 7 + 1) % N];
        if (turns % 8 == 0) {
            text[draw() % (u32)length] ^= 0x40;
            hash = mix(hash, (u32)decode(length));
        }
    }
    return hash;
}
