;; What the cases of imports/ import, as another instance.
(module
  (memory (export "memory") 1)
  (data (i32.const 0) "abcd")
  (global (export "counter") (mut i32) (i32.const 7))
  (table (export "table") 2 funcref)
  (elem (i32.const 0) $twice)
  (func $twice (export "twice") (param i32) (result i32)
    (i32.add (local.get 0) (local.get 0)))
  (func (export "sum8") (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32)
    (i32.add (i32.add (i32.add (local.get 0) (local.get 1))
        (i32.add (local.get 2) (local.get 3)))
      (i32.add (i32.add (local.get 4) (local.get 5))
        (i32.add (local.get 6) (local.get 7))))))
