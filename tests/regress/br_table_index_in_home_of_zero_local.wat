;; the index of a br_table took the home of a local that was still a virtual zero
;; call f 1 2 3 4 5 6
(module
  (func (export "f") (param i32 i32 i32 i32 i32 i32) (result i32) (local i32 i32)
    (block
      (i32.add (local.get 0) (i32.const 1))
      (i32.add (local.get 0) (i32.const 2))
      (i32.add (local.get 0) (i32.const 3))
      (i32.add (local.get 0) (i32.const 4))
      (i32.add (local.get 5) (i32.const 1))
      (br_table 0 0))
    (i32.add (local.get 0) (i32.add (local.get 1) (i32.add (local.get 2) (i32.add (local.get 3)
      (i32.add (local.get 4) (i32.add (local.get 5) (i32.add (local.get 6) (local.get 7))))))))))
