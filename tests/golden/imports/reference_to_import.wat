;; A reference to an imported function.
;; invoke f -> 0
(module
  (import "host" "twice" (func $twice (param i32) (result i32)))
  (elem declare func $twice)
  (func $f (export "f") (result i32) (ref.is_null (ref.func $twice))))
;; ==== x86-64 ====
;; func 1 $f (result i32) (export "f")
;; 18 bytes, 6 instructions, 3.60 x the 5 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm             code  bytes           x86-64                          ; after, notes
;; 0  0x3b  ref.func $twice     0  498d8700000000  lea rax, [r15+func:$twice.ref]  ; [rax]
;; 1  0x3d  ref.is_null         7  33c9            xor ecx, ecx                    ; [ecx]
;;                              9  4885c0          test rax, rax
;;                              c  0f94c1          sete cl
;; 2  0x3e  end                 f  8bc1            mov eax, ecx                    ; moved to where the label expects it
;;                             11  c3              ret
