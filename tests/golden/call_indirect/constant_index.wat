;; The index is an immediate.
;; invoke f -> 7
(module
  (type $t (func (result i32)))
  (table 1 funcref)
  (elem (i32.const 0) $seven)
  (func $f (export "f") (result i32) (call_indirect (type $t) (i32.const 0)))
  (func $seven (result i32) (i32.const 7)))
;; ==== x86-64 ====
;; func 0 $f (result i32) (export "f")
;; 123 bytes, 30 instructions, 17.57 x the 7 bytes of wasm; frame 24 bytes, 0 spills
;; #    at  wasm                     code  bytes           x86-64                            ; after, notes
;;          (entry)                     0  493b6710        cmp rsp, qword [r15+stack_limit]
;;                                      4  0f8261000000    jb trap.stack
;;                                      a  4883ec18        sub rsp, 0x18
;;                      trap.stack:    6b  41ff5718        call qword [r15+trap]             ; out of line
;; 0  0x2f  i32.const 0              - constant, used where it is consumed                   ; [0]
;; 1  0x31  call_indirect (type $t)     e  33c0            xor eax, eax                      ; [eax], can trap
;;                                     10  4d8b9f00000000  mov r11, qword [r15+table:0]
;;                                     17  493b4308        cmp rax, qword [r11+8]
;;                                     1b  0f834e000000    jae trap.undefined@1
;;                                     21  4d8b1b          mov r11, qword [r11]
;;                                     24  498b04c3        mov rax, qword [r11+rax*8]
;;                                     28  4885c0          test rax, rax
;;                                     2b  0f8442000000    je trap.null@1
;;                                     31  4d8b9f00000000  mov r11, qword [r15+type:$t]
;;                                     38  4c3b5810        cmp r11, qword [rax+0x10]
;;                                     3c  0f8535000000    jne trap.signature@1
;;                                     42  4c3b7808        cmp r15, qword [rax+8]
;;                                     46  0f8507000000    jne far@1
;;                                     4c  ff10            call qword [rax]
;;                           far@1:    53  4c893c24        mov qword [rsp], r15              ; out of line
;;                                     57  4c8b7808        mov r15, qword [rax+8]
;;                                     5b  4d8b7708        mov r14, qword [r15+memory0]
;;                                     5f  ff10            call qword [rax]
;;                                     61  4c8b3c24        mov r15, qword [rsp]
;;                                     65  4d8b7708        mov r14, qword [r15+memory0]
;;                                     69  ebe3            jmp @2
;;                trap.undefined@1:    6f  41ff5718        call qword [r15+trap]             ; out of line
;;                     trap.null@1:    73  41ff5718        call qword [r15+trap]             ; out of line
;;                trap.signature@1:    77  41ff5718        call qword [r15+trap]             ; out of line
;; 2  0x34  end                        4e  4883c418        add rsp, 0x18
;;                                     52  c3              ret
;;
;; func 1 $seven (result i32)
;; 6 bytes, 2 instructions, 1.50 x the 4 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm         code  bytes       x86-64               ; after, notes
;; 0  0x37  i32.const 7  - constant, used where it is consumed  ; [7]
;; 1  0x39  end             0  b807000000  mov eax, 7           ; moved to where the label expects it
;;                          5  c3          ret
