;; A callee of another instance is called with its own VMContext, out of line.
;; invoke f 0 -> 14
;; invoke f 1 -> trap uninitialized element
(module
  (import "host" "table" (table $t 2 funcref))
  (func $f (export "f") (param $i i32) (result i32)
    (call_indirect $t (param i32) (result i32) (i32.const 7) (local.get $i))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 130 bytes, 31 instructions, 14.44 x the 9 bytes of wasm; frame 40 bytes, 0 spills
;; #    at  wasm                    code  bytes           x86-64                            ; after, notes
;;          (entry)                    0  493b6710        cmp rsp, qword [r15+stack_limit]  ; $i: edi
;;                                     4  0f8268000000    jb trap.stack
;;                                     a  4883ec28        sub rsp, 0x28
;;                     trap.stack:    72  41ff5718        call qword [r15+trap]             ; out of line
;; 0  0x32  i32.const 7             - constant, used where it is consumed                   ; [7]
;; 1  0x34  local.get $i            - local, read where it lives                            ; [7, $i]
;; 2  0x36  call_indirect (type 0)     e  8bc7            mov eax, edi                      ; [eax] $i: -, can trap
;;                                    10  bf07000000      mov edi, 7
;;                                    15  4d8b9f00000000  mov r11, qword [r15+table:$t]
;;                                    1c  493b4308        cmp rax, qword [r11+8]
;;                                    20  0f8350000000    jae trap.undefined@2
;;                                    26  4d8b1b          mov r11, qword [r11]
;;                                    29  498b04c3        mov rax, qword [r11+rax*8]
;;                                    2d  4885c0          test rax, rax
;;                                    30  0f8444000000    je trap.null@2
;;                                    36  4d8b9f00000000  mov r11, qword [r15+type:0]
;;                                    3d  4c3b5810        cmp r11, qword [rax+0x10]
;;                                    41  0f8537000000    jne trap.signature@2
;;                                    47  4c3b7808        cmp r15, qword [rax+8]
;;                                    4b  0f8507000000    jne far@2
;;                                    51  ff10            call qword [rax]
;;                          far@2:    58  4c897c2408      mov qword [rsp+8], r15            ; out of line
;;                                    5d  4c8b7808        mov r15, qword [rax+8]
;;                                    61  4d8b7708        mov r14, qword [r15+memory0]
;;                                    65  ff10            call qword [rax]
;;                                    67  4c8b7c2408      mov r15, qword [rsp+8]
;;                                    6c  4d8b7708        mov r14, qword [r15+memory0]
;;                                    70  ebe1            jmp @3
;;               trap.undefined@2:    76  41ff5718        call qword [r15+trap]             ; out of line
;;                    trap.null@2:    7a  41ff5718        call qword [r15+trap]             ; out of line
;;               trap.signature@2:    7e  41ff5718        call qword [r15+trap]             ; out of line
;; 3  0x39  end                       53  4883c428        add rsp, 0x28
;;                                    57  c3              ret
