;; A known small size.
;; invoke f 8 -> 0
(module
  (memory 1)
  (func $f (export "f") (param $d i32) (result i64)
    (memory.fill (local.get $d) (i32.const 0) (i32.const 8))
    (i64.load (local.get $d))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i64) (export "f")
;; 52 bytes, 14 instructions, 3.25 x the 16 bytes of wasm; frame 40 bytes, 0 spills
;; #    at  wasm          code  bytes         x86-64                            ; after, notes
;;          (entry)          0  493b6710      cmp rsp, qword [r15+stack_limit]  ; $d: edi
;;                           4  0f8226000000  jb trap.stack
;;                           a  4883ec28      sub rsp, 0x28
;;           trap.stack:    30  41ff5718      call qword [r15+trap]             ; out of line
;; 0  0x25  local.get $d  - local, read where it lives                          ; [$d]
;; 1  0x27  i32.const 0   - constant, used where it is consumed                 ; [$d, 0]
;; 2  0x29  i32.const 8   - constant, used where it is consumed                 ; [$d, 0, 8]
;; 3  0x2b  memory.fill      e  893c24        mov dword [rsp], edi              ; [] $d: [rsp], locals saved around the call, can trap
;;                          11  8bf7          mov esi, edi
;;                          13  b908000000    mov ecx, 8
;;                          18  33d2          xor edx, edx
;;                          1a  41b800000000  mov r8d, memory:0
;;                          20  41ff5748      call qword [r15+memory_fill]
;; 4  0x2e  local.get $d  - local, read where it lives                          ; [$d]
;; 5  0x30  i64.load        24  8b3c24        mov edi, dword [rsp]              ; [mem[rdi]] $d: edi=[rsp], deferred, bounds check elided by guard pages, local reloaded, can trap
;; 6  0x33  end             27  498b043e      mov rax, qword [r14+rdi]
;;                          2b  4883c428      add rsp, 0x28
;;                          2f  c3            ret
