;; A declared local is zero and costs nothing before it is needed.
;; invoke f -> 0
(module
  (func $f (export "f") (result i32) (local $a i32) (local.get $a)))
;; ==== x86-64 ====
;; func 0 $f (result i32) (export "f")
;; 3 bytes, 2 instructions, 0.50 x the 6 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes  x86-64           ; after, notes
;;          (entry)                                     ; $a: 0
;; 0  0x21  local.get $a  - local, read where it lives  ; [0]
;; 1  0x23  end              0  33c0   xor eax, eax     ; moved to where the label expects it
;;                           2  c3     ret
