;; A 64-bit constant that does not fit an immediate.
;; invoke f 8 -> 0x123456789abcdef0
(module
  (memory 1)
  (func $f (export "f") (param $p i32) (result i64)
    (i64.store (local.get $p) (i64.const 0x123456789abcdef0))
    (i64.load (local.get $p))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i64) (export "f")
;; 19 bytes, 4 instructions, 0.86 x the 22 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm                           code  bytes                 x86-64                       ; after, notes
;;          (entry)                                                                                 ; $p: edi
;; 0  0x25  local.get $p                   - local, read where it lives                             ; [$p]
;; 1  0x27  i64.const 1311768467463790320  - constant, used where it is consumed                    ; [$p, 0x123456789abcdef0]
;; 2  0x31  i64.store                         0  48b8f0debc9a78563412  mov rax, 0x123456789abcdef0  ; [], bounds check elided by guard pages, can trap
;;                                            a  4989043e              mov qword [r14+rdi], rax
;; 3  0x34  local.get $p                   - local, read where it lives                             ; [$p]
;; 4  0x36  i64.load                       - load, done by the instruction that consumes it         ; [mem[rdi]], deferred, bounds check elided by guard pages, can trap
;; 5  0x39  end                               e  498b043e              mov rax, qword [r14+rdi]
;;                                           12  c3                    ret
