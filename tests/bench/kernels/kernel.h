/* What every kernel begins with. `run(turns)` does its work so many times and gives a
   checksum; there is no library behind it, and no memory but its own arrays. The same
   file is compiled by clang for wasm32 and by gcc for this machine. */
typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef int i32;
typedef long long i64;
typedef float f32;
typedef double f64;

#ifdef __wasm__
#define EXPORT __attribute__((export_name("run")))
#else
#define EXPORT __attribute__((visibility("default")))
#endif
#define KERNEL(turns) EXPORT i32 run(i32 turns)
#define NOINLINE __attribute__((noinline))
#define COUNT(array) ((i32)(sizeof(array) / sizeof(array)[0]))

/* Numbers that look random, the same everywhere. */
static u32 seed_;
static inline void seed(u32 value) { seed_ = value; }
static inline u32 draw(void) {
    seed_ ^= seed_ << 13;
    seed_ ^= seed_ >> 17;
    seed_ ^= seed_ << 5;
    return seed_;
}
static inline u32 mix(u32 hash, u32 value) { return (hash ^ value) * 16777619u; }
/* The bits of a float that many roundings agree about: all of them. */
static inline u32 bits_of(f64 value) {
    union { f64 f; u64 u; } both = {value};
    return (u32)both.u ^ (u32)(both.u >> 32);
}
