/* An editor's gap buffer and a queue of lines: copies of all lengths, mostly short. */
#include "kernel.h"
#define N 32768
static u8 buffer[N];
static i32 start, end;
static struct Line { i32 from, length, colour, spare; } lines[64], moved[64];

static void move_to(i32 where) {
    if (where < start) {
        i32 count = start - where;
        __builtin_memmove(buffer + end - count, buffer + where, (unsigned)count);
        start -= count;
        end -= count;
    } else {
        i32 count = where - start;
        __builtin_memmove(buffer + start, buffer + end, (unsigned)count);
        start += count;
        end += count;
    }
}

KERNEL(turns) {
    u32 hash = 1;
    seed(53);
    start = 0;
    end = N / 2;
    __builtin_memset(buffer, 0, N / 2);
    __builtin_memset(lines, 0, sizeof lines);
    for (i32 i = end; i < N; i++) buffer[i] = (u8)draw();
    for (i32 i = 0; i < turns; i++) {
        i32 length = start + N - end;
        u32 kind = draw();
        i32 here = start + (i32)(kind & 255) - 128;
        if (kind >> 28 == 0) here = (i32)(draw() % (u32)length);
        move_to(here < 0 ? 0 : here > length ? length : here);
        i32 size = (i32)(kind >> 8 & 31);
        if (kind >> 16 & 1 && start + size < end) {
            __builtin_memset(buffer + start, (i32)(kind & 127), (unsigned)size);
            start += size;
        } else if (end + size < N) end += size;
        struct Line line = {start, size, (i32)kind, i};
        i32 at = (i32)(kind >> 20 & 63);
        __builtin_memcpy(moved, lines, sizeof moved);
        lines[at] = line;
        lines[i & 63] = moved[at];
        hash = mix(hash, buffer[start ? start - 1 : 0] + (u32)lines[63].length);
    }
    return hash;
}
