;; Two conditions of one comparison.
;; invoke f 1 1 -> 10
;; invoke f nan nan -> 20
(module
  (func $f (export "f") (param $a f64) (param $b f64) (result i32)
    (select (i32.const 10) (i32.const 20) (f64.eq (local.get $a) (local.get $b)))))
;; ==== x86-64 ====
;; func 0 $f (param f64 f64) (result i32) (export "f")
;; 21 bytes, 6 instructions, 1.75 x the 12 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes       x86-64               ; after, notes
;;          (entry)                                              ; $a: xmm6 $b: xmm7
;; 0  0x21  i32.const 10  - constant, used where it is consumed  ; [10]
;; 1  0x23  i32.const 20  - constant, used where it is consumed  ; [10, 20]
;; 2  0x25  local.get $a  - local, read where it lives           ; [10, 20, $a]
;; 3  0x27  local.get $b  - local, read where it lives           ; [10, 20, $a, $b]
;; 4  0x29  f64.eq           0  660f2ef7    ucomisd xmm6, xmm7   ; [10, 20, flags e and np], kept in flags
;; 5  0x2a  select           4  b80a000000  mov eax, 0xa         ; [eax], fused with the instruction before
;;                           9  b914000000  mov ecx, 0x14
;;                           e  0f45c1      cmovne eax, ecx
;;                          11  0f4ac1      cmovp eax, ecx
;; 6  0x2b  end             14  c3          ret
