;; A reference to an imported function.
;; invoke f -> 0
(module
  (import "host" "twice" (func $twice (param i32) (result i32)))
  (elem declare func $twice)
  (func $f (export "f") (result i32) (ref.is_null (ref.func $twice))))
;; ==== x86-64 ====
;; func 1 $f (result i32) (export "f")
;; 17 bytes, 5 instructions, 3.40 x the 5 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm             code  bytes           x86-64                          ; after, notes
;; 0  0x3b  ref.func $twice     0  498d8700000000  lea rax, [r15+func:$twice.ref]  ; [rax]
;; 1  0x3d  ref.is_null         7  4885c0          test rax, rax                   ; [eax]
;;                              a  0f94c0          sete al
;;                              d  0fb6c0          movzx eax, al
;; 2  0x3e  end                10  c3              ret
