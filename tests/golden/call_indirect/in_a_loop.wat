;; The loop's locals are saved around each call.
;; invoke f 4 -> 28
(module
  (type $t (func (result i32)))
  (table 1 funcref)
  (elem (i32.const 0) $seven)
  (func $f (export "f") (param $n i32) (result i32)
    (local $sum i32)
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (call_indirect (type $t) (i32.const 0))))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum))
  (func $seven (result i32) (i32.const 7)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 154 bytes, 40 instructions, 5.50 x the 28 bytes of wasm; frame 40 bytes, 0 spills
;;  #    at  wasm                       code  bytes           x86-64                            ; after, notes
;;           (entry)                       0  493b6710        cmp rsp, qword [r15+stack_limit]  ; $n: edi $sum: 0
;;                                         4  0f8280000000    jb trap.stack
;;                                         a  4883ec28        sub rsp, 0x28
;;                         trap.stack:    8a  41ff5718        call qword [r15+trap]             ; out of line
;;  0  0x36  loop $again                   e  33db            xor ebx, ebx                      ; $sum: ebx
;;  1  0x38    local.get $sum           - local, read where it lives                            ; [$sum]
;;  2  0x3a    i32.const 0              - constant, used where it is consumed                   ; [$sum, 0]
;;  3  0x3c    call_indirect (type $t)    10  895c2418        mov dword [rsp+0x18], ebx         ; [[rsp+0x18], eax] $n: [rsp] $sum: [rsp+8], locals saved around the call, can trap
;;                                        14  895c2408        mov dword [rsp+8], ebx
;;                                        18  893c24          mov dword [rsp], edi
;;                                        1b  33c0            xor eax, eax
;;                                        1d  4d8b9f00000000  mov r11, qword [r15+table:0]
;;                                        24  493b4308        cmp rax, qword [r11+8]
;;                                        28  0f8360000000    jae trap.undefined@3
;;                                        2e  4d8b1b          mov r11, qword [r11]
;;                                        31  498b04c3        mov rax, qword [r11+rax*8]
;;                                        35  4885c0          test rax, rax
;;                                        38  0f8454000000    je trap.null@3
;;                                        3e  4d8b9f00000000  mov r11, qword [r15+type:$t]
;;                                        45  4c3b5810        cmp r11, qword [rax+0x10]
;;                                        49  0f8547000000    jne trap.signature@3
;;                                        4f  4c3b7808        cmp r15, qword [rax+8]
;;                                        53  0f8517000000    jne far@3
;;                                        59  ff10            call qword [rax]
;;                              far@3:    70  4c897c2410      mov qword [rsp+0x10], r15         ; out of line
;;                                        75  4c8b7808        mov r15, qword [rax+8]
;;                                        79  4d8b7708        mov r14, qword [r15+memory0]
;;                                        7d  ff10            call qword [rax]
;;                                        7f  4c8b7c2410      mov r15, qword [rsp+0x10]
;;                                        84  4d8b7708        mov r14, qword [r15+memory0]
;;                                        88  ebd1            jmp @4
;;                   trap.undefined@3:    8e  41ff5718        call qword [r15+trap]             ; out of line
;;                        trap.null@3:    92  41ff5718        call qword [r15+trap]             ; out of line
;;                   trap.signature@3:    96  41ff5718        call qword [r15+trap]             ; out of line
;;  4  0x3f    i32.add                    5b  8bd8            mov ebx, eax                      ; [ebx], folded into an operand, computed in its destination
;;                                        5d  035c2418        add ebx, dword [rsp+0x18]
;;  5  0x40    local.set $sum           - value is already where it belongs                     ; [] $sum: ebx
;;  6  0x42    local.get $n             - local, read where it lives                            ; [$n]
;;  7  0x44    i32.const 1              - constant, used where it is consumed                   ; [$n, 1]
;;  8  0x46    i32.sub                    61  8b3c24          mov edi, dword [rsp]              ; [edi], computed in its destination
;;                                        64  83ef01          sub edi, 1
;;  9  0x47    local.tee $n             - value is already where it belongs                     ; [$n] $n: edi
;; 10  0x49    br_if $again               67  75a7            jne @3                            ; []
;; 11  0x4b  end                        - only structure
;; 12  0x4c  local.get $sum             - local, read where it lives                            ; [$sum]
;; 13  0x4e  end                          69  8bc3            mov eax, ebx                      ; moved to where the label expects it
;;                                        6b  4883c428        add rsp, 0x28
;;                                        6f  c3              ret
;;
;; func 1 $seven (result i32)
;; 6 bytes, 2 instructions, 1.50 x the 4 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm         code  bytes       x86-64               ; after, notes
;; 0  0x51  i32.const 7  - constant, used where it is consumed  ; [7]
;; 1  0x53  end             0  b807000000  mov eax, 7           ; moved to where the label expects it
;;                          5  c3          ret
