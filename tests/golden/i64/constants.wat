;; The shortest form of each constant: zero, positive, negative, 32 bits, 64 bits.
;; invoke f -> 1311768466281026240
(module
  (func $f (export "f") (result i64)
    (i64.xor (i64.xor (i64.xor (call $id (i64.const 0)) (call $id (i64.const -1)))
        (i64.xor (call $id (i64.const 0xffffffff)) (call $id (i64.const 0x12345678abcdef00))))
      (call $id (i64.const -1000000))))
  (func $id (param i64) (result i64) (local.get 0)))
;; ==== x86-64 ====
;; func 0 $f (result i64) (export "f")
;; 119 bytes, 24 instructions, 2.98 x the 40 bytes of wasm; frame 40 bytes, 4 spills
;;  #    at  wasm                           code  bytes                 x86-64                            ; after, notes
;;           (entry)                           0  493b6710              cmp rsp, qword [r15+stack_limit]
;;                                             4  0f8269000000          jb trap.stack
;;                                             a  4883ec28              sub rsp, 0x28
;;                             trap.stack:    73  41ff5718              call qword [r15+trap]             ; out of line
;;  0  0x25  i64.const 0                    - constant, used where it is consumed                         ; [0]
;;  1  0x27  call $id                          e  33ff                  xor edi, edi                      ; [rax]
;;                                            10  e800000000            call $id
;;  2  0x29  i64.const -1                   - constant, used where it is consumed                         ; [rax, -1]
;;  3  0x2b  call $id                         15  4889442408            mov qword [rsp+8], rax            ; [[rsp+8], rax], spilled
;;                                            1a  48c7c7ffffffff        mov rdi, 0xffffffffffffffff
;;                                            21  e800000000            call $id
;;  4  0x2d  i64.xor                          26  4833442408            xor rax, qword [rsp+8]            ; [rax], folded into an operand
;;  5  0x2e  i64.const 4294967295           - constant, used where it is consumed                         ; [rax, 0xffffffff]
;;  6  0x34  call $id                         2b  4889442408            mov qword [rsp+8], rax            ; [[rsp+8], rax], spilled
;;                                            30  bfffffffff            mov edi, 0xffffffff
;;                                            35  e800000000            call $id
;;  7  0x36  i64.const 1311768467750121216  - constant, used where it is consumed                         ; [[rsp+8], rax, 0x12345678abcdef00]
;;  8  0x40  call $id                         3a  4889442410            mov qword [rsp+0x10], rax         ; [[rsp+8], [rsp+0x10], rax], spilled
;;                                            3f  48bf00efcdab78563412  mov rdi, 0x12345678abcdef00
;;                                            49  e800000000            call $id
;;  9  0x42  i64.xor                          4e  4833442410            xor rax, qword [rsp+0x10]         ; [[rsp+8], rax], folded into an operand
;; 10  0x43  i64.xor                          53  4833442408            xor rax, qword [rsp+8]            ; [rax], folded into an operand
;; 11  0x44  i64.const -1000000             - constant, used where it is consumed                         ; [rax, 0xfffffffffff0bdc0]
;; 12  0x48  call $id                         58  4889442408            mov qword [rsp+8], rax            ; [[rsp+8], rax], spilled
;;                                            5d  48c7c7c0bdf0ff        mov rdi, 0xfffffffffff0bdc0
;;                                            64  e800000000            call $id
;; 13  0x4a  i64.xor                          69  4833442408            xor rax, qword [rsp+8]            ; [rax], folded into an operand
;; 14  0x4b  end                              6e  4883c428              add rsp, 0x28
;;                                            72  c3                    ret
;;
;; func 1 $id (param i64) (result i64)
;; 4 bytes, 2 instructions, 1.00 x the 4 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm         code  bytes   x86-64          ; after, notes
;;          (entry)                                    ; l0: rdi
;; 0  0x4e  local.get 0  - local, read where it lives  ; [l0]
;; 1  0x50  end             0  488bc7  mov rax, rdi    ; moved to where the label expects it
;;                          3  c3      ret
