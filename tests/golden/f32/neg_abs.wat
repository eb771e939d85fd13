;; The sign bit is flipped or cleared.
;; invoke f 1.5 -> -1.5
;; invoke f -2 -> -2.0
(module
  (func $f (export "f") (param $a f32) (result f32)
    (f32.neg (f32.abs (local.get $a)))))
;; ==== x86-64 ====
;; func 0 $f (param f32) (result f32) (export "f")
;; 34 bytes, 8 instructions, 5.67 x the 6 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes         x86-64                ; after, notes
;;          (entry)                                                 ; $a: xmm6
;; 0  0x20  local.get $a  - local, read where it lives              ; [$a]
;; 1  0x22  f32.abs          0  0f28c6        movaps xmm0, xmm6     ; [xmm0]
;;                           3  41bbffffff7f  mov r11d, 0x7fffffff
;;                           9  66450f6efb    movd xmm15, r11d
;;                           e  410f54c7      andps xmm0, xmm15
;; 2  0x23  f32.neg         12  41bb00000080  mov r11d, 0x80000000
;;                          18  66450f6efb    movd xmm15, r11d
;;                          1d  410f57c7      xorps xmm0, xmm15
;; 3  0x24  end             21  c3            ret
