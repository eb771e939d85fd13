;; A dropped load still traps.
;; invoke f 0 -> 1
;; invoke f -1 -> trap out of bounds memory access
(module
  (memory 1)
  (func $f (export "f") (param $p i32) (result i32)
    (drop (i32.load (local.get $p)))
    (i32.const 1)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 10 bytes, 3 instructions, 1.00 x the 10 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes       x86-64                          ; after, notes
;;          (entry)                                                         ; $p: edi
;; 0  0x25  local.get $p  - local, read where it lives                      ; [$p]
;; 1  0x27  i32.load      - load, done by the instruction that consumes it  ; [mem[rdi]], deferred, bounds check elided by guard pages, can trap
;; 2  0x2a  drop             0  418b043e    mov eax, dword [r14+rdi]        ; []
;; 3  0x2b  i32.const 1   - constant, used where it is consumed             ; [1]
;; 4  0x2d  end              4  b801000000  mov eax, 1                      ; moved to where the label expects it
;;                           9  c3          ret
