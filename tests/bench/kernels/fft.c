/* Fast Fourier transform of 4096 complex numbers and back: f64, strides, bit reversal. */
#include "kernel.h"
#define BITS 12
#define N (1 << BITS)
static f64 re[N], im[N], cosine[N / 2], sine[N / 2];

/* Roots of unity by doubling angles from a Taylor series: no library. */
static void roots(void) {
    f64 angle = 6.283185307179586 / N, c = 1, s = 0, term = 1;
    for (i32 k = 1; k < 12; k++) {
        term *= angle / k;
        if (k & 1) s += k & 2 ? -term : term;
        else c += k & 2 ? -term : term;
    }
    cosine[0] = 1;
    for (i32 i = 1; i < N / 2; i++) {
        cosine[i] = cosine[i - 1] * c - sine[i - 1] * s;
        sine[i] = sine[i - 1] * c + cosine[i - 1] * s;
    }
}

static void reorder(void) {
    for (i32 i = 0, j = 0; i < N; i++) {
        if (i < j) {
            f64 r = re[i], m = im[i];
            re[i] = re[j]; im[i] = im[j];
            re[j] = r; im[j] = m;
        }
        i32 bit = N >> 1;
        while (j & bit) { j ^= bit; bit >>= 1; }
        j |= bit;
    }
}

static void transform(f64 direction) {
    reorder();
    for (i32 half = 1; half < N; half <<= 1) {
        i32 step = N / 2 / half;
        for (i32 start = 0; start < N; start += 2 * half)
            for (i32 k = 0; k < half; k++) {
                i32 p = start + k, q = p + half;
                f64 c = cosine[k * step], s = direction * sine[k * step];
                f64 r = re[q] * c - im[q] * s, m = re[q] * s + im[q] * c;
                re[q] = re[p] - r; im[q] = im[p] - m;
                re[p] += r; im[p] += m;
            }
    }
}

KERNEL(turns) {
    u32 hash = 1;
    roots();
    seed(7);
    for (i32 i = 0; i < N; i++) {
        re[i] = (f64)(i32)(draw() >> 8) / 65536;
        im[i] = 0;
    }
    while (turns-- > 0) {
        transform(-1);
        transform(1);
        for (i32 i = 0; i < N; i++) { re[i] /= N; im[i] /= N; }
        hash = mix(hash, bits_of(re[turns & (N - 1)]));
    }
    return hash;
}
