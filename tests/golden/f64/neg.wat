;; The sign bit is flipped, of a NaN too.
;; invoke f 1 -> -1.0
;; invoke f nan -> nan
(module
  (func $f (export "f") (param $a f64) (result f64)
    (f64.neg (local.get $a))))
;; ==== x86-64 ====
;; func 0 $f (param f64) (result f64) (export "f")
;; 32 bytes, 4 instructions, 6.40 x the 5 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes               x86-64                            ; after, notes
;;          (entry)                                                                   ; $a: xmm6
;; 0  0x20  local.get $a  - local, read where it lives                                ; [$a]
;; 1  0x22  f64.neg          0  0f28c6              movaps xmm0, xmm6                 ; [xmm0]
;;                           3  f2440f103d0c000000  movsd xmm15, qword [rip+const:0]
;;                           c  410f57c7            xorps xmm0, xmm15
;; 2  0x23  end             10  c3                  ret
;;                          11  cccccccccccccc      padding
;;              const:0:    18  0000000000000080    f64 -0
