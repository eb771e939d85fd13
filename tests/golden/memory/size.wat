;; Bytes to pages.
;; invoke f -> 3
(module
  (memory 3)
  (func $f (export "f") (result i32) (memory.size)))
;; ==== x86-64 ====
;; func 0 $f (result i32) (export "f")
;; 16 bytes, 4 instructions, 4.00 x the 4 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm         code  bytes           x86-64                         ; after, notes
;; 0  0x24  memory.size     0  498b8700000000  mov rax, qword [r15+memory:0]  ; [eax]
;;                          7  488b4008        mov rax, qword [rax+8]
;;                          b  48c1e810        shr rax, 0x10
;; 1  0x26  end             f  c3              ret
