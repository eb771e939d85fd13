/* The recursive fib of examples/fib.wat in C, in the same shape. */
__attribute__((noinline, noclone)) unsigned fib(unsigned p0) {
    unsigned l1 = 1;
    while (p0 >= 2) {
        l1 += fib(p0 - 1);
        p0 -= 2;
    }
    return l1;
}

int run(int n) { return (int)fib((unsigned)n); }
