;; Only the last load may wait.
;; invoke f 0 4 -> 7
(module
  (memory 1)
  (data (i32.const 0) "\03\00\00\00\04\00\00\00")
  (func $f (export "f") (param $p i32) (param $q i32) (result i32)
    (i32.add (i32.load (local.get $p)) (i32.load (local.get $q)))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 9 bytes, 3 instructions, 0.69 x the 13 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes     x86-64                            ; after, notes
;;          (entry)                                                         ; $p: edi $q: esi
;; 0  0x26  local.get $p  - local, read where it lives                      ; [$p]
;; 1  0x28  i32.load      - load, done by the instruction that consumes it  ; [mem[rdi]], deferred, bounds check elided by guard pages, can trap
;; 2  0x2b  local.get $q  - local, read where it lives                      ; [mem[rdi], $q]
;; 3  0x2d  i32.load         0  418b043e  mov eax, dword [r14+rdi]          ; [eax, mem[rsi]], deferred, bounds check elided by guard pages, can trap
;; 4  0x30  i32.add          4  41030436  add eax, dword [r14+rsi]          ; [eax], folded into an operand
;; 5  0x31  end              8  c3        ret
