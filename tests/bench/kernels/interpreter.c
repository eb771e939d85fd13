/* A machine with registers and 14 operations, one big switch: it computes Collatz
   lengths and primes from byte code that is made here. */
#include "kernel.h"
enum { HALT, LOADK, MOVE, ADD, SUB, MUL, REM, SHR, AND, JUMP, JZ, JLT, STORE, LOAD };
typedef struct { u8 op, a, b, c; } Code;
static i32 memory[1024];

#define TO(target) (u8)(target)
/* Register 0 says how far, 7 is the result, 8 is one. Targets are in c. */
static const Code collatz[] = {
    {LOADK, 1, 1, 0}, {LOADK, 7, 0, 0}, {LOADK, 8, 1, 0}, {LOADK, 9, 3, 0},
    /* 4: next start */ {JLT, 0, 1, TO(18)}, {MOVE, 2, 1, 0},
    /* 6: step */ {SUB, 3, 2, 8}, {JZ, 3, 0, TO(15)}, {AND, 3, 2, 8},
    {JZ, 3, 0, TO(13)}, {MUL, 2, 2, 9}, {ADD, 2, 2, 8}, {ADD, 7, 7, 8},
    /* 13: */ {SHR, 2, 2, 8}, {JUMP, 0, 0, TO(19)},
    /* 15: */ {ADD, 1, 1, 8}, {JUMP, 0, 0, TO(4)}, {HALT, 0, 0, 0}, {HALT, 0, 0, 0},
    /* 19: */ {ADD, 7, 7, 8}, {JUMP, 0, 0, TO(6)},
};
/* Sieve by trial division, primes in memory. */
static const Code primes[] = {
    {LOADK, 1, 2, 0}, {LOADK, 7, 0, 0}, {LOADK, 8, 1, 0}, {LOADK, 6, 0, 0},
    /* 4: candidate */ {JLT, 0, 1, TO(17)}, {LOADK, 2, 0, 0},
    /* 6: divisor */ {SUB, 3, 6, 2}, {JZ, 3, 0, TO(13)}, {LOAD, 4, 2, 0},
    {REM, 5, 1, 4}, {JZ, 5, 0, TO(15)}, {ADD, 2, 2, 8}, {JUMP, 0, 0, TO(6)},
    /* 13: prime */ {STORE, 1, 6, 0}, {ADD, 6, 6, 8},
    /* 15: */ {ADD, 1, 1, 8}, {JUMP, 0, 0, TO(4)}, /* 17: */ {MOVE, 7, 6, 0},
    {HALT, 0, 0, 0},
};

static NOINLINE i32 interpret(const Code *code, i32 argument) {
    i32 r[16] = {argument};
    const Code *pc = code;
    for (;;) {
        Code i = *pc++;
        switch (i.op) {
        case HALT: return r[7];
        case LOADK: r[i.a] = i.b; break;
        case MOVE: r[i.a] = r[i.b]; break;
        case ADD: r[i.a] = r[i.b] + r[i.c]; break;
        case SUB: r[i.a] = r[i.b] - r[i.c]; break;
        case MUL: r[i.a] = r[i.b] * r[i.c]; break;
        case REM: r[i.a] = (i32)((u32)r[i.b] % (u32)r[i.c]); break;
        case SHR: r[i.a] = (i32)((u32)r[i.b] >> (r[i.c] & 31)); break;
        case AND: r[i.a] = r[i.b] & r[i.c]; break;
        case JUMP: pc = code + i.c; break;
        case JZ: if (!r[i.a]) pc = code + i.c; break;
        case JLT: if (r[i.a] < r[i.b]) pc = code + i.c; break;
        case STORE: memory[r[i.b] & 1023] = r[i.a]; break;
        case LOAD: r[i.a] = memory[r[i.b] & 1023]; break;
        }
    }
}

KERNEL(turns) {
    u32 hash = 1;
    while (turns-- > 0) {
        hash = mix(hash, (u32)interpret(collatz, 1000 + (turns & 7)));
        hash = mix(hash, (u32)interpret(primes, 700 + (turns & 7)));
    }
    return hash;
}
