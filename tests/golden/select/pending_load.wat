;; Both arms are computed; a load is done although it may not be chosen.
;; invoke f 0 1 -> 7
;; invoke f -1 1 -> trap out of bounds memory access
(module
  (memory 1)
  (func $f (export "f") (param $p i32) (param $c i32) (result i32)
    (select (i32.const 7) (i32.load (local.get $p)) (local.get $c))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 13 bytes, 4 instructions, 1.08 x the 12 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes       x86-64                          ; after, notes
;;          (entry)                                                         ; $p: edi $c: esi
;; 0  0x26  i32.const 7   - constant, used where it is consumed             ; [7]
;; 1  0x28  local.get $p  - local, read where it lives                      ; [7, $p]
;; 2  0x2a  i32.load      - load, done by the instruction that consumes it  ; [7, mem[rdi]], deferred, bounds check elided by guard pages, can trap
;; 3  0x2d  local.get $c  - local, read where it lives                      ; [7, mem[rdi], $c]
;; 4  0x2f  select           0  85f6        test esi, esi                   ; [eax], folded into an operand
;;                           2  b807000000  mov eax, 7
;;                           7  410f44043e  cmove eax, dword [r14+rdi]
;; 5  0x30  end              c  c3          ret
