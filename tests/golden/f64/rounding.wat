;; ceil, floor and trunc.
;; invoke f 1.5 -> 4.0
(module
  (func $f (export "f") (param $a f64) (result f64)
    (f64.add (f64.add (f64.ceil (local.get $a)) (f64.floor (local.get $a)))
      (f64.trunc (local.get $a)))))
;; ==== x86-64 ====
;; func 0 $f (param f64) (result f64) (export "f")
;; 27 bytes, 6 instructions, 2.08 x the 13 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes         x86-64                   ; after, notes
;;          (entry)                                                    ; $a: xmm6
;; 0  0x20  local.get $a  - local, read where it lives                 ; [$a]
;; 1  0x22  f64.ceil         0  660f3a0bc60a  roundsd xmm0, xmm6, 0xa  ; [xmm0]
;; 2  0x23  local.get $a  - local, read where it lives                 ; [xmm0, $a]
;; 3  0x25  f64.floor        6  660f3a0bce09  roundsd xmm1, xmm6, 9    ; [xmm0, xmm1]
;; 4  0x26  f64.add          c  f20f58c1      addsd xmm0, xmm1         ; [xmm0]
;; 5  0x27  local.get $a  - local, read where it lives                 ; [xmm0, $a]
;; 6  0x29  f64.trunc       10  660f3a0bce0b  roundsd xmm1, xmm6, 0xb  ; [xmm0, xmm1]
;; 7  0x2a  f64.add         16  f20f58c1      addsd xmm0, xmm1         ; [xmm0]
;; 8  0x2b  end             1a  c3            ret
