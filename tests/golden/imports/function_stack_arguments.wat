;; Arguments beyond the registers are in the outgoing area of a foreign call too.
;; invoke f 1 -> 36
(module
  (import "host" "sum8" (func $sum8 (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (func $f (export "f") (param $a i32) (result i32)
    (call $sum8 (local.get $a) (i32.const 2) (i32.const 3) (i32.const 4)
      (i32.const 5) (i32.const 6) (i32.const 7) (i32.const 8))))
;; ==== x86-64 ====
;; func 1 $f (param i32) (result i32) (export "f")
;; 99 bytes, 20 instructions, 4.95 x the 20 bytes of wasm; frame 104 bytes, 0 spills
;; #    at  wasm          code  bytes               x86-64                            ; after, notes
;;          (entry)          0  493b6710            cmp rsp, qword [r15+stack_limit]  ; $a: edi
;;                           4  0f8255000000        jb trap.stack
;;                           a  4883ec68            sub rsp, 0x68
;;           trap.stack:    5f  41ff5718            call qword [r15+trap]             ; out of line
;; 0  0x3b  local.get $a  - local, read where it lives                                ; [$a]
;; 1  0x3d  i32.const 2   - constant, used where it is consumed                       ; [$a, 2]
;; 2  0x3f  i32.const 3   - constant, used where it is consumed                       ; [$a, 2, 3]
;; 3  0x41  i32.const 4   - constant, used where it is consumed                       ; [$a, 2, 3, 4]
;; 4  0x43  i32.const 5   - constant, used where it is consumed                       ; [1 more, 2, 3, 4, 5]
;; 5  0x45  i32.const 6   - constant, used where it is consumed                       ; [2 more, 3, 4, 5, 6]
;; 6  0x47  i32.const 7   - constant, used where it is consumed                       ; [3 more, 4, 5, 6, 7]
;; 7  0x49  i32.const 8   - constant, used where it is consumed                       ; [4 more, 5, 6, 7, 8]
;; 8  0x4b  call $sum8       e  48c7042407000000    mov qword [rsp], 7                ; [eax] $a: -
;;                          16  48c744240808000000  mov qword [rsp+8], 8
;;                          1f  bb03000000          mov ebx, 3
;;                          24  bd04000000          mov ebp, 4
;;                          29  be02000000          mov esi, 2
;;                          2e  41b805000000        mov r8d, 5
;;                          34  41b906000000        mov r9d, 6
;;                          3a  4d8d9f00000000      lea r11, [r15+func:$sum8.code]
;;                          41  4c897c2418          mov qword [rsp+0x18], r15
;;                          46  4d8b7b08            mov r15, qword [r11+8]
;;                          4a  4d8b7708            mov r14, qword [r15+memory0]
;;                          4e  41ff13              call qword [r11]
;;                          51  4c8b7c2418          mov r15, qword [rsp+0x18]
;;                          56  4d8b7708            mov r14, qword [r15+memory0]
;; 9  0x4d  end             5a  4883c468            add rsp, 0x68
;;                          5e  c3                  ret
