;; A known small size.
;; invoke f 8 -> 0
(module
  (memory 1)
  (func $f (export "f") (param $d i32) (result i64)
    (memory.fill (local.get $d) (i32.const 0) (i32.const 8))
    (i64.load (local.get $d))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i64) (export "f")
;; 36 bytes, 9 instructions, 2.25 x the 16 bytes of wasm; frame 40 bytes, 0 spills
;; #    at  wasm          code  bytes         x86-64                            ; after, notes
;;          (entry)          0  493b6710      cmp rsp, qword [r15+stack_limit]  ; $d: edi
;;                           4  0f8216000000  jb trap.stack
;;                           a  4883ec28      sub rsp, 0x28
;;           trap.stack:    20  41ff5718      call qword [r15+trap]             ; out of line
;; 0  0x25  local.get $d  - local, read where it lives                          ; [$d]
;; 1  0x27  i32.const 0   - constant, used where it is consumed                 ; [$d, 0]
;; 2  0x29  i32.const 8   - constant, used where it is consumed                 ; [$d, 0, 8]
;; 3  0x2b  memory.fill      e  0f57c0        xorps xmm0, xmm0                  ; [], bounds check elided by guard pages, can trap
;;                          11  f2410f11043e  movsd qword [r14+rdi], xmm0
;; 4  0x2e  local.get $d  - local, read where it lives                          ; [$d]
;; 5  0x30  i64.load      - load, done by the instruction that consumes it      ; [mem[rdi]], deferred, bounds check elided by guard pages, can trap
;; 6  0x33  end             17  498b043e      mov rax, qword [r14+rdi]
;;                          1b  4883c428      add rsp, 0x28
;;                          1f  c3            ret
