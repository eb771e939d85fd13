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
;; 107 bytes, 24 instructions, 5.35 x the 20 bytes of wasm; frame 40 bytes, 0 spills
;; #    at  wasm           code  bytes           x86-64                            ; after, notes
;;          (entry)           0  493b6710        cmp rsp, qword [r15+stack_limit]
;;                            4  0f8259000000    jb trap.stack
;;                            a  4883ec28        sub rsp, 0x28
;;            trap.stack:    63  41ff5718        call qword [r15+trap]             ; out of line
;; 0  0x2c  i32.const 1    - constant, used where it is consumed                   ; [1]
;; 1  0x2e  i32.const 0    - constant, used where it is consumed                   ; [1, 0]
;; 2  0x30  i32.const 1    - constant, used where it is consumed                   ; [1, 0, 1]
;; 3  0x32  table.init $e     e  b901000000      mov ecx, 1                        ; [], can trap
;;                           13  33d2            xor edx, edx
;;                           15  be01000000      mov esi, 1
;;                           1a  41b800000000    mov r8d, elem:$e
;;                           20  41b900000000    mov r9d, table:$t
;;                           26  41ff9780000000  call qword [r15+table_init]
;; 4  0x36  elem.drop $e     2d  be00000000      mov esi, elem:$e
;;                           32  41ff9788000000  call qword [r15+elem_drop]
;; 5  0x39  i32.const 1    - constant, used where it is consumed                   ; [1]
;; 6  0x3b  table.get $t     39  b801000000      mov eax, 1                        ; [rcx], can trap
;;                           3e  4d8b9f00000000  mov r11, qword [r15+table:$t]
;;                           45  493b4308        cmp rax, qword [r11+8]
;;                           49  0f8318000000    jae trap.table@6
;;                           4f  4d8b1b          mov r11, qword [r11]
;;                           52  498b0cc3        mov rcx, qword [r11+rax*8]
;;          trap.table@6:    67  41ff5718        call qword [r15+trap]             ; out of line
;; 7  0x3d  ref.is_null      56  33c0            xor eax, eax                      ; [eax]
;;                           58  4885c9          test rcx, rcx
;;                           5b  0f94c0          sete al
;; 8  0x3e  end              5e  4883c428        add rsp, 0x28
;;                           62  c3              ret
