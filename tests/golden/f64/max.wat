;; The larger, +0 above -0, NaN above all.
;; invoke f -0.0 0.0 -> 0.0
;; invoke f nan 1 -> nan
;; invoke f 1 2 -> 2.0
(module
  (func $f (export "f") (param $a f64) (param $b f64) (result f64)
    (f64.max (local.get $a) (local.get $b))))
;; ==== x86-64 ====
;; func 0 $f (param f64 f64) (result f64) (export "f")
;; 27 bytes, 10 instructions, 3.86 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes     x86-64              ; after, notes
;;          (entry)                                           ; $a: xmm6 $b: xmm7
;; 0  0x21  local.get $a  - local, read where it lives        ; [$a]
;; 1  0x23  local.get $b  - local, read where it lives        ; [$a, $b]
;; 2  0x25  f64.max          0  0f28c6    movaps xmm0, xmm6   ; [xmm0]
;;                           3  660f2ec7  ucomisd xmm0, xmm7
;;                           7  7a07      jp @2+10
;;                           9  750b      jne @2+16
;;                           b  0f54c7    andps xmm0, xmm7
;;                           e  eb0a      jmp @3
;;                          10  f20f58c7  addsd xmm0, xmm7
;;                          14  eb04      jmp @3
;;                          16  f20f5fc7  maxsd xmm0, xmm7
;; 3  0x26  end             1a  c3        ret
