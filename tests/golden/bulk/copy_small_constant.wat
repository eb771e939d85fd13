;; Sixteen bytes.
;; invoke f 16 0 -> 1684234849
(module
  (memory 1)
  (data (i32.const 0) "abcdefghijklmnop")
  (func $f (export "f") (param $d i32) (param $s i32) (result i32)
    (memory.copy (local.get $d) (local.get $s) (i32.const 16))
    (i32.load (local.get $d))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 37 bytes, 9 instructions, 2.18 x the 17 bytes of wasm; frame 56 bytes, 0 spills
;; #    at  wasm          code  bytes         x86-64                            ; after, notes
;;          (entry)          0  493b6710      cmp rsp, qword [r15+stack_limit]  ; $d: edi $s: esi
;;                           4  0f8217000000  jb trap.stack
;;                           a  4883ec38      sub rsp, 0x38
;;           trap.stack:    21  41ff5718      call qword [r15+trap]             ; out of line
;; 0  0x26  local.get $d  - local, read where it lives                          ; [$d]
;; 1  0x28  local.get $s  - local, read where it lives                          ; [$d, $s]
;; 2  0x2a  i32.const 16  - constant, used where it is consumed                 ; [$d, $s, 16]
;; 3  0x2c  memory.copy      e  410f100436    movups xmm0, xmmword [r14+rsi]    ; [], bounds check elided by guard pages, can trap
;;                          13  410f11043e    movups xmmword [r14+rdi], xmm0
;; 4  0x30  local.get $d  - local, read where it lives                          ; [$d]
;; 5  0x32  i32.load      - load, done by the instruction that consumes it      ; [mem[rdi]], deferred, bounds check elided by guard pages, can trap
;; 6  0x35  end             18  418b043e      mov eax, dword [r14+rdi]
;;                          1c  4883c438      add rsp, 0x38
;;                          20  c3            ret
