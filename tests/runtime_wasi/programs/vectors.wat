;; Reads and writes through lists of several buffers, empty ones among them; then writes the
;; sizes that the calls reported, four bytes each.
(module
  (import "wasi_snapshot_preview1" "fd_read"
    (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  ;; four buffers: 0 bytes, 3 bytes, 0 bytes, 5 bytes
  (data (i32.const 0) "\40\00\00\00\00\00\00\00\40\00\00\00\03\00\00\00")
  (data (i32.const 16) "\00\00\00\00\00\00\00\00\50\00\00\00\05\00\00\00")
  (data (i32.const 32) "\80\00\00\00\0c\00\00\00")
  (func (export "_start")
    (if (call $fd_read (i32.const 0) (i32.const 0) (i32.const 4) (i32.const 0x80))
      (then unreachable))
    (if (call $fd_write (i32.const 1) (i32.const 0) (i32.const 4) (i32.const 0x84))
      (then unreachable))
    (if (call $fd_write (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0x88))
      (then unreachable))
    (if (call $fd_write (i32.const 1) (i32.const 32) (i32.const 1) (i32.const 0x90))
      (then unreachable))))
