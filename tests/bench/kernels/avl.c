/* AVL trees: nodes with pointers, recursion, rotations; insertion, search, removal. */
#include "kernel.h"
#define N 4096
typedef struct Node { u32 key; i32 height; struct Node *left, *right; } Node;
static Node nodes[N];
static Node *spare;

static i32 height(const Node *t) { return t ? t->height : 0; }

static void update(Node *t) {
    i32 l = height(t->left), r = height(t->right);
    t->height = 1 + (l > r ? l : r);
}

static Node *rotate_right(Node *t) {
    Node *l = t->left;
    t->left = l->right;
    l->right = t;
    update(t);
    update(l);
    return l;
}

static Node *rotate_left(Node *t) {
    Node *r = t->right;
    t->right = r->left;
    r->left = t;
    update(t);
    update(r);
    return r;
}

static Node *balance(Node *t) {
    update(t);
    i32 lean = height(t->left) - height(t->right);
    if (lean > 1) {
        if (height(t->left->left) < height(t->left->right))
            t->left = rotate_left(t->left);
        return rotate_right(t);
    }
    if (lean < -1) {
        if (height(t->right->right) < height(t->right->left))
            t->right = rotate_right(t->right);
        return rotate_left(t);
    }
    return t;
}

static NOINLINE Node *insert(Node *t, u32 key) {
    if (!t) {
        t = spare;
        spare = t->right;
        t->key = key;
        t->height = 1;
        t->left = t->right = 0;
        return t;
    }
    if (key < t->key) t->left = insert(t->left, key);
    else if (key > t->key) t->right = insert(t->right, key);
    else return t;
    return balance(t);
}

static NOINLINE Node *take_least(Node *t, Node **least) {
    if (!t->left) { *least = t; return t->right; }
    t->left = take_least(t->left, least);
    return balance(t);
}

static NOINLINE Node *erase(Node *t, u32 key) {
    if (!t) return 0;
    if (key < t->key) t->left = erase(t->left, key);
    else if (key > t->key) t->right = erase(t->right, key);
    else {
        Node *left = t->left, *right = t->right;
        t->right = spare;
        spare = t;
        if (!right) return left;
        Node *least;
        right = take_least(right, &least);
        least->left = left;
        least->right = right;
        t = least;
    }
    return balance(t);
}

KERNEL(turns) {
    u32 hash = 1;
    seed(23);
    while (turns-- > 0) {
        Node *root = 0;
        for (i32 i = 0; i < N; i++) nodes[i].right = i + 1 < N ? &nodes[i + 1] : 0;
        spare = nodes;
        for (i32 i = 0; i < N / 2; i++) root = insert(root, draw() & 0xFFFF);
        for (i32 i = 0; i < N; i++) {
            u32 key = draw() & 0xFFFF;
            const Node *t = root;
            while (t && t->key != key) t = key < t->key ? t->left : t->right;
            hash = mix(hash, t ? (u32)t->height : key & 1);
            if (i & 1) root = erase(root, key);
        }
        hash = mix(hash, (u32)height(root));
    }
    return hash;
}
