;; p[i]: the scaled index wraps at 32 bits, so it is computed first.
;; invoke f 0 1 -> 4
(module
  (memory 1)
  (data (i32.const 0) "\03\00\00\00\04\00\00\00")
  (func $f (export "f") (param $p i32) (param $i i32) (result i32)
    (i32.load (i32.add (local.get $p) (i32.shl (local.get $i) (i32.const 2))))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 8 bytes, 3 instructions, 0.62 x the 13 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes     x86-64                            ; after, notes
;;          (entry)                                                         ; $p: edi $i: esi
;; 0  0x26  local.get $p  - local, read where it lives                      ; [$p]
;; 1  0x28  local.get $i  - local, read where it lives                      ; [$p, $i]
;; 2  0x2a  i32.const 2   - constant, used where it is consumed             ; [$p, $i, 2]
;; 3  0x2c  i32.shl       - nothing to do                                   ; [$p, esi<<2], deferred
;; 4  0x2d  i32.add          0  8d04b7    lea eax, [rdi+rsi*4]              ; [eax], folded into an operand
;; 5  0x2e  i32.load      - load, done by the instruction that consumes it  ; [mem[rax]], deferred, bounds check elided by guard pages, can trap
;; 6  0x31  end              3  418b0406  mov eax, dword [r14+rax]
;;                           7  c3        ret
