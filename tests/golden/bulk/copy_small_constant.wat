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
;; 58 bytes, 15 instructions, 3.41 x the 17 bytes of wasm; frame 56 bytes, 0 spills
;; #    at  wasm          code  bytes         x86-64                            ; after, notes
;;          (entry)          0  493b6710      cmp rsp, qword [r15+stack_limit]  ; $d: edi $s: esi
;;                           4  0f822c000000  jb trap.stack
;;                           a  4883ec38      sub rsp, 0x38
;;           trap.stack:    36  41ff5718      call qword [r15+trap]             ; out of line
;; 0  0x26  local.get $d  - local, read where it lives                          ; [$d]
;; 1  0x28  local.get $s  - local, read where it lives                          ; [$d, $s]
;; 2  0x2a  i32.const 16  - constant, used where it is consumed                 ; [$d, $s, 16]
;; 3  0x2c  memory.copy      e  893c24        mov dword [rsp], edi              ; [] $d: [rsp] $s: -, locals saved around the call, can trap
;;                          11  8bd6          mov edx, esi
;;                          13  8bf7          mov esi, edi
;;                          15  b910000000    mov ecx, 0x10
;;                          1a  41b800000000  mov r8d, memory:0
;;                          20  41b900000000  mov r9d, memory:0
;;                          26  41ff5750      call qword [r15+memory_copy]
;; 4  0x30  local.get $d  - local, read where it lives                          ; [$d]
;; 5  0x32  i32.load        2a  8b3c24        mov edi, dword [rsp]              ; [mem[rdi]] $d: edi=[rsp], deferred, bounds check elided by guard pages, local reloaded, can trap
;; 6  0x35  end             2d  418b043e      mov eax, dword [r14+rdi]
;;                          31  4883c438      add rsp, 0x38
;;                          35  c3            ret
