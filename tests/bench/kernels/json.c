/* A JSON document is read by recursive descent, with numbers, escapes and nesting. */
#include "kernel.h"
static u8 text[1 << 18];
static i32 length, at;
static u32 hash;

static void put(const char *piece) {
    while (*piece) text[length++] = (u8)*piece++;
}

static void put_number(u32 value) {
    u8 digits[10];
    i32 count = 0;
    do digits[count++] = (u8)('0' + value % 10); while (value /= 10);
    while (count) text[length++] = digits[--count];
}

static void write(i32 depth) {
    u32 kind = draw() % (depth > 6 ? 5u : 8u);
    switch (kind) {
    case 0: put("null"); break;
    case 1: put(draw() & 1 ? "true" : "false"); break;
    case 2: {
        u32 value = draw();
        put_number(value >> (draw() & 31));
        break;
    }
    case 3: put("-"); put_number(draw() & 65535); put("."); put_number(draw() & 1023);
        put("e-3"); break;
    case 4: put("\"some \\\"text\\\" \\u0041\\n"); put_number(draw()); put("\""); break;
    case 5: case 6: {
        put("{ ");
        for (u32 i = draw() % 6 + 1; i; i--) {
            put("\"key"); put_number(i); put("\" : "); write(depth + 1);
            if (i > 1) put(",\n");
        }
        put("}");
        break;
    }
    default:
        put("[");
        for (u32 i = draw() % 6 + 1; i; i--) { write(depth + 1); if (i > 1) put(", "); }
        put("]");
    }
}

static void space(void) {
    while (text[at] == ' ' || text[at] == '\n' || text[at] == '\t' || text[at] == '\r')
        at++;
}

static i32 string(void) {
    at++;
    while (text[at] != '"') {
        u32 c = text[at++];
        if (c < 32) return 0;
        if (c == '\\') {
            c = text[at++];
            switch (c) {
            case 'n': c = '\n'; break;
            case 't': c = '\t'; break;
            case '"': case '\\': case '/': break;
            case 'u':
                c = 0;
                for (i32 k = 0; k < 4; k++) {
                    u32 d = text[at++];
                    c = c << 4 | (d <= '9' ? d - '0' : (d | 32) - 'a' + 10);
                }
                break;
            default: return 0;
            }
        }
        hash = mix(hash, c);
    }
    at++;
    return 1;
}

static i32 number(void) {
    f64 value = 0, scale = 1;
    i32 negative = text[at] == '-', exponent = 0, sign = 1;
    at += negative;
    if (text[at] < '0' || text[at] > '9') return 0;
    while (text[at] >= '0' && text[at] <= '9') value = value * 10 + (text[at++] - '0');
    if (text[at] == '.')
        for (at++; text[at] >= '0' && text[at] <= '9'; scale *= 10)
            value = value * 10 + (text[at++] - '0');
    if ((text[at] | 32) == 'e') {
        at++;
        if (text[at] == '-') { sign = -1; at++; }
        while (text[at] >= '0' && text[at] <= '9')
            exponent = exponent * 10 + (text[at++] - '0');
    }
    for (; exponent; exponent--) { if (sign > 0) value *= 10; else scale *= 10; }
    value /= scale;
    hash = mix(hash, bits_of(negative ? -value : value));
    return 1;
}

static i32 word(const char *expected) {
    for (; *expected; expected++) if (text[at++] != *expected) return 0;
    hash = mix(hash, text[at - 1]);
    return 1;
}

static i32 value(void) {
    space();
    switch (text[at]) {
    case 'n': return word("null");
    case 't': return word("true");
    case 'f': return word("false");
    case '"': return string();
    case '[':
        do { at++; if (!value()) return 0; space(); } while (text[at] == ',');
        return text[at++] == ']';
    case '{':
        do {
            at++;
            space();
            if (text[at] != '"' || !string()) return 0;
            space();
            if (text[at++] != ':' || !value()) return 0;
            space();
        } while (text[at] == ',');
        return text[at++] == '}';
    default: return number();
    }
}

KERNEL(turns) {
    length = 0;
    seed(6);
    put("[");
    while (length < 100000) { write(0); put(",\n "); }
    put("null]");
    text[length] = 0;
    hash = (u32)length;
    while (turns-- > 0) {
        at = 0;
        u32 fits = (u32)value();
        hash = mix(hash, fits + (u32)at);
    }
    return hash;
}
