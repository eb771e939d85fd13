;; The address of a cell of the VMContext.
;; invoke f -> 0
(module
  (elem declare func $f)
  (func $f (export "f") (result i32) (ref.is_null (ref.func $f))))
;; ==== x86-64 ====
;; func 0 $f (result i32) (export "f")
;; 17 bytes, 5 instructions, 3.40 x the 5 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm         code  bytes           x86-64                      ; after, notes
;; 0  0x26  ref.func $f     0  498d8700000000  lea rax, [r15+func:$f.ref]  ; [rax]
;; 1  0x28  ref.is_null     7  4885c0          test rax, rax               ; [eax]
;;                          a  0f94c0          sete al
;;                          d  0fb6c0          movzx eax, al
;; 2  0x29  end            10  c3              ret
