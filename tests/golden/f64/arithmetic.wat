;; add, sub, mul and div on four parameters.
;; invoke f 1 2 3 4 -> -2.0
(module
  (func $f (export "f") (param $a f64) (param $b f64) (param $c f64) (param $d f64) (result f64)
    (f64.div (f64.mul (f64.sub (local.get $a) (local.get $b)) (f64.add (local.get $d) (local.get $d)))
      (f64.add (local.get $a) (local.get $c)))))
;; ==== x86-64 ====
;; func 0 $f (param f64 f64 f64 f64) (result f64) (export "f")
;; 33 bytes, 9 instructions, 1.74 x the 19 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm          code  bytes       x86-64             ; after, notes
;;           (entry)                                            ; $a: xmm6 $b: xmm7 $c: xmm8 $d: xmm9
;;  0  0x23  local.get $a  - local, read where it lives         ; [$a]
;;  1  0x25  local.get $b  - local, read where it lives         ; [$a, $b]
;;  2  0x27  f64.sub          0  0f28c6      movaps xmm0, xmm6  ; [xmm0]
;;                            3  f20f5cc7    subsd xmm0, xmm7
;;  3  0x28  local.get $d  - local, read where it lives         ; [xmm0, $d]
;;  4  0x2a  local.get $d  - local, read where it lives         ; [xmm0, $d, $d]
;;  5  0x2c  f64.add          7  410f28c9    movaps xmm1, xmm9  ; [xmm0, xmm1]
;;                            b  f2410f58c9  addsd xmm1, xmm9
;;  6  0x2d  f64.mul         10  f20f59c1    mulsd xmm0, xmm1   ; [xmm0]
;;  7  0x2e  local.get $a  - local, read where it lives         ; [xmm0, $a]
;;  8  0x30  local.get $c  - local, read where it lives         ; [xmm0, $a, $c]
;;  9  0x32  f64.add         14  0f28ce      movaps xmm1, xmm6  ; [xmm0, xmm1]
;;                           17  f2410f58c8  addsd xmm1, xmm8
;; 10  0x33  f64.div         1c  f20f5ec1    divsd xmm0, xmm1   ; [xmm0]
;; 11  0x34  end             20  c3          ret
