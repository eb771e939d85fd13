/* Rays against spheres in f32: square roots, minima, conversions, structures. */
#include "kernel.h"
typedef struct { f32 x, y, z; } Vector;
static struct { Vector centre; f32 radius; u32 colour; } balls[16];

static Vector minus(Vector a, Vector b) {
    return (Vector){a.x - b.x, a.y - b.y, a.z - b.z};
}
static Vector along(Vector o, Vector d, f32 t) {
    return (Vector){o.x + d.x * t, o.y + d.y * t, o.z + d.z * t};
}
static f32 dot(Vector a, Vector b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
static Vector unit(Vector a) {
    f32 factor = 1 / __builtin_sqrtf(dot(a, a));
    return (Vector){a.x * factor, a.y * factor, a.z * factor};
}

static i32 hit(Vector from, Vector way, f32 *distance) {
    i32 best = -1;
    for (i32 i = 0; i < COUNT(balls); i++) {
        Vector to = minus(balls[i].centre, from);
        f32 middle = dot(to, way);
        f32 square = balls[i].radius * balls[i].radius - dot(to, to) + middle * middle;
        if (square < 0) continue;
        f32 t = middle - __builtin_sqrtf(square);
        if (t > 0.001f && t < *distance) { *distance = t; best = i; }
    }
    return best;
}

static u32 colour(Vector from, Vector way, i32 depth) {
    const Vector light = {0.6f, 0.64f, -0.48f};
    f32 distance = 1e9f;
    i32 which = hit(from, way, &distance);
    if (which < 0) return (u32)(way.y * 64 + 64);
    Vector point = along(from, way, distance);
    Vector normal = unit(minus(point, balls[which].centre));
    f32 shade = dot(normal, light), far = 1e9f;
    if (shade < 0 || hit(point, light, &far) >= 0) shade = 0.1f;
    u32 own = (u32)(shade * (f32)balls[which].colour);
    if (depth > 2) return own;
    Vector mirrored = along(way, normal, -2 * dot(way, normal));
    return (own * 3 + colour(point, mirrored, depth + 1)) / 4;
}

KERNEL(turns) {
    u32 hash = 1;
    seed(41);
    for (i32 i = 0; i < COUNT(balls); i++) {
        balls[i].centre.x = (f32)(draw() & 255) / 32 - 4;
        balls[i].centre.y = (f32)(draw() & 255) / 32 - 4;
        balls[i].centre.z = (f32)(draw() & 255) / 32 + 4;
        balls[i].radius = (f32)(draw() & 63) / 64 + 0.25f;
        balls[i].colour = draw() & 255;
    }
    while (turns-- > 0) {
        Vector eye = {(f32)(turns & 15) / 16, 0, -2};
        for (i32 y = -24; y < 24; y++)
            for (i32 x = -32; x < 32; x++) {
                Vector way = unit((Vector){(f32)x / 32, (f32)y / 32, 1});
                hash = mix(hash, colour(eye, way, 0));
            }
    }
    return hash;
}
