;; From a passive segment, once.
;; invoke f -> 0
;; invoke f -> trap out of bounds table access
(module
  (table $t 2 funcref)
  (elem $e func $f)
  (func $f (export "f") (result i32)
    (table.init $t $e (i32.const 1) (i32.const 0) (i32.const 1))
    (elem.drop $e)
    (ref.is_null (table.get $t (i32.const 1)))))
;; ==== x86-64 ====
;; func 0 $f (result i32) (export "f")
;; 108 bytes, 24 instructions, 5.40 x the 20 bytes of wasm; frame 40 bytes, 0 spills
;; #    at  wasm           code  bytes           x86-64                            ; after, notes
;;          (entry)           0  493b6710        cmp rsp, qword [r15+stack_limit]
;;                            4  0f825a000000    jb trap.stack
;;                            a  4883ec28        sub rsp, 0x28
;;            trap.stack:    64  41ff5718        call qword [r15+trap]             ; out of line
;; 0  0x2c  i32.const 1    - constant, used where it is consumed                   ; [1]
;; 1  0x2e  i32.const 0    - constant, used where it is consumed                   ; [1, 0]
;; 2  0x30  i32.const 1    - constant, used where it is consumed                   ; [1, 0, 1]
;; 3  0x32  table.init $e     e  b901000000      mov ecx, 1                        ; [], can trap
;;                           13  33d2            xor edx, edx
;;                           15  be01000000      mov esi, 1
;;                           1a  41b800000000    mov r8d, elem:$e
;;                           20  4d8b8f00000000  mov r9, qword [r15+table:$t]
;;                           27  41ff9780000000  call qword [r15+table_init]
;; 4  0x36  elem.drop $e     2e  be00000000      mov esi, elem:$e
;;                           33  41ff9788000000  call qword [r15+elem_drop]
;; 5  0x39  i32.const 1    - constant, used where it is consumed                   ; [1]
;; 6  0x3b  table.get $t     3a  b801000000      mov eax, 1                        ; [rcx], can trap
;;                           3f  4d8b9f00000000  mov r11, qword [r15+table:$t]
;;                           46  493b4308        cmp rax, qword [r11+8]
;;                           4a  0f8318000000    jae trap.table@6
;;                           50  4d8b1b          mov r11, qword [r11]
;;                           53  498b0cc3        mov rcx, qword [r11+rax*8]
;;          trap.table@6:    68  41ff5718        call qword [r15+trap]             ; out of line
;; 7  0x3d  ref.is_null      57  33c0            xor eax, eax                      ; [eax]
;;                           59  4885c9          test rcx, rcx
;;                           5c  0f94c0          sete al
;; 8  0x3e  end              5f  4883c428        add rsp, 0x28
;;                           63  c3              ret
