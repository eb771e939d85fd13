;; A trap and nothing behind it.
;; json
;; invoke f -> trap unreachable
(module (func $f (export "f") (result i32) unreachable))
;; ==== x86-64 ====
;; func 0 $f (result i32) (export "f")
;; 4 bytes, 1 instructions, 1.33 x the 3 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm         code  bytes     x86-64                 ; after, notes
;; 0  0x1f  unreachable     0  41ff5718  call qword [r15+trap]  ; can trap
;; 1  0x20  end          - unreachable
