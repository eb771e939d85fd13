;; A library call with locals that live on.
;; invoke f 8 0 4 -> 1684234849
(module
  (memory 1)
  (data (i32.const 0) "abcd")
  (func $f (export "f") (param $d i32) (param $s i32) (param $n i32) (result i32)
    (memory.copy (local.get $d) (local.get $s) (local.get $n))
    (i32.load (local.get $d))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32 i32) (result i32) (export "f")
;; 57 bytes, 15 instructions, 3.35 x the 17 bytes of wasm; frame 56 bytes, 0 spills
;; #    at  wasm          code  bytes           x86-64                            ; after, notes
;;          (entry)          0  493b6710        cmp rsp, qword [r15+stack_limit]  ; $d: edi $s: esi $n: ebx
;;                           4  0f822b000000    jb trap.stack
;;                           a  4883ec38        sub rsp, 0x38
;;           trap.stack:    35  41ff5718        call qword [r15+trap]             ; out of line
;; 0  0x27  local.get $d  - local, read where it lives                            ; [$d]
;; 1  0x29  local.get $s  - local, read where it lives                            ; [$d, $s]
;; 2  0x2b  local.get $n  - local, read where it lives                            ; [$d, $s, $n]
;; 3  0x2d  memory.copy      e  893c24          mov dword [rsp], edi              ; [] $d: [rsp] $s: - $n: -, locals saved around the call, can trap
;;                          11  8bcb            mov ecx, ebx
;;                          13  8bd6            mov edx, esi
;;                          15  8bf7            mov esi, edi
;;                          17  4d8b8700000000  mov r8, qword [r15+memory:0]
;;                          1e  4d8b8f00000000  mov r9, qword [r15+memory:0]
;;                          25  41ff5750        call qword [r15+memory_copy]
;; 4  0x31  local.get $d  - local, read where it lives                            ; [$d]
;; 5  0x33  i32.load        29  8b3c24          mov edi, dword [rsp]              ; [mem[rdi]] $d: edi=[rsp], deferred, bounds check elided by guard pages, local reloaded, can trap
;; 6  0x36  end             2c  418b043e        mov eax, dword [r14+rdi]
;;                          30  4883c438        add rsp, 0x38
;;                          34  c3              ret
