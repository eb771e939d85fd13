;; A division needs eax, edx and one more.
;; target gprs=7
;; invoke f 100 7 -> 16
(module
  (func $f (export "f") (param $a i32) (param $b i32) (result i32)
    (i32.add (i32.div_u (local.get $a) (local.get $b))
      (i32.rem_u (local.get $a) (local.get $b)))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 69 bytes, 20 instructions, 5.31 x the 13 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm            code  bytes         x86-64                      ; after, notes
;;          (entry)            0  897c24d8      mov dword [rsp-0x28], edi   ; $a: [rsp-0x28] $b: [rsp-0x20]
;;                             4  897424e0      mov dword [rsp-0x20], esi
;; 0  0x21  local.get $a    - local, read where it lives                    ; [$a]
;; 1  0x23  local.get $b    - local, read where it lives                    ; [$a, $b]
;; 2  0x25  i32.div_u          8  448b5c24e0    mov r11d, dword [rsp-0x20]  ; [eax], can trap
;;                             d  8b4424d8      mov eax, dword [rsp-0x28]
;;                            11  33d2          xor edx, edx
;;                            13  4585db        test r11d, r11d
;;                            16  0f8421000000  je trap.divide@2
;;                            1c  41f7f3        div r11d
;;          trap.divide@2:    3d  41ff5718      call qword [r15+trap]       ; out of line
;; 3  0x26  local.get $a    - local, read where it lives                    ; [eax, $a]
;; 4  0x28  local.get $b    - local, read where it lives                    ; [eax, $a, $b]
;; 5  0x2a  i32.rem_u         1f  448b5c24e0    mov r11d, dword [rsp-0x20]  ; [ecx, edx], can trap
;;                            24  8bc8          mov ecx, eax
;;                            26  8b4424d8      mov eax, dword [rsp-0x28]
;;                            2a  33d2          xor edx, edx
;;                            2c  4585db        test r11d, r11d
;;                            2f  0f840c000000  je trap.divide@5
;;                            35  41f7f3        div r11d
;;          trap.divide@5:    41  41ff5718      call qword [r15+trap]       ; out of line
;; 6  0x2b  i32.add           38  03ca          add ecx, edx                ; [ecx]
;; 7  0x2c  end               3a  8bc1          mov eax, ecx                ; moved to where the label expects it
;;                            3c  c3            ret
