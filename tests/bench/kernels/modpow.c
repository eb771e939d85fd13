/* Miller-Rabin primality tests: powers modulo numbers of 31 bits in i64, remainders. */
#include "kernel.h"

static u32 power(u32 base, u32 exponent, u32 modulus) {
    u64 result = 1, factor = base % modulus;
    for (; exponent; exponent >>= 1) {
        if (exponent & 1) result = result * factor % modulus;
        factor = factor * factor % modulus;
    }
    return (u32)result;
}

static u32 gcd(u32 a, u32 b) {
    while (b) { u32 rest = a % b; a = b; b = rest; }
    return a;
}

static i32 prime(u32 n) {
    static const u32 witness[] = {2, 7, 61};
    if (n < 2 || !(n & 1)) return n == 2;
    u32 odd = (n - 1) >> __builtin_ctz(n - 1);
    for (i32 i = 0; i < COUNT(witness); i++) {
        u32 x = power(witness[i], odd, n);
        if (x == 1 || x == n - 1 || n == witness[i]) continue;
        i32 composite = 1;
        for (u32 d = odd; d != n - 1 && composite; d <<= 1) {
            composite = x != n - 1;
            x = (u32)((u64)x * x % n);
        }
        if (composite) return 0;
    }
    return 1;
}

KERNEL(turns) {
    u32 found = 0, sum = 0;
    for (i32 i = 0; i < turns; i++) {
        u32 n = 1000000007u + 2u * (u32)i;
        found += (u32)prime(n);
        sum += gcd(n, 223092870u + (u32)i);
    }
    return (i32)(found * 65536 + sum);
}
