;; A library call.
;; invoke f 4 65 4 -> 1094795585
;; invoke f 65535 65 2 -> trap out of bounds memory access
(module
  (memory 1)
  (func $f (export "f") (param $d i32) (param $v i32) (param $n i32) (result i32)
    (memory.fill (local.get $d) (local.get $v) (local.get $n))
    (i32.load (local.get $d))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32 i32) (result i32) (export "f")
;; 50 bytes, 14 instructions, 3.12 x the 16 bytes of wasm; frame 56 bytes, 0 spills
;; #    at  wasm          code  bytes           x86-64                            ; after, notes
;;          (entry)          0  493b6710        cmp rsp, qword [r15+stack_limit]  ; $d: edi $v: esi $n: ebx
;;                           4  0f8224000000    jb trap.stack
;;                           a  4883ec38        sub rsp, 0x38
;;           trap.stack:    2e  41ff5718        call qword [r15+trap]             ; out of line
;; 0  0x27  local.get $d  - local, read where it lives                            ; [$d]
;; 1  0x29  local.get $v  - local, read where it lives                            ; [$d, $v]
;; 2  0x2b  local.get $n  - local, read where it lives                            ; [$d, $v, $n]
;; 3  0x2d  memory.fill      e  893c24          mov dword [rsp], edi              ; [] $d: [rsp] $v: - $n: -, locals saved around the call, can trap
;;                          11  8bcb            mov ecx, ebx
;;                          13  8bd6            mov edx, esi
;;                          15  8bf7            mov esi, edi
;;                          17  4d8b8700000000  mov r8, qword [r15+memory:0]
;;                          1e  41ff5748        call qword [r15+memory_fill]
;; 4  0x30  local.get $d  - local, read where it lives                            ; [$d]
;; 5  0x32  i32.load        22  8b3c24          mov edi, dword [rsp]              ; [mem[rdi]] $d: edi=[rsp], deferred, bounds check elided by guard pages, local reloaded, can trap
;; 6  0x35  end             25  418b043e        mov eax, dword [r14+rdi]
;;                          29  4883c438        add rsp, 0x38
;;                          2d  c3              ret
