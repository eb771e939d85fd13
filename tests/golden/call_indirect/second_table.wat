;; Another table, and a local that lives on.
;; invoke f 3 -> 10
(module
  (type $t (func (result i32)))
  (table $a 1 funcref)
  (table $b 1 funcref)
  (elem (table $b) (i32.const 0) func $seven)
  (func $f (export "f") (param $x i32) (result i32)
    (i32.add (call_indirect $b (type $t) (i32.const 0)) (local.get $x)))
  (func $seven (result i32) (i32.const 7)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 131 bytes, 32 instructions, 13.10 x the 10 bytes of wasm; frame 40 bytes, 0 spills
;; #    at  wasm                        code  bytes           x86-64                            ; after, notes
;;          (entry)                        0  493b6710        cmp rsp, qword [r15+stack_limit]  ; $x: edi
;;                                         4  0f8269000000    jb trap.stack
;;                                         a  4883ec28        sub rsp, 0x28
;;                         trap.stack:    73  41ff5718        call qword [r15+trap]             ; out of line
;; 0  0x39  i32.const 0                 - constant, used where it is consumed                   ; [0]
;; 1  0x3b  call_indirect $b (type $t)     e  893c24          mov dword [rsp], edi              ; [eax] $x: [rsp], locals saved around the call, can trap
;;                                        11  33c0            xor eax, eax
;;                                        13  4d8b9f00000000  mov r11, qword [r15+table:$b]
;;                                        1a  493b4308        cmp rax, qword [r11+8]
;;                                        1e  0f8353000000    jae trap.undefined@1
;;                                        24  4d8b1b          mov r11, qword [r11]
;;                                        27  498b04c3        mov rax, qword [r11+rax*8]
;;                                        2b  4885c0          test rax, rax
;;                                        2e  0f8447000000    je trap.null@1
;;                                        34  4d8b9f00000000  mov r11, qword [r15+type:$t]
;;                                        3b  4c3b5810        cmp r11, qword [rax+0x10]
;;                                        3f  0f853a000000    jne trap.signature@1
;;                                        45  4c3b7808        cmp r15, qword [rax+8]
;;                                        49  0f850a000000    jne far@1
;;                                        4f  ff10            call qword [rax]
;;                              far@1:    59  4c897c2408      mov qword [rsp+8], r15            ; out of line
;;                                        5e  4c8b7808        mov r15, qword [rax+8]
;;                                        62  4d8b7708        mov r14, qword [r15+memory0]
;;                                        66  ff10            call qword [rax]
;;                                        68  4c8b7c2408      mov r15, qword [rsp+8]
;;                                        6d  4d8b7708        mov r14, qword [r15+memory0]
;;                                        71  ebde            jmp @3
;;                   trap.undefined@1:    77  41ff5718        call qword [r15+trap]             ; out of line
;;                        trap.null@1:    7b  41ff5718        call qword [r15+trap]             ; out of line
;;                   trap.signature@1:    7f  41ff5718        call qword [r15+trap]             ; out of line
;; 2  0x3e  local.get $x                - local, read where it lives                            ; [eax, $x]
;; 3  0x40  i32.add                       51  030424          add eax, dword [rsp]              ; [eax], folded into an operand
;; 4  0x41  end                           54  4883c428        add rsp, 0x28
;;                                        58  c3              ret
;;
;; func 1 $seven (result i32)
;; 6 bytes, 2 instructions, 1.50 x the 4 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm         code  bytes       x86-64               ; after, notes
;; 0  0x44  i32.const 7  - constant, used where it is consumed  ; [7]
;; 1  0x46  end             0  b807000000  mov eax, 7           ; moved to where the label expects it
;;                          5  c3          ret
