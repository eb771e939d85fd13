;; A float local in its own class of homes.
;; invoke f 1.5 -> 4.5
(module
  (func $f (export "f") (param $a f64) (result f64)
    (local $b f64)
    (local.set $b (f64.add (local.get $a) (local.get $a)))
    (f64.add (local.get $a) (local.get $b))))
;; ==== x86-64 ====
;; func 0 $f (param f64) (result f64) (export "f")
;; 15 bytes, 5 instructions, 0.94 x the 16 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes     x86-64               ; after, notes
;;          (entry)                                            ; $a: xmm6
;; 0  0x22  local.get $a  - local, read where it lives         ; [$a]
;; 1  0x24  local.get $a  - local, read where it lives         ; [$a, $a]
;; 2  0x26  f64.add          0  0f28fe    movaps xmm7, xmm6    ; [xmm7], computed in its destination
;;                           3  f20f58fe  addsd xmm7, xmm6
;; 3  0x27  local.set $b  - value is already where it belongs  ; [] $b: xmm7
;; 4  0x29  local.get $a  - local, read where it lives         ; [$a]
;; 5  0x2b  local.get $b  - local, read where it lives         ; [$a, $b]
;; 6  0x2d  f64.add          7  0f28c6    movaps xmm0, xmm6    ; [xmm0]
;;                           a  f20f58c7  addsd xmm0, xmm7
;; 7  0x2e  end              e  c3        ret
