;; Writes all arguments, then all environment variables, each ended by a NUL.
(module
  (import "wasi_snapshot_preview1" "args_sizes_get"
    (func $args_sizes_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_get"
    (func $args_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_sizes_get"
    (func $environ_sizes_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_get"
    (func $environ_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 3)
  (func $check (param i32)
    (if (local.get 0) (then unreachable)))
  ;; write the block of (size at 4) bytes at 0x10000 to stdout
  (func $dump
    (i32.store (i32.const 8) (i32.const 0x10000))
    (i32.store (i32.const 12) (i32.load (i32.const 4)))
    (call $check
      (call $fd_write (i32.const 1) (i32.const 8) (i32.const 1) (i32.const 16))))
  (func (export "_start")
    (call $check (call $args_sizes_get (i32.const 0) (i32.const 4)))
    (call $check (call $args_get (i32.const 1024) (i32.const 0x10000)))
    (call $dump)
    (call $check (call $environ_sizes_get (i32.const 0) (i32.const 4)))
    (call $check (call $environ_get (i32.const 1024) (i32.const 0x10000)))
    (call $dump)))
