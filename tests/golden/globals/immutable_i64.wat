;; Immutable globals are read like others.
;; invoke f -> 1099511627776
(module
  (global $g i64 (i64.const 1099511627776))
  (func $f (export "f") (result i64) (global.get $g)))
;; ==== x86-64 ====
;; func 0 $f (result i64) (export "f")
;; 8 bytes, 2 instructions, 2.00 x the 4 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm           code  bytes           x86-64                          ; after, notes
;; 0  0x2c  global.get $g     0  498b8700000000  mov rax, qword [r15+global:$g]  ; [rax]
;; 1  0x2e  end               7  c3              ret
