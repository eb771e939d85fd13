;; A library call that can trap.
;; invoke f 1 2 -> 0
;; invoke f 3 2 -> trap out of bounds table access
(module
  (table $t 4 funcref)
  (elem declare func $f)
  (func $f (export "f") (param $i i32) (param $n i32) (result i32)
    (table.fill $t (local.get $i) (ref.func $f) (local.get $n))
    (ref.is_null (table.get $t (local.get $i)))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 92 bytes, 24 instructions, 5.75 x the 16 bytes of wasm; frame 56 bytes, 0 spills
;; #    at  wasm           code  bytes           x86-64                            ; after, notes
;;          (entry)           0  493b6710        cmp rsp, qword [r15+stack_limit]  ; $i: edi $n: esi
;;                            4  0f824a000000    jb trap.stack
;;                            a  4883ec38        sub rsp, 0x38
;;            trap.stack:    54  41ff5718        call qword [r15+trap]             ; out of line
;; 0  0x2e  local.get $i   - local, read where it lives                            ; [$i]
;; 1  0x30  ref.func $f       e  498d8700000000  lea rax, [r15+func:$f.ref]        ; [$i, rax]
;; 2  0x32  local.get $n   - local, read where it lives                            ; [$i, rax, $n]
;; 3  0x34  table.fill $t    15  893c24          mov dword [rsp], edi              ; [] $i: [rsp] $n: -, locals saved around the call, can trap
;;                           18  8bce            mov ecx, esi
;;                           1a  488bd0          mov rdx, rax
;;                           1d  8bf7            mov esi, edi
;;                           1f  4d8b8700000000  mov r8, qword [r15+table:$t]
;;                           26  41ff5770        call qword [r15+table_fill]
;; 4  0x37  local.get $i   - local, read where it lives                            ; [$i]
;; 5  0x39  table.get $t     2a  8b3c24          mov edi, dword [rsp]              ; [rax] $i: edi=[rsp], local reloaded, can trap
;;                           2d  4d8b9f00000000  mov r11, qword [r15+table:$t]
;;                           34  493b7b08        cmp rdi, qword [r11+8]
;;                           38  0f831a000000    jae trap.table@5
;;                           3e  4d8b1b          mov r11, qword [r11]
;;                           41  498b04fb        mov rax, qword [r11+rdi*8]
;;          trap.table@5:    58  41ff5718        call qword [r15+trap]             ; out of line
;; 6  0x3b  ref.is_null      45  33c9            xor ecx, ecx                      ; [ecx]
;;                           47  4885c0          test rax, rax
;;                           4a  0f94c1          sete cl
;; 7  0x3c  end              4d  8bc1            mov eax, ecx                      ; moved to where the label expects it
;;                           4f  4883c438        add rsp, 0x38
;;                           53  c3              ret
