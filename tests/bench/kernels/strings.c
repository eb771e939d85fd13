/* C strings: words of a text are split, folded, compared, counted and searched for. */
#include "kernel.h"
#define N 32768
static char text[N + 1], folded[N + 1];
static const char *words[N / 2];
static i32 lengths[N / 2], skip[256];

static i32 length_of(const char *s) {
    const char *end = s;
    while (*end) end++;
    return (i32)(end - s);
}

static i32 compare(const char *p, i32 m, const char *q, i32 n) {
    i32 least = m < n ? m : n;
    for (i32 i = 0; i < least; i++)
        if (p[i] != q[i]) return (u8)p[i] - (u8)q[i];
    return m - n;
}

static i32 split(void) {
    i32 count = 0;
    for (i32 i = 0; folded[i];) {
        while (folded[i] == ' ') i++;
        i32 start = i;
        while (folded[i] && folded[i] != ' ') i++;
        if (i > start) { words[count] = folded + start; lengths[count++] = i - start; }
    }
    return count;
}

/* Boyer, Moore and Horspool. */
static i32 occurrences(const char *needle, i32 m, i32 n) {
    i32 found = 0;
    for (i32 i = 0; i < 256; i++) skip[i] = m;
    for (i32 i = 0; i < m - 1; i++) skip[(u8)needle[i]] = m - 1 - i;
    for (i32 at = 0; at + m <= n; at += skip[(u8)folded[at + m - 1]]) {
        i32 i = m - 1;
        while (i >= 0 && folded[at + i] == needle[i]) i--;
        found += i < 0;
    }
    return found;
}

KERNEL(turns) {
    static const char *const needles[] = {"the", "lorem", "a b", "quick fox", "zzz"};
    static const char letters[] = "etaoin shrdlu ETAOIN  the quick fox";
    u32 hash = 1;
    seed(37);
    for (i32 i = 0; i < N; i++) text[i] = letters[draw() % (COUNT(letters) - 1)];
    while (turns-- > 0) {
        for (i32 i = 0; i <= N; i++) {
            char c = text[i];
            folded[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
        }
        i32 n = length_of(folded), count = split(), order = 0;
        for (i32 i = 1; i < count; i++)
            order += compare(words[i - 1], lengths[i - 1], words[i], lengths[i]) < 0;
        hash = mix(hash, (u32)(n + count * 3 + order * 5));
        for (i32 i = 0; i < COUNT(needles); i++)
            hash = mix(hash, (u32)occurrences(needles[i], length_of(needles[i]), n));
        text[draw() % N] = ' ';
    }
    return hash;
}
