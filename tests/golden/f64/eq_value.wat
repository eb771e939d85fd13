;; Equality looks at the parity flag too.
;; json
;; invoke f 1 1 -> 1
;; invoke f nan nan -> 0
(module
  (func $f (export "f") (param $a f64) (param $b f64) (result i32)
    (f64.eq (local.get $a) (local.get $b))))
;; ==== x86-64 ====
;; func 0 $f (param f64 f64) (result i32) (export "f")
;; 18 bytes, 6 instructions, 2.57 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes     x86-64              ; after, notes
;;          (entry)                                           ; $a: xmm6 $b: xmm7
;; 0  0x21  local.get $a  - local, read where it lives        ; [$a]
;; 1  0x23  local.get $b  - local, read where it lives        ; [$a, $b]
;; 2  0x25  f64.eq           0  660f2ef7  ucomisd xmm6, xmm7  ; [eax]
;;                           4  410f9bc3  setnp r11b
;;                           8  0f94c0    sete al
;;                           b  4123c3    and eax, r11d
;;                           e  0fb6c0    movzx eax, al
;; 3  0x26  end             11  c3        ret
