;; Without guard pages the end of the access is compared with the size.
;; target bounds=explicit
;; json
;; invoke f 0 -> 0
;; invoke f 65533 -> trap out of bounds memory access
;; invoke f -1 -> trap out of bounds memory access
(module
  (memory 1)
  (func $f (export "f") (param $p i32) (result i32)
    (i32.load (local.get $p))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 30 bytes, 7 instructions, 4.29 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm            code  bytes           x86-64                         ; after, notes
;;          (entry)                                                              ; $p: edi
;; 0  0x25  local.get $p    - local, read where it lives                         ; [$p]
;; 1  0x27  i32.load           0  488d4704        lea rax, [rdi+4]               ; [mem[rdi]], deferred, bounds checked, can trap
;;                             4  4d8b9f00000000  mov r11, qword [r15+memory:0]
;;                             b  493b4308        cmp rax, qword [r11+8]
;;                             f  0f8705000000    ja trap.memory@1
;;          trap.memory@1:    1a  41ff5718        call qword [r15+trap]          ; out of line
;; 2  0x2a  end               15  418b043e        mov eax, dword [r14+rdi]
;;                            19  c3              ret
