;; A load waits for its consumer and becomes its memory operand.
;; json
;; invoke f 0 5 -> 105
(module
  (memory 1)
  (data (i32.const 0) "\64\00\00\00")
  (func $f (export "f") (param $p i32) (param $a i32) (result i32)
    (i32.add (local.get $a) (i32.load (local.get $p)))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 7 bytes, 3 instructions, 0.70 x the 10 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes     x86-64                            ; after, notes
;;          (entry)                                                         ; $p: edi $a: esi
;; 0  0x26  local.get $a  - local, read where it lives                      ; [$a]
;; 1  0x28  local.get $p  - local, read where it lives                      ; [$a, $p]
;; 2  0x2a  i32.load      - load, done by the instruction that consumes it  ; [$a, mem[rdi]], deferred, bounds check elided by guard pages, can trap
;; 3  0x2d  i32.add          0  8bc6      mov eax, esi                      ; [eax], folded into an operand
;;                           2  4103043e  add eax, dword [r14+rdi]
;; 4  0x2e  end              6  c3        ret
