;; A reactor: _initialize, then any exported function any number of times.
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\10\00\00\00\01\00\00\00")
  (func $put (param i32)
    (i32.store8 (i32.const 16) (local.get 0))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))
  (func (export "_initialize") (call $put (i32.const 73)))
  (func (export "put") (param i32) (result i32)
    (call $put (local.get 0))
    (i32.add (local.get 0) (i32.const 1)))
  (func (export "leave") (param i32) (call $proc_exit (local.get 0))))
