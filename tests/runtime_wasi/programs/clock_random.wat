;; Exit code: a bit for every property of clocks and random numbers that does not hold.
(module
  (import "wasi_snapshot_preview1" "clock_res_get"
    (func $clock_res_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "clock_time_get"
    (func $clock_time_get (param i32 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "random_get"
    (func $random_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "poll_oneoff"
    (func $poll_oneoff (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sched_yield" (func $sched_yield (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (global $bad (mut i32) (i32.const 0))
  (func $expect (param $bit i32) (param $holds i32)
    (if (i32.eqz (local.get $holds))
      (then (global.set $bad (i32.or (global.get $bad) (local.get $bit))))))
  (func (export "_start")
    (call $expect (i32.const 1)
      (i32.eqz (call $clock_res_get (i32.const 1) (i32.const 0))))
    (call $expect (i32.const 1) (i64.ne (i64.load (i32.const 0)) (i64.const 0)))
    ;; real time: after 2023
    (call $expect (i32.const 2)
      (i32.eqz (call $clock_time_get (i32.const 0) (i64.const 1) (i32.const 0))))
    (call $expect (i32.const 2)
      (i64.gt_u (i64.load (i32.const 0)) (i64.const 1700000000000000000)))
    ;; monotonic time before and after a sleep of 2 ms
    (call $expect (i32.const 4)
      (i32.eqz (call $clock_time_get (i32.const 1) (i64.const 0) (i32.const 8))))
    (i64.store (i32.const 64) (i64.const 77))
    (i32.store8 (i32.const 72) (i32.const 0))
    (i32.store (i32.const 80) (i32.const 1))
    (i64.store (i32.const 88) (i64.const 2000000))
    (call $expect (i32.const 8)
      (i32.eqz (call $poll_oneoff
        (i32.const 64) (i32.const 128) (i32.const 1) (i32.const 192))))
    (call $expect (i32.const 8) (i32.eq (i32.load (i32.const 192)) (i32.const 1)))
    (call $expect (i32.const 8) (i64.eq (i64.load (i32.const 128)) (i64.const 77)))
    (call $expect (i32.const 4)
      (i32.eqz (call $clock_time_get (i32.const 1) (i64.const 0) (i32.const 16))))
    (call $expect (i32.const 4)
      (i64.ge_u (i64.sub (i64.load (i32.const 16)) (i64.load (i32.const 8)))
                (i64.const 2000000)))
    ;; two blocks of random bytes differ
    (call $expect (i32.const 16)
      (i32.eqz (call $random_get (i32.const 256) (i32.const 32))))
    (call $expect (i32.const 16)
      (i64.ne (i64.load (i32.const 256)) (i64.load (i32.const 280))))
    (call $expect (i32.const 32) (i32.eqz (call $sched_yield)))
    (call $proc_exit (global.get $bad))))
