;; minss is not wasm's minimum: zeros of both signs and NaN go their own way.
;; invoke f -0.0 0.0 -> -0.0
;; invoke f 1 nan -> nan
;; invoke f 1 2 -> 1.0
(module
  (func $f (export "f") (param $a f32) (param $b f32) (result f32)
    (f32.min (local.get $a) (local.get $b))))
;; ==== x86-64 ====
;; func 0 $f (param f32 f32) (result f32) (export "f")
;; 26 bytes, 10 instructions, 3.71 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes     x86-64              ; after, notes
;;          (entry)                                           ; $a: xmm6 $b: xmm7
;; 0  0x21  local.get $a  - local, read where it lives        ; [$a]
;; 1  0x23  local.get $b  - local, read where it lives        ; [$a, $b]
;; 2  0x25  f32.min          0  0f28c6    movaps xmm0, xmm6   ; [xmm0]
;;                           3  0f2ec7    ucomiss xmm0, xmm7
;;                           6  7a07      jp @2+f
;;                           8  750b      jne @2+15
;;                           a  0f56c7    orps xmm0, xmm7
;;                           d  eb0a      jmp @3
;;                           f  f30f58c7  addss xmm0, xmm7
;;                          13  eb04      jmp @3
;;                          15  f30f5dc7  minss xmm0, xmm7
;; 3  0x26  end             19  c3        ret
