;; A field of the table.
;; invoke f -> 3
(module
  (table $t 3 funcref)
  (func $f (export "f") (result i32) (table.size $t)))
;; ==== x86-64 ====
;; func 0 $f (result i32) (export "f")
;; 12 bytes, 3 instructions, 2.40 x the 5 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm           code  bytes           x86-64                         ; after, notes
;; 0  0x25  table.size $t     0  498b8700000000  mov rax, qword [r15+table:$t]  ; [eax]
;;                            7  488b4008        mov rax, qword [rax+8]
;; 1  0x28  end               b  c3              ret
