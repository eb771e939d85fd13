;; Magnitude of the first, sign of the second.
;; invoke f 1.5 -0.0 -> -1.5
(module
  (func $f (export "f") (param $a f32) (param $b f32) (result f32)
    (f32.copysign (local.get $a) (local.get $b))))
;; ==== x86-64 ====
;; func 0 $f (param f32 f32) (result f32) (export "f")
;; 27 bytes, 7 instructions, 3.86 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes         x86-64                ; after, notes
;;          (entry)                                                 ; $a: xmm6 $b: xmm7
;; 0  0x21  local.get $a  - local, read where it lives              ; [$a]
;; 1  0x23  local.get $b  - local, read where it lives              ; [$a, $b]
;; 2  0x25  f32.copysign     0  0f28c6        movaps xmm0, xmm6     ; [xmm0]
;;                           3  41bbffffff7f  mov r11d, 0x7fffffff
;;                           9  66450f6efb    movd xmm15, r11d
;;                           e  410f54c7      andps xmm0, xmm15
;;                          12  440f55ff      andnps xmm15, xmm7
;;                          16  410f56c7      orps xmm0, xmm15
;; 3  0x26  end             1a  c3            ret
