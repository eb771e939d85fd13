/* Shortest paths over a grid of weights with a binary heap of (distance, node). */
#include "kernel.h"
#define SIDE 128
#define N (SIDE * SIDE)
static u8 weight[N];
static u32 best[N];
static struct Entry { u32 distance, node; } heap[4 * N + 1];
static i32 size;

static void push(u32 distance, u32 node) {
    i32 i = size++;
    while (i > 0 && heap[(i - 1) / 2].distance > distance) {
        heap[i] = heap[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    heap[i].distance = distance;
    heap[i].node = node;
}

static struct Entry pop(void) {
    struct Entry top = heap[0], last = heap[--size];
    i32 i = 0;
    for (;;) {
        i32 child = 2 * i + 1;
        if (child >= size) break;
        if (child + 1 < size && heap[child + 1].distance < heap[child].distance) child++;
        if (heap[child].distance >= last.distance) break;
        heap[i] = heap[child];
        i = child;
    }
    heap[i] = last;
    return top;
}

static void relax(u32 distance, u32 node) {
    distance += weight[node];
    if (distance < best[node]) {
        best[node] = distance;
        push(distance, node);
    }
}

static u32 search(u32 from) {
    for (i32 i = 0; i < N; i++) best[i] = ~0u;
    size = 0;
    best[from] = 0;
    push(0, from);
    while (size) {
        struct Entry here = pop();
        if (here.distance > best[here.node]) continue;
        u32 column = here.node % SIDE;
        if (column) relax(here.distance, here.node - 1);
        if (column < SIDE - 1) relax(here.distance, here.node + 1);
        if (here.node >= SIDE) relax(here.distance, here.node - SIDE);
        if (here.node < N - SIDE) relax(here.distance, here.node + SIDE);
    }
    u32 sum = 0;
    for (i32 i = 0; i < N; i++) sum = mix(sum, best[i]);
    return sum;
}

KERNEL(turns) {
    u32 hash = 1;
    seed(17);
    for (i32 i = 0; i < N; i++) weight[i] = (u8)(1 + draw() % 250);
    while (turns-- > 0) hash = mix(hash, search(draw() % N));
    return hash;
}
