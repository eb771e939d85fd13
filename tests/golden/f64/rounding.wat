;; ceil, floor and trunc.
;; invoke f 1.5 -> 4.0
(module
  (func $f (export "f") (param $a f64) (result f64)
    (f64.add (f64.add (f64.ceil (local.get $a)) (f64.floor (local.get $a)))
      (f64.trunc (local.get $a)))))
;; ==== x86-64 ====
;; func 0 $f (param f64) (result f64) (export "f")
;; 36 bytes, 9 instructions, 2.77 x the 13 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes         x86-64                   ; after, notes
;;          (entry)                                                    ; $a: xmm6
;; 0  0x20  local.get $a  - local, read where it lives                 ; [$a]
;; 1  0x22  f64.ceil         0  0f28c6        movaps xmm0, xmm6        ; [xmm0]
;;                           3  660f3a0bc00a  roundsd xmm0, xmm0, 0xa
;; 2  0x23  local.get $a  - local, read where it lives                 ; [xmm0, $a]
;; 3  0x25  f64.floor        9  0f28ce        movaps xmm1, xmm6        ; [xmm0, xmm1]
;;                           c  660f3a0bc909  roundsd xmm1, xmm1, 9
;; 4  0x26  f64.add         12  f20f58c1      addsd xmm0, xmm1         ; [xmm0]
;; 5  0x27  local.get $a  - local, read where it lives                 ; [xmm0, $a]
;; 6  0x29  f64.trunc       16  0f28ce        movaps xmm1, xmm6        ; [xmm0, xmm1]
;;                          19  660f3a0bc90b  roundsd xmm1, xmm1, 0xb
;; 7  0x2a  f64.add         1f  f20f58c1      addsd xmm0, xmm1         ; [xmm0]
;; 8  0x2b  end             23  c3            ret
