;; minss is not wasm's minimum: zeros of both signs and NaN go their own way.
;; invoke f -0.0 0.0 -> -0.0
;; invoke f 1 nan -> nan
;; invoke f 1 2 -> 1.0
(module
  (func $f (export "f") (param $a f32) (param $b f32) (result f32)
    (f32.min (local.get $a) (local.get $b))))
;; ==== x86-64 ====
;; func 0 $f (param f32 f32) (result f32) (export "f")
;; 40 bytes, 10 instructions, 5.71 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes         x86-64              ; after, notes
;;          (entry)                                               ; $a: xmm6 $b: xmm7
;; 0  0x21  local.get $a  - local, read where it lives            ; [$a]
;; 1  0x23  local.get $b  - local, read where it lives            ; [$a, $b]
;; 2  0x25  f32.min          0  0f28c6        movaps xmm0, xmm6   ; [xmm0]
;;                           3  0f2ec7        ucomiss xmm0, xmm7
;;                           6  0f8a0e000000  jp @2+26
;;                           c  0f8511000000  jne @2+35
;;                          12  0f56c7        orps xmm0, xmm7
;;                          15  e90d000000    jmp @3
;;                          1a  f30f58c7      addss xmm0, xmm7
;;                          1e  e904000000    jmp @3
;;                          23  f30f5dc7      minss xmm0, xmm7
;; 3  0x26  end             27  c3            ret
