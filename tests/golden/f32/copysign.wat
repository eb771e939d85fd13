;; Magnitude of the first, sign of the second.
;; invoke f 1.5 -0.0 -> -1.5
(module
  (func $f (export "f") (param $a f32) (param $b f32) (result f32)
    (f32.copysign (local.get $a) (local.get $b))))
;; ==== x86-64 ====
;; func 0 $f (param f32 f32) (result f32) (export "f")
;; 40 bytes, 6 instructions, 5.71 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes               x86-64                            ; after, notes
;;          (entry)                                                                   ; $a: xmm6 $b: xmm7
;; 0  0x21  local.get $a  - local, read where it lives                                ; [$a]
;; 1  0x23  local.get $b  - local, read where it lives                                ; [$a, $b]
;; 2  0x25  f32.copysign     0  0f28c6              movaps xmm0, xmm6                 ; [xmm0]
;;                           3  f3440f103d14000000  movss xmm15, dword [rip+const:0]
;;                           c  410f54c7            andps xmm0, xmm15
;;                          10  440f55ff            andnps xmm15, xmm7
;;                          14  410f56c7            orps xmm0, xmm15
;; 3  0x26  end             18  c3                  ret
;;                          19  cccccccccccccc      padding
;;              const:0:    20  ffffff7f00000000    f32 nan:0x7fffff
