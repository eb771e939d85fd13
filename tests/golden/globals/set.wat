;; A constant is stored as an immediate.
;; invoke f -> 9
(module
  (global $g (mut i32) (i32.const 7))
  (func $f (export "f") (result i32)
    (global.set $g (i32.const 9))
    (global.get $g)))
;; ==== x86-64 ====
;; func 0 $f (result i32) (export "f")
;; 20 bytes, 4 instructions, 2.50 x the 8 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm           code  bytes           x86-64                          ; after, notes
;; 0  0x27  i32.const 9    - constant, used where it is consumed                 ; [9]
;; 1  0x29  global.set $g     0  b809000000      mov eax, 9                      ; []
;;                            5  41898700000000  mov dword [r15+global:$g], eax
;; 2  0x2b  global.get $g     c  418b8700000000  mov eax, dword [r15+global:$g]  ; [eax]
;; 3  0x2d  end              13  c3              ret
