;; The callee is looked up before arguments take their registers.
;; invoke f 9 4 0 -> 5
(module
  (type $t (func (param i32 i32) (result i32)))
  (table 1 funcref)
  (elem (i32.const 0) $sub)
  (func $f (export "f") (param $a i32) (param $b i32) (param $i i32) (result i32)
    (call_indirect (type $t) (local.get $a) (local.get $b) (local.get $i)))
  (func $sub (param i32 i32) (result i32) (i32.sub (local.get 0) (local.get 1))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32 i32) (result i32) (export "f")
;; 125 bytes, 30 instructions, 11.36 x the 11 bytes of wasm; frame 56 bytes, 0 spills
;; #    at  wasm                     code  bytes           x86-64                            ; after, notes
;;          (entry)                     0  493b6710        cmp rsp, qword [r15+stack_limit]  ; $a: edi $b: esi $i: ebx
;;                                      4  0f8263000000    jb trap.stack
;;                                      a  4883ec38        sub rsp, 0x38
;;                      trap.stack:    6d  41ff5718        call qword [r15+trap]             ; out of line
;; 0  0x38  local.get $a             - local, read where it lives                            ; [$a]
;; 1  0x3a  local.get $b             - local, read where it lives                            ; [$a, $b]
;; 2  0x3c  local.get $i             - local, read where it lives                            ; [$a, $b, $i]
;; 3  0x3e  call_indirect (type $t)     e  8bc3            mov eax, ebx                      ; [eax] $a: - $b: - $i: -, can trap
;;                                     10  4d8b9f00000000  mov r11, qword [r15+table:0]
;;                                     17  493b4308        cmp rax, qword [r11+8]
;;                                     1b  0f8350000000    jae trap.undefined@3
;;                                     21  4d8b1b          mov r11, qword [r11]
;;                                     24  498b04c3        mov rax, qword [r11+rax*8]
;;                                     28  4885c0          test rax, rax
;;                                     2b  0f8444000000    je trap.null@3
;;                                     31  4d8b9f00000000  mov r11, qword [r15+type:$t]
;;                                     38  4c3b5810        cmp r11, qword [rax+0x10]
;;                                     3c  0f8537000000    jne trap.signature@3
;;                                     42  4c3b7808        cmp r15, qword [rax+8]
;;                                     46  0f8507000000    jne far@3
;;                                     4c  ff10            call qword [rax]
;;                           far@3:    53  4c897c2418      mov qword [rsp+0x18], r15         ; out of line
;;                                     58  4c8b7808        mov r15, qword [rax+8]
;;                                     5c  4d8b7708        mov r14, qword [r15+memory0]
;;                                     60  ff10            call qword [rax]
;;                                     62  4c8b7c2418      mov r15, qword [rsp+0x18]
;;                                     67  4d8b7708        mov r14, qword [r15+memory0]
;;                                     6b  ebe1            jmp @4
;;                trap.undefined@3:    71  41ff5718        call qword [r15+trap]             ; out of line
;;                     trap.null@3:    75  41ff5718        call qword [r15+trap]             ; out of line
;;                trap.signature@3:    79  41ff5718        call qword [r15+trap]             ; out of line
;; 4  0x41  end                        4e  4883c438        add rsp, 0x38
;;                                     52  c3              ret
;;
;; func 1 $sub (param i32 i32) (result i32)
;; 5 bytes, 3 instructions, 0.71 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm         code  bytes  x86-64           ; after, notes
;;          (entry)                                    ; l0: edi l1: esi
;; 0  0x44  local.get 0  - local, read where it lives  ; [l0]
;; 1  0x46  local.get 1  - local, read where it lives  ; [l0, l1]
;; 2  0x48  i32.sub         0  8bc7   mov eax, edi     ; [eax]
;;                          2  2bc6   sub eax, esi
;; 3  0x49  end             4  c3     ret
