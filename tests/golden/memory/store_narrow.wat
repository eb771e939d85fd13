;; The low byte and the low 16 bits.
;; invoke f 0 0x12345678 -> 0x5678
(module
  (memory 1)
  (func $f (export "f") (param $p i32) (param $a i32) (result i32)
    (i32.store8 offset=8 (local.get $p) (local.get $a))
    (i32.store16 (local.get $p) (local.get $a))
    (i32.load16_u (local.get $p))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 16 bytes, 4 instructions, 0.76 x the 21 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm                 code  bytes       x86-64                     ; after, notes
;;          (entry)                                                           ; $p: edi $a: esi
;; 0  0x26  local.get $p         - local, read where it lives                 ; [$p]
;; 1  0x28  local.get $a         - local, read where it lives                 ; [$p, $a]
;; 2  0x2a  i32.store8 offset=8     0  4188743e08  mov byte [r14+rdi+8], sil  ; [], bounds check elided by guard pages, can trap
;; 3  0x2d  local.get $p         - local, read where it lives                 ; [$p]
;; 4  0x2f  local.get $a         - local, read where it lives                 ; [$p, $a]
;; 5  0x31  i32.store16             5  664189343e  mov word [r14+rdi], si     ; [], bounds check elided by guard pages, can trap
;; 6  0x34  local.get $p         - local, read where it lives                 ; [$p]
;; 7  0x36  i32.load16_u            a  410fb7043e  movzx eax, word [r14+rdi]  ; [eax], bounds check elided by guard pages, can trap
;; 8  0x39  end                     f  c3          ret
