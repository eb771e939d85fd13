;; Bounds, then one load.
;; invoke f 0 -> 1
;; invoke f 1 -> trap out of bounds table access
(module
  (table $t 1 externref)
  (func $f (export "f") (param $i i32) (result i32)
    (ref.is_null (table.get $t (local.get $i)))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 39 bytes, 11 instructions, 5.57 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm           code  bytes           x86-64                         ; after, notes
;;          (entry)                                                             ; $i: edi
;; 0  0x26  local.get $i   - local, read where it lives                         ; [$i]
;; 1  0x28  table.get $t      0  4d8b9f00000000  mov r11, qword [r15+table:$t]  ; [rax], can trap
;;                            7  493b7b08        cmp rdi, qword [r11+8]
;;                            b  0f8312000000    jae trap.table@1
;;                           11  4d8b1b          mov r11, qword [r11]
;;                           14  498b04fb        mov rax, qword [r11+rdi*8]
;;          trap.table@1:    23  41ff5718        call qword [r15+trap]          ; out of line
;; 2  0x2a  ref.is_null      18  33c9            xor ecx, ecx                   ; [ecx]
;;                           1a  4885c0          test rax, rax
;;                           1d  0f94c1          sete cl
;; 3  0x2b  end              20  8bc1            mov eax, ecx                   ; moved to where the label expects it
;;                           22  c3              ret
