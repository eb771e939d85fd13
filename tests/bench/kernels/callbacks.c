/* Merge sort of records with a comparison that is a pointer, and shapes with methods. */
#include "kernel.h"
#define N 8192
typedef struct { u32 key; f32 weight; } Record;
typedef i32 (*Compare)(const Record *, const Record *);
static Record records[N], spare[N];

static i32 by_key(const Record *x, const Record *y) { return x->key < y->key; }
static i32 by_weight(const Record *x, const Record *y) { return x->weight < y->weight; }
static i32 by_low_bits(const Record *x, const Record *y) {
    u32 p = x->key & 0xFFF, q = y->key & 0xFFF;
    return p != q ? p < q : x->key < y->key;
}
static i32 reversed(const Record *x, const Record *y) { return x->key > y->key; }
static const Compare orders[] = {by_key, by_weight, by_low_bits, reversed};

static void sort(Compare less) {
    Record *from = records, *to = spare;
    for (i32 width = 1; width < N; width *= 2) {
        for (i32 start = 0; start < N; start += 2 * width) {
            i32 i = start, j = start + width, middle = j, end = j + width;
            for (i32 k = start; k < end; k++)
                to[k] = j >= end || (i < middle && !less(&from[j], &from[i])) ? from[i++]
                                                                              : from[j++];
        }
        Record *swap = from; from = to; to = swap;
    }
}

typedef struct Shape Shape;
struct Shape { f64 (*area)(const Shape *); f64 p, q; };
static f64 rectangle(const Shape *s) { return s->p * s->q; }
static f64 triangle(const Shape *s) { return s->p * s->q / 2; }
static f64 ellipse(const Shape *s) { return s->p * s->q * 3.14159265; }
static f64 square(const Shape *s) { return s->p * s->p; }
static f64 (*const kinds[])(const Shape *) = {rectangle, triangle, ellipse, square};
static Shape shapes[1024];

KERNEL(turns) {
    u32 hash = 1;
    seed(31);
    for (i32 i = 0; i < COUNT(shapes); i++) {
        shapes[i].area = kinds[draw() & 3];
        shapes[i].p = (f64)(draw() & 63);
        shapes[i].q = (f64)(draw() & 127);
    }
    while (turns-- > 0) {
        for (i32 i = 0; i < N; i++) {
            records[i].key = draw();
            records[i].weight = (f32)(draw() & 0xFFFF);
        }
        sort(orders[turns & 3]);
        hash = mix(hash, spare[turns & (N - 1)].key);
        f64 sum = 0;
        for (i32 k = 0; k < 16; k++)
            for (i32 i = 0; i < COUNT(shapes); i++) sum += shapes[i].area(&shapes[i]);
        hash = mix(hash, bits_of(sum));
    }
    return hash;
}
