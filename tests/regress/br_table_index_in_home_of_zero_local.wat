;; the index of a br_table took the home of a local that was still a virtual zero
;; call f 1 2 3 4 5 6
(module
  (func $nop)
  (func $dirty (param i32)
      (i32.mul (local.get 0) (i32.const 1001))
      (i32.mul (local.get 0) (i32.const 1003))
      (i32.mul (local.get 0) (i32.const 1005))
      (i32.mul (local.get 0) (i32.const 1007))
      (i32.mul (local.get 0) (i32.const 1009))
      (i32.mul (local.get 0) (i32.const 1011))
      (i32.mul (local.get 0) (i32.const 1013))
      (i32.mul (local.get 0) (i32.const 1015))
      (i32.mul (local.get 0) (i32.const 1017))
      (i32.mul (local.get 0) (i32.const 1019))
      (i32.mul (local.get 0) (i32.const 1021))
      (i32.mul (local.get 0) (i32.const 1023))
      (i32.mul (local.get 0) (i32.const 1025))
      (i32.mul (local.get 0) (i32.const 1027))
      (i32.mul (local.get 0) (i32.const 1029))
      (call $nop)
      i32.add
      i32.add
      i32.add
      i32.add
      i32.add
      i32.add
      i32.add
      i32.add
      i32.add
      i32.add
      i32.add
      i32.add
      i32.add
      i32.add
      drop)
  (func $f (param i32 i32 i32 i32 i32 i32) (result i32) (local i32 i32)
    (block
      (i32.add (local.get 0) (i32.const 1))
      (i32.add (local.get 0) (i32.const 2))
      (i32.add (local.get 0) (i32.const 3))
      (i32.add (local.get 0) (i32.const 4))
      (i32.add (local.get 5) (i32.const 1))
      (br_table 0 0))
    (i32.add (local.get 0) (i32.add (local.get 1) (i32.add (local.get 2) (i32.add (local.get 3)
      (i32.add (local.get 4) (i32.add (local.get 5) (i32.add (local.get 6) (local.get 7)))))))))
  (func (export "run") (param i32) (result i32)
    (call $dirty (local.get 0))
    (call $f (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4) (i32.const 5) (i32.const 6))))
