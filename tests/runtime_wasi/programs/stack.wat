;; Recursion without end that calls a WASI function at every depth.
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\10\00\00\00\01\00\00\00")
  (data (i32.const 16) ".")
  (func $deeper (result i32)
    (if (i32.eqz (i32.rem_u (i32.load (i32.const 64)) (i32.const 1000)))
      (then (drop
        (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))
    (i32.store (i32.const 64) (i32.add (i32.load (i32.const 64)) (i32.const 1)))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)))
    (i32.add (call $deeper) (i32.const 1)))
  (func (export "_start") (drop (call $deeper))))
