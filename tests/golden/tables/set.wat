;; Bounds, then one store.
;; invoke f 0 -> 0
;; invoke f 2 -> trap out of bounds table access
(module
  (table $t 2 funcref)
  (elem declare func $f)
  (func $f (export "f") (param $i i32) (result i32)
    (table.set $t (local.get $i) (ref.func $f))
    (ref.is_null (table.get $t (local.get $i)))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 74 bytes, 18 instructions, 5.69 x the 13 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm           code  bytes           x86-64                         ; after, notes
;;          (entry)                                                             ; $i: edi
;; 0  0x2d  local.get $i   - local, read where it lives                         ; [$i]
;; 1  0x2f  ref.func $f       0  498d8700000000  lea rax, [r15+func:$f.ref]     ; [$i, rax]
;; 2  0x31  table.set $t      7  4d8b9f00000000  mov r11, qword [r15+table:$t]  ; [], can trap
;;                            e  493b7b08        cmp rdi, qword [r11+8]
;;                           12  0f832a000000    jae trap.table@2
;;                           18  4d8b1b          mov r11, qword [r11]
;;                           1b  498904fb        mov qword [r11+rdi*8], rax
;;          trap.table@2:    42  41ff5718        call qword [r15+trap]          ; out of line
;; 3  0x33  local.get $i   - local, read where it lives                         ; [$i]
;; 4  0x35  table.get $t     1f  4d8b9f00000000  mov r11, qword [r15+table:$t]  ; [rax], can trap
;;                           26  493b7b08        cmp rdi, qword [r11+8]
;;                           2a  0f8316000000    jae trap.table@4
;;                           30  4d8b1b          mov r11, qword [r11]
;;                           33  498b04fb        mov rax, qword [r11+rdi*8]
;;          trap.table@4:    46  41ff5718        call qword [r15+trap]          ; out of line
;; 5  0x37  ref.is_null      37  33c9            xor ecx, ecx                   ; [ecx]
;;                           39  4885c0          test rax, rax
;;                           3c  0f94c1          sete cl
;; 6  0x38  end              3f  8bc1            mov eax, ecx                   ; moved to where the label expects it
;;                           41  c3              ret
