/* CRC-32 of 64 KiB, a table of 256 words, one byte after the other: dependent loads. */
#include "kernel.h"
static u32 table[256];
static u8 text[65536];

KERNEL(turns) {
    for (u32 i = 0; i < 256; i++) {
        u32 value = i;
        for (i32 k = 0; k < 8; k++) value = value >> 1 ^ (value & 1 ? 0xEDB88320u : 0);
        table[i] = value;
    }
    seed(1);
    for (i32 i = 0; i < COUNT(text); i++) text[i] = (u8)draw();
    u32 crc = 0;
    while (turns-- > 0) {
        crc = ~crc;
        for (i32 i = 0; i < COUNT(text); i++)
            crc = crc >> 8 ^ table[(u8)(crc ^ text[i])];
        crc = ~crc;
    }
    return crc;
}
