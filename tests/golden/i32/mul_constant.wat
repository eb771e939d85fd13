;; imul with an immediate, from the local into the result register.
;; invoke f 3 -> 300
(module
  (func $f (export "f") (param $a i32) (result i32)
    (i32.mul (local.get $a) (i32.const 100))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 4 bytes, 2 instructions, 0.50 x the 8 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm           code  bytes   x86-64                   ; after, notes
;;          (entry)                                               ; $a: edi
;; 0  0x20  local.get $a   - local, read where it lives           ; [$a]
;; 1  0x22  i32.const 100  - constant, used where it is consumed  ; [$a, 100]
;; 2  0x25  i32.mul           0  6bc764  imul eax, edi, 0x64      ; [eax]
;; 3  0x26  end               3  c3      ret
