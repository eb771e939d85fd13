;; A local is reloaded into the register that a call takes the result in: memory keeps it.
;; call run 7
(module
  (memory 1)
  (func $f (param i32 i32 i32) (result i32)
    (i32.add (local.get 0) (i32.add (local.get 1) (local.get 2))))
  (func (export "run") (param $p i32) (result i32) (local $q i32)
    (local.set $q (i32.const 64))
    (i32.store offset=12 (local.get $q) (i32.const 5))
    (drop (call $f (local.get $p) (i32.const 0) (local.get $q)))
    (drop (call $f (local.get $p) (local.get $p)
      (i32.load offset=12 (local.get $q))))
    (i32.add (local.get $q) (i32.load offset=12 (local.get $q)))))
