;; Gives WASI pointers outside of its memory, one case by the number in its argument (a
;; digit), or numbers that mean nothing. Writes "ok" first, then the error number as one byte, if the call returns.
(module
  (import "wasi_snapshot_preview1" "args_get"
    (func $args_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read"
    (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "random_get"
    (func $random_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_open"
    (func $path_open
      (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "clock_time_get"
    (func $clock_time_get (param i32 i64 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 64) "ok")
  (func $write (param $at i32) (param $size i32)
    (i32.store (i32.const 0) (local.get $at))
    (i32.store (i32.const 4) (local.get $size))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))
  (func $try (param $case i32) (result i32)
    (block $6 (block $5 (block $4 (block $3 (block $2 (block $1 (block $0
      (br_table $0 $1 $2 $3 $4 $5 $6 (local.get $case)))
      ;; the vector itself
      (return (call $fd_write
        (i32.const 1) (i32.const 0xfffffff8) (i32.const 1) (i32.const 8))))
      ;; a buffer across the end of memory
      (i32.store (i32.const 0) (i32.const 0xfff0))
      (i32.store (i32.const 4) (i32.const 0x20))
      (return (call $fd_write
        (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))
      ;; the place of the result
      (return (call $fd_write
        (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 0x10000))))
      ;; a buffer to fill
      (return (call $random_get (i32.const 0xfff0) (i32.const 0xffffffff))))
      ;; a name
      (return (call $path_open
        (i32.const 3) (i32.const 0) (i32.const 0xffffff00) (i32.const 5)
        (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 8))))
      ;; an unaligned vector
      (i32.store (i32.const 1) (i32.const 64))
      (i32.store (i32.const 5) (i32.const 2))
      (return
        (call $fd_write (i32.const 1) (i32.const 1) (i32.const 1) (i32.const 16))))
    ;; an unknown clock
    (call $clock_time_get (i32.const 9) (i64.const 0) (i32.const 16)))
  (func (export "_start")
    (drop (call $args_get (i32.const 1024) (i32.const 2048)))
    (call $write (i32.const 64) (i32.const 2))
    (i32.store (i32.const 32)
      (call $try
        (i32.sub (i32.load8_u (i32.load (i32.const 1028))) (i32.const 48))))
    (call $write (i32.const 32) (i32.const 1))))
