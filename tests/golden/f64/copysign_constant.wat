;; The sign of a constant.
;; invoke f 3 -> -3.0
(module
  (func $f (export "f") (param $a f64) (result f64)
    (f64.copysign (local.get $a) (f64.const -1))))
;; ==== x86-64 ====
;; func 0 $f (param f64) (result f64) (export "f")
;; 56 bytes, 9 instructions, 4.00 x the 14 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes                 x86-64                           ; after, notes
;;          (entry)                                                                    ; $a: xmm6
;; 0  0x20  local.get $a  - local, read where it lives                                 ; [$a]
;; 1  0x22  f64.const -1  - constant, used where it is consumed                        ; [$a, -1]
;; 2  0x2b  f64.copysign     0  f20f100528000000      movsd xmm0, qword [rip+const:0]  ; [xmm1]
;;                           8  0f28ce                movaps xmm1, xmm6
;;                           b  49bbffffffffffffff7f  mov r11, 0x7fffffffffffffff
;;                          15  664d0f6efb            movq xmm15, r11
;;                          1a  410f54cf              andps xmm1, xmm15
;;                          1e  440f55f8              andnps xmm15, xmm0
;;                          22  410f56cf              orps xmm1, xmm15
;; 3  0x2c  end             26  0f28c1                movaps xmm0, xmm1                ; moved to where the label expects it
;;                          29  c3                    ret
;;                          2a  cccccccccccc          padding
;;              const:0:    30  000000000000f0bf      f64 -1
