;; The destination is the home of the second operand.
;; invoke f 5 3 -> 2.0
(module
  (func $f (export "f") (param $a f64) (param $b f64) (result f64)
    (local.set $b (f64.sub (local.get $a) (local.get $b)))
    (local.get $b)))
;; ==== x86-64 ====
;; func 0 $f (param f64 f64) (result f64) (export "f")
;; 14 bytes, 5 instructions, 1.27 x the 11 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes     x86-64             ; after, notes
;;          (entry)                                          ; $a: xmm6 $b: xmm7
;; 0  0x21  local.get $a  - local, read where it lives       ; [$a]
;; 1  0x23  local.get $b  - local, read where it lives       ; [$a, $b]
;; 2  0x25  f64.sub          0  0f28c6    movaps xmm0, xmm6  ; [xmm0]
;;                           3  f20f5cc7  subsd xmm0, xmm7
;; 3  0x26  local.set $b     7  0f28f8    movaps xmm7, xmm0  ; []
;; 4  0x28  local.get $b  - local, read where it lives       ; [$b]
;; 5  0x2a  end              a  0f28c7    movaps xmm0, xmm7  ; moved to where the label expects it
;;                           d  c3        ret
