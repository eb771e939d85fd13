;; Ends with the code that its only argument gives in decimal digits, from two calls deep;
;; a line that was written before must appear, one after it must not.
(module
  (type $main (func))
  (import "wasi_snapshot_preview1" "args_get"
    (func $args_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (table funcref (elem $leave))
  (data (i32.const 16) "before\n")
  (data (i32.const 32) "after\n")
  (func $say (param $at i32) (param $size i32)
    (i32.store (i32.const 0) (local.get $at))
    (i32.store (i32.const 4) (local.get $size))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))
  (func $leave (local $at i32) (local $code i32) (local $digit i32)
    (drop (call $args_get (i32.const 1024) (i32.const 2048)))
    (local.set $at (i32.load (i32.const 1028)))
    (loop $more
      (local.set $digit (i32.load8_u (local.get $at)))
      (if (local.get $digit)
        (then
          (local.set $code
            (i32.add (i32.mul (local.get $code) (i32.const 10))
                     (i32.sub (local.get $digit) (i32.const 48))))
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (br $more))))
    (call $proc_exit (local.get $code))
    (call $say (i32.const 32) (i32.const 6)))
  (func $recurse (param $depth i32)
    (if (local.get $depth)
      (then (call $recurse (i32.sub (local.get $depth) (i32.const 1))))
      (else (call_indirect (type $main) (i32.const 0))))
    (call $say (i32.const 32) (i32.const 6)))
  (func (export "_start")
    (call $say (i32.const 16) (i32.const 7))
    (call $recurse (i32.const 200))
    (call $say (i32.const 32) (i32.const 6))))
