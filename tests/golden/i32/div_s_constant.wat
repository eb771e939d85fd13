;; A known divisor needs no checks.
;; invoke f -7 -> -2
(module
  (func $f (export "f") (param $a i32) (result i32)
    (i32.div_s (local.get $a) (i32.const 3))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 13 bytes, 5 instructions, 1.86 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes         x86-64             ; after, notes
;;          (entry)                                              ; $a: edi
;; 0  0x20  local.get $a  - local, read where it lives           ; [$a]
;; 1  0x22  i32.const 3   - constant, used where it is consumed  ; [$a, 3]
;; 2  0x24  i32.div_s        0  41bb03000000  mov r11d, 3        ; [eax]
;;                           6  8bc7          mov eax, edi
;;                           8  99            cdq
;;                           9  41f7fb        idiv r11d
;; 3  0x25  end              c  c3            ret
