;; The sign of a constant.
;; invoke f 3 -> -3.0
(module
  (func $f (export "f") (param $a f64) (result f64)
    (f64.copysign (local.get $a) (f64.const -1))))
;; ==== x86-64 ====
;; func 0 $f (param f64) (result f64) (export "f")
;; 56 bytes, 8 instructions, 4.00 x the 14 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes               x86-64                            ; after, notes
;;          (entry)                                                                   ; $a: xmm6
;; 0  0x20  local.get $a  - local, read where it lives                                ; [$a]
;; 1  0x22  f64.const -1  - constant, used where it is consumed                       ; [$a, -1]
;; 2  0x2b  f64.copysign     0  f20f100520000000    movsd xmm0, qword [rip+const:0]   ; [xmm1]
;;                           8  0f28ce              movaps xmm1, xmm6
;;                           b  f2440f103d1c000000  movsd xmm15, qword [rip+const:1]
;;                          14  410f54cf            andps xmm1, xmm15
;;                          18  440f55f8            andnps xmm15, xmm0
;;                          1c  410f56cf            orps xmm1, xmm15
;; 3  0x2c  end             20  0f28c1              movaps xmm0, xmm1                 ; moved to where the label expects it
;;                          23  c3                  ret
;;                          24  cccccccc            padding
;;              const:0:    28  000000000000f0bf    f64 -1
;;              const:1:    30  ffffffffffffff7f    f64 nan:0xfffffffffffff
