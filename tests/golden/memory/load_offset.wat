;; The offset is a displacement.
;; invoke f 0 -> 100
(module
  (memory 1)
  (data (i32.const 0) "abcd")
  (func $f (export "f") (param $p i32) (result i32)
    (i32.load8_u offset=3 (local.get $p))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 7 bytes, 2 instructions, 1.00 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm                  code  bytes         x86-64                       ; after, notes
;;          (entry)                                                                ; $p: edi
;; 0  0x25  local.get $p          - local, read where it lives                     ; [$p]
;; 1  0x27  i32.load8_u offset=3     0  410fb6443e03  movzx eax, byte [r14+rdi+3]  ; [eax], bounds check elided by guard pages, can trap
;; 2  0x2a  end                      6  c3            ret
