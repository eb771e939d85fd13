;; Bounds, null and type are checked before the call.
;; json
;; invoke f 0 -> 10
;; invoke f 1 -> 20
;; invoke f 2 -> trap uninitialized element
;; invoke f 3 -> trap indirect call type mismatch
;; invoke f 4 -> trap undefined element
(module
  (type $t (func (result i32)))
  (table $tab 4 funcref)
  (elem (i32.const 0) $ten $twenty)
  (elem (i32.const 3) $other)
  (func $f (export "f") (param $i i32) (result i32)
    (call_indirect $tab (type $t) (local.get $i)))
  (func $ten (result i32) (i32.const 10))
  (func $twenty (result i32) (i32.const 20))
  (func $other (param i32)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 125 bytes, 30 instructions, 17.86 x the 7 bytes of wasm; frame 24 bytes, 0 spills
;; #    at  wasm                     code  bytes           x86-64                            ; after, notes
;;          (entry)                     0  493b6710        cmp rsp, qword [r15+stack_limit]  ; $i: edi
;;                                      4  0f8263000000    jb trap.stack
;;                                      a  4883ec18        sub rsp, 0x18
;;                      trap.stack:    6d  41ff5718        call qword [r15+trap]             ; out of line
;; 0  0x41  local.get $i             - local, read where it lives                            ; [$i]
;; 1  0x43  call_indirect (type $t)     e  8bc7            mov eax, edi                      ; [eax] $i: -, can trap
;;                                     10  4d8b9f00000000  mov r11, qword [r15+table:$tab]
;;                                     17  493b4308        cmp rax, qword [r11+8]
;;                                     1b  0f8350000000    jae trap.undefined@1
;;                                     21  4d8b1b          mov r11, qword [r11]
;;                                     24  498b04c3        mov rax, qword [r11+rax*8]
;;                                     28  4885c0          test rax, rax
;;                                     2b  0f8444000000    je trap.null@1
;;                                     31  4d8b9f00000000  mov r11, qword [r15+type:$t]
;;                                     38  4c3b5810        cmp r11, qword [rax+0x10]
;;                                     3c  0f8537000000    jne trap.signature@1
;;                                     42  4c3b7808        cmp r15, qword [rax+8]
;;                                     46  0f8507000000    jne far@1
;;                                     4c  ff10            call qword [rax]
;;                           far@1:    53  4c897c2408      mov qword [rsp+8], r15            ; out of line
;;                                     58  4c8b7808        mov r15, qword [rax+8]
;;                                     5c  4d8b7708        mov r14, qword [r15+memory0]
;;                                     60  ff10            call qword [rax]
;;                                     62  4c8b7c2408      mov r15, qword [rsp+8]
;;                                     67  4d8b7708        mov r14, qword [r15+memory0]
;;                                     6b  ebe1            jmp @2
;;                trap.undefined@1:    71  41ff5718        call qword [r15+trap]             ; out of line
;;                     trap.null@1:    75  41ff5718        call qword [r15+trap]             ; out of line
;;                trap.signature@1:    79  41ff5718        call qword [r15+trap]             ; out of line
;; 2  0x46  end                        4e  4883c418        add rsp, 0x18
;;                                     52  c3              ret
;;
;; func 1 $ten (result i32)
;; 6 bytes, 2 instructions, 1.50 x the 4 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes       x86-64               ; after, notes
;; 0  0x49  i32.const 10  - constant, used where it is consumed  ; [10]
;; 1  0x4b  end              0  b80a000000  mov eax, 0xa         ; moved to where the label expects it
;;                           5  c3          ret
;;
;; func 2 $twenty (result i32)
;; 6 bytes, 2 instructions, 1.50 x the 4 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes       x86-64               ; after, notes
;; 0  0x4e  i32.const 20  - constant, used where it is consumed  ; [20]
;; 1  0x50  end              0  b814000000  mov eax, 0x14        ; moved to where the label expects it
;;                           5  c3          ret
;;
;; func 3 $other (param i32)
;; 1 bytes, 1 instructions, 0.50 x the 2 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm  code  bytes  x86-64  ; after, notes
;; 0  0x53  end      0  c3     ret
