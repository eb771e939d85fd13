;; roundss to even.
;; invoke f 2.5 -> 2.0
;; invoke f -0.5 -> -0.0
(module
  (func $f (export "f") (param $a f32) (result f32)
    (f32.nearest (local.get $a))))
;; ==== x86-64 ====
;; func 0 $f (param f32) (result f32) (export "f")
;; 10 bytes, 3 instructions, 2.00 x the 5 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes         x86-64                 ; after, notes
;;          (entry)                                                  ; $a: xmm6
;; 0  0x20  local.get $a  - local, read where it lives               ; [$a]
;; 1  0x22  f32.nearest      0  0f28c6        movaps xmm0, xmm6      ; [xmm0]
;;                           3  660f3a0ac008  roundss xmm0, xmm0, 8
;; 2  0x23  end              9  c3            ret
