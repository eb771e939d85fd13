;; Less-than is greater-than with operands exchanged.
;; invoke f 2 1 -> 1
;; invoke f nan 1 -> 0
(module
  (func $f (export "f") (param $a f64) (param $b f64) (result i32)
    (i32.and (f64.ge (local.get $a) (local.get $b)) (f64.le (local.get $b) (local.get $a)))))
;; ==== x86-64 ====
;; func 0 $f (param f64 f64) (result i32) (export "f")
;; 23 bytes, 8 instructions, 1.77 x the 13 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes     x86-64              ; after, notes
;;          (entry)                                           ; $a: xmm6 $b: xmm7
;; 0  0x21  local.get $a  - local, read where it lives        ; [$a]
;; 1  0x23  local.get $b  - local, read where it lives        ; [$a, $b]
;; 2  0x25  f64.ge           0  660f2ef7  ucomisd xmm6, xmm7  ; [eax]
;;                           4  0f93c0    setae al
;;                           7  0fb6c0    movzx eax, al
;; 3  0x26  local.get $b  - local, read where it lives        ; [eax, $b]
;; 4  0x28  local.get $a  - local, read where it lives        ; [eax, $b, $a]
;; 5  0x2a  f64.le           a  660f2ef7  ucomisd xmm6, xmm7  ; [eax, ecx]
;;                           e  0f93c1    setae cl
;;                          11  0fb6c9    movzx ecx, cl
;; 6  0x2b  i32.and         14  23c1      and eax, ecx        ; [eax]
;; 7  0x2c  end             16  c3        ret
