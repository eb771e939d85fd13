;; A reference is 64 bits.
;; invoke f -> 1
(module
  (global $g (mut externref) (ref.null extern))
  (func $f (export "f") (result i32) (ref.is_null (global.get $g))))
;; ==== x86-64 ====
;; func 0 $f (result i32) (export "f")
;; 17 bytes, 5 instructions, 3.40 x the 5 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm           code  bytes           x86-64                          ; after, notes
;; 0  0x27  global.get $g     0  498b8700000000  mov rax, qword [r15+global:$g]  ; [rax]
;; 1  0x29  ref.is_null       7  4885c0          test rax, rax                   ; [eax]
;;                            a  0f94c0          sete al
;;                            d  0fb6c0          movzx eax, al
;; 2  0x2a  end              10  c3              ret
