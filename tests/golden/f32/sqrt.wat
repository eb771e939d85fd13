;; The destination is cleared first where sqrtss would depend on it.
;; invoke f 2.25 -> 1.5
(module
  (func $f (export "f") (param $a f32) (result f32)
    (f32.sqrt (local.get $a))))
;; ==== x86-64 ====
;; func 0 $f (param f32) (result f32) (export "f")
;; 8 bytes, 3 instructions, 1.60 x the 5 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes     x86-64             ; after, notes
;;          (entry)                                          ; $a: xmm6
;; 0  0x20  local.get $a  - local, read where it lives       ; [$a]
;; 1  0x22  f32.sqrt         0  0f28c6    movaps xmm0, xmm6  ; [xmm0]
;;                           3  f30f51c0  sqrtss xmm0, xmm0
;; 2  0x23  end              7  c3        ret
