/* A backtracking matcher of patterns with . * ? ^ $ and classes: calls in calls. */
#include "kernel.h"
#define N 4096
static char text[N + 1];

static i32 here(const char *pattern, const char *at);

/* Does one character match the first item of a pattern? `next` is what follows it. */
static i32 one(const char *pattern, const char **next, char c) {
    if (*pattern != '[') {
        *next = pattern + 1;
        return c && (*pattern == '.' || *pattern == c);
    }
    i32 inverse = *++pattern == '^', found = 0;
    pattern += inverse;
    for (; *pattern != ']'; pattern++) {
        if (pattern[1] == '-') {
            found |= c >= pattern[0] && c <= pattern[2];
            pattern += 2;
        } else found |= c == *pattern;
    }
    *next = pattern + 1;
    return c && found != inverse;
}

static NOINLINE i32 star(const char *item, const char *rest, const char *at) {
    const char *unused, *far = at;
    while (one(item, &unused, *far)) far++;
    for (;; far--) {
        if (here(rest, far)) return 1;
        if (far == at) return 0;
    }
}

static NOINLINE i32 here(const char *pattern, const char *at) {
    const char *next;
    if (!*pattern) return 1;
    if (*pattern == '$' && !pattern[1]) return !*at;
    i32 fits = one(pattern, &next, *at);
    if (*next == '*') return star(pattern, next + 1, at);
    if (*next == '?') return (fits && here(next + 1, at + 1)) || here(next + 1, at);
    return fits && here(next, at + 1);
}

static i32 matches(const char *pattern) {
    i32 found = 0;
    if (*pattern == '^') return here(pattern + 1, text);
    for (const char *at = text; *at; at++) found += here(pattern, at);
    return found;
}

KERNEL(turns) {
    static const char *const patterns[] = {
        "a[b-e]*f", "x.?y", "[^a-p]q*r", "^.*z$", "ab*c*d", "[aeiou][^aeiou][aeiou]",
    };
    u32 hash = 1;
    seed(61);
    for (i32 i = 0; i < N; i++) text[i] = (char)('a' + draw() % 26);
    while (turns-- > 0) {
        for (i32 i = 0; i < COUNT(patterns); i++)
            hash = mix(hash, (u32)matches(patterns[i]));
        char letter = (char)('a' + draw() % 26);
        text[draw() % N] = letter;
    }
    return hash;
}
