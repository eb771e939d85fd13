;; Writes one line to stdout and one to stderr.
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 64) "hello world\n")
  (data (i32.const 128) "a warning\n")
  (data (i32.const 0) "\40\00\00\00\0c\00\00\00")
  (data (i32.const 16) "\80\00\00\00\0a\00\00\00")
  (func (export "_start")
    (if (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 32))
      (then unreachable))
    (if (i32.ne (i32.load (i32.const 32)) (i32.const 12)) (then unreachable))
    (if (call $fd_write (i32.const 2) (i32.const 16) (i32.const 1) (i32.const 32))
      (then unreachable))))
