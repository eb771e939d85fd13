;; *p += *q.
;; invoke f 0 4 -> 7
(module
  (memory 1)
  (data (i32.const 0) "\03\00\00\00\04\00\00\00")
  (func $f (export "f") (param $p i32) (param $q i32) (result i32)
    (i32.store (local.get $p) (i32.add (i32.load (local.get $p)) (i32.load (local.get $q))))
    (i32.load (local.get $p))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 17 bytes, 5 instructions, 0.74 x the 23 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes     x86-64                            ; after, notes
;;          (entry)                                                         ; $p: edi $q: esi
;; 0  0x26  local.get $p  - local, read where it lives                      ; [$p]
;; 1  0x28  local.get $p  - local, read where it lives                      ; [$p, $p]
;; 2  0x2a  i32.load      - load, done by the instruction that consumes it  ; [$p, mem[rdi]], deferred, bounds check elided by guard pages, can trap
;; 3  0x2d  local.get $q  - local, read where it lives                      ; [$p, mem[rdi], $q]
;; 4  0x2f  i32.load         0  418b043e  mov eax, dword [r14+rdi]          ; [$p, eax, mem[rsi]], deferred, bounds check elided by guard pages, can trap
;; 5  0x32  i32.add          4  41030436  add eax, dword [r14+rsi]          ; [$p, eax], folded into an operand
;; 6  0x33  i32.store        8  4189043e  mov dword [r14+rdi], eax          ; [], bounds check elided by guard pages, can trap
;; 7  0x36  local.get $p  - local, read where it lives                      ; [$p]
;; 8  0x38  i32.load      - load, done by the instruction that consumes it  ; [mem[rdi]], deferred, bounds check elided by guard pages, can trap
;; 9  0x3b  end              c  418b043e  mov eax, dword [r14+rdi]
;;                          10  c3        ret
