;; In place of the parameter.
;; invoke f 9 -> 3.0
(module
  (func $f (export "f") (param $a f64) (result f64)
    (local.set $a (f64.sqrt (local.get $a)))
    (local.get $a)))
;; ==== x86-64 ====
;; func 0 $f (param f64) (result f64) (export "f")
;; 8 bytes, 3 instructions, 0.89 x the 9 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes     x86-64               ; after, notes
;;          (entry)                                            ; $a: xmm6
;; 0  0x20  local.get $a  - local, read where it lives         ; [$a]
;; 1  0x22  f64.sqrt         0  f20f51f6  sqrtsd xmm6, xmm6    ; [xmm6] $a: -, computed in its destination
;; 2  0x23  local.set $a  - value is already where it belongs  ; [] $a: xmm6
;; 3  0x25  local.get $a  - local, read where it lives         ; [$a]
;; 4  0x27  end              4  0f28c6    movaps xmm0, xmm6    ; moved to where the label expects it
;;                           7  c3        ret
