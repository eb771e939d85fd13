;; The constant is an immediate, of 64 bits too when it fits.
;; invoke f 8 -> -1
(module
  (memory 1)
  (func $f (export "f") (param $p i32) (result i64)
    (i32.store (local.get $p) (i32.const 100))
    (i64.store (local.get $p) (i64.const -1))
    (i64.load (local.get $p))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i64) (export "f")
;; 21 bytes, 4 instructions, 0.95 x the 22 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm           code  bytes             x86-64                                   ; after, notes
;;          (entry)                                                                         ; $p: edi
;; 0  0x25  local.get $p   - local, read where it lives                                     ; [$p]
;; 1  0x27  i32.const 100  - constant, used where it is consumed                            ; [$p, 100]
;; 2  0x2a  i32.store         0  41c7043e64000000  mov dword [r14+rdi], 0x64                ; [], bounds check elided by guard pages, can trap
;; 3  0x2d  local.get $p   - local, read where it lives                                     ; [$p]
;; 4  0x2f  i64.const -1   - constant, used where it is consumed                            ; [$p, -1]
;; 5  0x31  i64.store         8  49c7043effffffff  mov qword [r14+rdi], 0xffffffffffffffff  ; [], bounds check elided by guard pages, can trap
;; 6  0x34  local.get $p   - local, read where it lives                                     ; [$p]
;; 7  0x36  i64.load       - load, done by the instruction that consumes it                 ; [mem[rdi]], deferred, bounds check elided by guard pages, can trap
;; 8  0x39  end              10  498b043e          mov rax, qword [r14+rdi]
;;                           14  c3                ret
