;; call a 5
;; call b 5
;; call c 5
;; call d 5
;; call e 5
(module (func (export "a") (param i32) (result i32) (i32.add (local.get 0) (i32.const -2147483648)))
(func (export "b") (param i64) (result i64) (i64.add (local.get 0) (i64.const -2147483648)))
(func (export "c") (param i64) (result i64) (i64.sub (local.get 0) (i64.const -2147483648)))
(func (export "d") (param i32) (result i32) (i32.sub (local.get 0) (i32.const -2147483648)))
(func (export "e") (param i64) (result i64) (local.set 0 (i64.add (local.get 0) (i64.const -2147483648))) (local.set 0 (i64.sub (local.get 0) (i64.const 128))) (local.get 0)))
