;; An offset beyond 2^31 does not fit a displacement.
;; invoke f 0 -> trap out of bounds memory access
(module
  (memory 1)
  (func $f (export "f") (param $p i32) (result i32)
    (i32.load offset=0x80000000 (local.get $p))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 14 bytes, 4 instructions, 1.27 x the 11 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm                        code  bytes         x86-64                    ; after, notes
;;          (entry)                                                                   ; $p: edi
;; 0  0x25  local.get $p                - local, read where it lives                  ; [$p]
;; 1  0x27  i32.load offset=2147483648     0  41bb00000080  mov r11d, 0x80000000      ; [eax], bounds check elided by guard pages, can trap
;;                                         6  4c03df        add r11, rdi
;;                                         9  438b041e      mov eax, dword [r14+r11]
;; 2  0x2e  end                            d  c3            ret
