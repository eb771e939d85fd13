;; One instruction: the memory is at r14 and guard pages check the bounds.
;; invoke f 0 -> 1684234849
;; invoke f 65533 -> trap out of bounds memory access
(module
  (memory 1)
  (data (i32.const 0) "abcd")
  (func $f (export "f") (param $p i32) (result i32)
    (i32.load (local.get $p))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 5 bytes, 2 instructions, 0.71 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes     x86-64                            ; after, notes
;;          (entry)                                                         ; $p: edi
;; 0  0x25  local.get $p  - local, read where it lives                      ; [$p]
;; 1  0x27  i32.load      - load, done by the instruction that consumes it  ; [mem[rdi]], deferred, bounds check elided by guard pages, can trap
;; 2  0x2a  end              0  418b043e  mov eax, dword [r14+rdi]
;;                           4  c3        ret
