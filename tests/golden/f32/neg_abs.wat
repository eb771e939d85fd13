;; The sign bit is flipped or cleared.
;; invoke f 1.5 -> -1.5
;; invoke f -2 -> -2.0
(module
  (func $f (export "f") (param $a f32) (result f32)
    (f32.neg (f32.abs (local.get $a)))))
;; ==== x86-64 ====
;; func 0 $f (param f32) (result f32) (export "f")
;; 48 bytes, 6 instructions, 8.00 x the 6 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes               x86-64                            ; after, notes
;;          (entry)                                                                   ; $a: xmm6
;; 0  0x20  local.get $a  - local, read where it lives                                ; [$a]
;; 1  0x22  f32.abs          0  0f28c6              movaps xmm0, xmm6                 ; [xmm0]
;;                           3  f3440f103d14000000  movss xmm15, dword [rip+const:0]
;;                           c  410f54c7            andps xmm0, xmm15
;; 2  0x23  f32.neg         10  f3440f103d0f000000  movss xmm15, dword [rip+const:1]
;;                          19  410f57c7            xorps xmm0, xmm15
;; 3  0x24  end             1d  c3                  ret
;;                          1e  cccc                padding
;;              const:0:    20  ffffff7f00000000    f32 nan:0x7fffff
;;              const:1:    28  0000008000000000    f32 -0
