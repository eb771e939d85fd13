;; A constant and a pending load as arguments.
;; invoke f 0 -> 103
(module
  (memory 1)
  (data (i32.const 4) "\64\00\00\00")
  (func $f (export "f") (param $p i32) (result i32)
    (call $g (i32.const 3) (i32.load offset=4 (local.get $p))))
  (func $g (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 38 bytes, 9 instructions, 3.45 x the 11 bytes of wasm; frame 40 bytes, 0 spills
;; #    at  wasm               code  bytes         x86-64                            ; after, notes
;;          (entry)               0  493b6710      cmp rsp, qword [r15+stack_limit]  ; $p: edi
;;                                4  0f8218000000  jb trap.stack
;;                                a  4883ec28      sub rsp, 0x28
;;                trap.stack:    22  41ff5718      call qword [r15+trap]             ; out of line
;; 0  0x2c  i32.const 3        - constant, used where it is consumed                 ; [3]
;; 1  0x2e  local.get $p       - local, read where it lives                          ; [3, $p]
;; 2  0x30  i32.load offset=4     e  418b743e04    mov esi, dword [r14+rdi+4]        ; [3, esi], bounds check elided by guard pages, can trap, computed in its destination
;; 3  0x33  call $g              13  bf03000000    mov edi, 3                        ; [eax] $p: -
;;                               18  e800000000    call $g
;; 4  0x35  end                  1d  4883c428      add rsp, 0x28
;;                               21  c3            ret
;;
;; func 1 $g (param i32 i32) (result i32)
;; 4 bytes, 2 instructions, 0.57 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm         code  bytes   x86-64              ; after, notes
;;          (entry)                                        ; l0: edi l1: esi
;; 0  0x38  local.get 0  - local, read where it lives      ; [l0]
;; 1  0x3a  local.get 1  - local, read where it lives      ; [l0, l1]
;; 2  0x3c  i32.add         0  8d0437  lea eax, [rdi+rsi]  ; [eax]
;; 3  0x3d  end             3  c3      ret
