;; 3000 lines of four digits, one call each.
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\10\00\00\00\05\00\00\00")
  (data (i32.const 16) "0000\n")
  (func $digit (param $at i32) (param $value i32)
    (i32.store8 (local.get $at)
      (i32.add (i32.const 48) (i32.rem_u (local.get $value) (i32.const 10)))))
  (func (export "_start") (local $k i32)
    (loop $more
      (call $digit (i32.const 19) (local.get $k))
      (call $digit (i32.const 18) (i32.div_u (local.get $k) (i32.const 10)))
      (call $digit (i32.const 17) (i32.div_u (local.get $k) (i32.const 100)))
      (call $digit (i32.const 16) (i32.div_u (local.get $k) (i32.const 1000)))
      (if (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))
        (then unreachable))
      (br_if $more
        (i32.lt_u (local.tee $k (i32.add (local.get $k) (i32.const 1)))
                  (i32.const 3000))))))
