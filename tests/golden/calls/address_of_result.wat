;; An i32 result is a clean address.
;; invoke f 1 -> 0
(module
  (memory 1)
  (func $f (export "f") (param $a i32) (result i32) (i32.load (call $g (local.get $a))))
  (func $g (param i32) (result i32) (i32.shl (local.get 0) (i32.const 2))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 32 bytes, 8 instructions, 3.56 x the 9 bytes of wasm; frame 24 bytes, 0 spills
;; #    at  wasm          code  bytes         x86-64                            ; after, notes
;;          (entry)          0  493b6710      cmp rsp, qword [r15+stack_limit]  ; $a: edi
;;                           4  0f8212000000  jb trap.stack
;;                           a  4883ec18      sub rsp, 0x18
;;           trap.stack:    1c  41ff5718      call qword [r15+trap]             ; out of line
;; 0  0x26  local.get $a  - local, read where it lives                          ; [$a]
;; 1  0x28  call $g          e  e800000000    call $g                           ; [eax] $a: -
;; 2  0x2a  i32.load      - load, done by the instruction that consumes it      ; [mem[rax]], deferred, bounds check elided by guard pages, can trap
;; 3  0x2d  end             13  418b0406      mov eax, dword [r14+rax]
;;                          17  4883c418      add rsp, 0x18
;;                          1b  c3            ret
;;
;; func 1 $g (param i32) (result i32)
;; 6 bytes, 3 instructions, 0.86 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm         code  bytes   x86-64                   ; after, notes
;;          (entry)                                             ; l0: edi
;; 0  0x30  local.get 0  - local, read where it lives           ; [l0]
;; 1  0x32  i32.const 2  - constant, used where it is consumed  ; [l0, 2]
;; 2  0x34  i32.shl         0  8bc7    mov eax, edi             ; [eax]
;;                          2  c1e002  shl eax, 2
;; 3  0x35  end             5  c3      ret
