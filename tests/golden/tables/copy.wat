;; Between two tables.
;; invoke f -> 0
(module
  (table $a 2 funcref)
  (table $b 2 funcref)
  (elem (table $b) (i32.const 0) func $f $f)
  (func $f (export "f") (result i32)
    (table.copy $a $b (i32.const 0) (i32.const 1) (i32.const 1))
    (ref.is_null (table.get $a (i32.const 0)))))
;; ==== x86-64 ====
;; func 0 $f (result i32) (export "f")
;; 91 bytes, 22 instructions, 5.35 x the 17 bytes of wasm; frame 40 bytes, 0 spills
;; #    at  wasm              code  bytes           x86-64                            ; after, notes
;;          (entry)              0  493b6710        cmp rsp, qword [r15+stack_limit]
;;                               4  0f8249000000    jb trap.stack
;;                               a  4883ec28        sub rsp, 0x28
;;               trap.stack:    53  41ff5718        call qword [r15+trap]             ; out of line
;; 0  0x34  i32.const 0       - constant, used where it is consumed                   ; [0]
;; 1  0x36  i32.const 1       - constant, used where it is consumed                   ; [0, 1]
;; 2  0x38  i32.const 1       - constant, used where it is consumed                   ; [0, 1, 1]
;; 3  0x3a  table.copy $a $b     e  b901000000      mov ecx, 1                        ; [], can trap
;;                              13  ba01000000      mov edx, 1
;;                              18  33f6            xor esi, esi
;;                              1a  4d8b8700000000  mov r8, qword [r15+table:$a]
;;                              21  4d8b8f00000000  mov r9, qword [r15+table:$b]
;;                              28  41ff5778        call qword [r15+table_copy]
;; 4  0x3e  i32.const 0       - constant, used where it is consumed                   ; [0]
;; 5  0x40  table.get $a        2c  33c0            xor eax, eax                      ; [rcx], can trap
;;                              2e  4d8b9f00000000  mov r11, qword [r15+table:$a]
;;                              35  493b4308        cmp rax, qword [r11+8]
;;                              39  0f8318000000    jae trap.table@5
;;                              3f  4d8b1b          mov r11, qword [r11]
;;                              42  498b0cc3        mov rcx, qword [r11+rax*8]
;;             trap.table@5:    57  41ff5718        call qword [r15+trap]             ; out of line
;; 6  0x42  ref.is_null         46  33c0            xor eax, eax                      ; [eax]
;;                              48  4885c9          test rcx, rcx
;;                              4b  0f94c0          sete al
;; 7  0x43  end                 4e  4883c428        add rsp, 0x28
;;                              52  c3              ret
