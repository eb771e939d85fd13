;; A pending load is done before a store that may change it.
;; invoke f 0 -> 100
(module
  (memory 1)
  (data (i32.const 0) "\64\00\00\00")
  (func $f (export "f") (param $p i32) (result i32)
    (i32.load (local.get $p))
    (i32.store (local.get $p) (i32.const 7))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 13 bytes, 3 instructions, 0.93 x the 14 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes             x86-64                    ; after, notes
;;          (entry)                                                         ; $p: edi
;; 0  0x25  local.get $p  - local, read where it lives                      ; [$p]
;; 1  0x27  i32.load      - load, done by the instruction that consumes it  ; [mem[rdi]], deferred, bounds check elided by guard pages, can trap
;; 2  0x2a  local.get $p  - local, read where it lives                      ; [mem[rdi], $p]
;; 3  0x2c  i32.const 7   - constant, used where it is consumed             ; [mem[rdi], $p, 7]
;; 4  0x2e  i32.store        0  418b043e          mov eax, dword [r14+rdi]  ; [eax], bounds check elided by guard pages, can trap
;;                           4  41c7043e07000000  mov dword [r14+rdi], 7
;; 5  0x31  end              c  c3                ret
