;; Null is zero.
;; invoke f -> null
(module (func $f (export "f") (result externref) (ref.null extern)))
;; ==== x86-64 ====
;; func 0 $f (result externref) (export "f")
;; 3 bytes, 2 instructions, 0.75 x the 4 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm             code  bytes  x86-64                    ; after, notes
;; 0  0x1f  ref.null extern  - constant, used where it is consumed  ; [null]
;; 1  0x21  end                 0  33c0   xor eax, eax              ; moved to where the label expects it
;;                              2  c3     ret
