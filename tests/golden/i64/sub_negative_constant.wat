;; -128 fits an immediate byte, 128 does not.
;; invoke f 0 -> 128
(module
  (func $f (export "f") (param $a i64) (result i64)
    (i64.sub (local.get $a) (i64.const -128))))
;; ==== x86-64 ====
;; func 0 $f (param i64) (result i64) (export "f")
;; 8 bytes, 2 instructions, 1.00 x the 8 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm            code  bytes           x86-64               ; after, notes
;;          (entry)                                                    ; $a: rdi
;; 0  0x20  local.get $a    - local, read where it lives               ; [$a]
;; 1  0x22  i64.const -128  - constant, used where it is consumed      ; [$a, -128]
;; 2  0x25  i64.sub            0  488d8780000000  lea rax, [rdi+0x80]  ; [rax]
;; 3  0x26  end                7  c3              ret
