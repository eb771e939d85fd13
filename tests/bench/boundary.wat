;; Crossings that `boundary_bench` counts: each export does its crossing so many times, or
;; is itself what is crossed to.
(module
  (import "host" "f" (func $host (param i32 i64) (result i32)))
  (import "wasi_snapshot_preview1" "clock_time_get"
    (func $clock (param i32 i64 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "add") (param i32 i32) (result i32)
    (i32.add (local.get 0) (local.get 1)))
  (func (export "host") (param $n i32) (result i32) (local $sum i32)
    (loop
      (local.set $sum
        (i32.add (local.get $sum)
          (call $host (local.get $n) (i64.const 5))))
      (br_if 0 (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum))
  (func (export "wasi") (param $n i32) (result i32) (local $sum i32)
    (loop
      (local.set $sum
        (i32.add (local.get $sum)
          (call $clock (i32.const 1) (i64.const 0) (i32.const 8))))
      (br_if 0 (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum))
  (func (export "divide") (param i32 i32) (result i32)
    (i32.div_s (local.get 0) (local.get 1)))
  (func (export "load") (param i32 i32) (result i32)
    (i32.load (i32.add (local.get 0) (local.get 1))))
  (func $deep (export "deep") (param i32 i32) (result i32)
    (if (i32.eqz (local.get 0)) (then unreachable))
    (i32.add (local.get 1)
      (call $deep (i32.sub (local.get 0) (i32.const 1)) (local.get 1)))))
