;; A global is a cell of the VMContext.
;; invoke f -> 7
(module
  (global $g (mut i32) (i32.const 7))
  (func $f (export "f") (result i32) (global.get $g)))
;; ==== x86-64 ====
;; func 0 $f (result i32) (export "f")
;; 8 bytes, 2 instructions, 2.00 x the 4 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm           code  bytes           x86-64                          ; after, notes
;; 0  0x27  global.get $g     0  418b8700000000  mov eax, dword [r15+global:$g]  ; [eax]
;; 1  0x29  end               7  c3              ret
