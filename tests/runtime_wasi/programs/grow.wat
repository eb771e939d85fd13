;; Grows its memory of 1 to 40 pages and writes from the new pages, across the old end, and
;; all of it at once. The last bytes written are the results of five memory.grow, then
;; memory.size, one byte each.
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1 40)
  (func $write (param $at i32) (param $size i32)
    (i32.store (i32.const 0) (local.get $at))
    (i32.store (i32.const 4) (local.get $size))
    (if (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))
      (then unreachable))
    (if (i32.ne (i32.load (i32.const 8)) (local.get $size)) (then unreachable)))
  (func (export "_start")
    (i32.store8 (i32.const 32) (memory.grow (i32.const 2)))
    (i64.store (i32.const 0x2fff8) (i64.const 0x0a65676150646c4f))
    (call $write (i32.const 0x2fff8) (i32.const 8))
    (i32.store8 (i32.const 33) (memory.grow (i32.const 7)))
    (i64.store (i32.const 0x2fffc) (i64.const 0x0a61656c6f686c61))
    (call $write (i32.const 0x2fff8) (i32.const 12))
    (i32.store8 (i32.const 34) (memory.grow (i32.const 31)))
    (i32.store8 (i32.const 35) (memory.grow (i32.const 30)))
    (i32.store8 (i32.const 36) (memory.grow (i32.const 0)))
    (i32.store8 (i32.const 37) (memory.size))
    (memory.fill (i32.const 0x90000) (i32.const 46) (i32.const 0x10000))
    (call $write (i32.const 0) (i32.const 0xa0000))
    (call $write (i32.const 32) (i32.const 6))))
