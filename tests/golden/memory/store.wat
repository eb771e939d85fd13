;; Address and value in registers.
;; invoke f 8 42 -> 42
(module
  (memory 1)
  (func $f (export "f") (param $p i32) (param $a i32) (result i32)
    (i32.store (local.get $p) (local.get $a))
    (i32.load (local.get $p))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 9 bytes, 3 instructions, 0.64 x the 14 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes     x86-64                            ; after, notes
;;          (entry)                                                         ; $p: edi $a: esi
;; 0  0x26  local.get $p  - local, read where it lives                      ; [$p]
;; 1  0x28  local.get $a  - local, read where it lives                      ; [$p, $a]
;; 2  0x2a  i32.store        0  4189343e  mov dword [r14+rdi], esi          ; [], bounds check elided by guard pages, can trap
;; 3  0x2d  local.get $p  - local, read where it lives                      ; [$p]
;; 4  0x2f  i32.load      - load, done by the instruction that consumes it  ; [mem[rdi]], deferred, bounds check elided by guard pages, can trap
;; 5  0x32  end              4  418b043e  mov eax, dword [r14+rdi]
;;                           8  c3        ret
