;; The address of a cell of the VMContext.
;; invoke f -> 0
(module
  (elem declare func $f)
  (func $f (export "f") (result i32) (ref.is_null (ref.func $f))))
;; ==== x86-64 ====
;; func 0 $f (result i32) (export "f")
;; 18 bytes, 6 instructions, 3.60 x the 5 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm         code  bytes           x86-64                      ; after, notes
;; 0  0x26  ref.func $f     0  498d8700000000  lea rax, [r15+func:$f.ref]  ; [rax]
;; 1  0x28  ref.is_null     7  33c9            xor ecx, ecx                ; [ecx]
;;                          9  4885c0          test rax, rax
;;                          c  0f94c1          sete cl
;; 2  0x29  end             f  8bc1            mov eax, ecx                ; moved to where the label expects it
;;                         11  c3              ret
