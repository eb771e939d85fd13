;; A wrapped value must be clean before it becomes an address.
;; invoke f 0x100000004 -> 0
(module
  (memory 1)
  (func $f (export "f") (param $a i64) (result i32)
    (i32.load (i32.wrap_i64 (local.get $a)))))
;; ==== x86-64 ====
;; func 0 $f (param i64) (result i32) (export "f")
;; 7 bytes, 3 instructions, 0.88 x the 8 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes     x86-64                            ; after, notes
;;          (entry)                                                         ; $a: rdi
;; 0  0x25  local.get $a  - local, read where it lives                      ; [$a]
;; 1  0x27  i32.wrap_i64     0  8bc7      mov eax, edi                      ; [eax]
;; 2  0x28  i32.load      - load, done by the instruction that consumes it  ; [mem[rax]], deferred, bounds check elided by guard pages, can trap
;; 3  0x2b  end              2  418b0406  mov eax, dword [r14+rax]
;;                           6  c3        ret
