;; Minus zero is a constant like any other.
;; invoke f -> -0.0
(module
  (func $f (export "f") (result f64) (f64.const -0.0)))
;; ==== x86-64 ====
;; func 0 $f (result f64) (export "f")
;; 24 bytes, 2 instructions, 2.18 x the 11 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes             x86-64                           ; after, notes
;; 0  0x1f  f64.const -0  - constant, used where it is consumed                    ; [-0]
;; 1  0x28  end              0  f20f100508000000  movsd xmm0, qword [rip+const:0]  ; moved to where the label expects it
;;                           8  c3                ret
;;                           9  cccccccccccccc    padding
;;              const:0:    10  0000000000000080  f64 -0
