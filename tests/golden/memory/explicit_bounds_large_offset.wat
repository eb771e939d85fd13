;; Base plus offset plus size cannot overflow 64 bits.
;; target bounds=explicit
;; invoke f -1 -> trap out of bounds memory access
(module
  (memory 1)
  (func $f (export "f") (param $p i32) (result i64)
    (i64.load offset=0xfffffff8 (local.get $p))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i64) (export "f")
;; 61 bytes, 13 instructions, 5.55 x the 11 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm                        code  bytes                 x86-64                         ; after, notes
;;          (entry)                                                                                ; $p: edi
;; 0  0x25  local.get $p                - local, read where it lives                               ; [$p]
;; 1  0x27  i64.load offset=4294967288     0  4d8b9f00000000        mov r11, qword [r15+memory:0]  ; [rax], bounds checked, can trap
;;                                         7  4d8b5b08              mov r11, qword [r11+8]
;;                                         b  48b80000000001000000  mov rax, 0x100000000
;;                                        15  4c2bd8                sub r11, rax
;;                                        18  0f8217000000          jb trap.memory@1
;;                                        1e  493bfb                cmp rdi, r11
;;                                        21  0f8712000000          ja trap.memory@1
;;                                        27  41bbf8ffffff          mov r11d, 0xfffffff8
;;                                        2d  4c03df                add r11, rdi
;;                                        30  4b8b041e              mov rax, qword [r14+r11]
;;                      trap.memory@1:    35  41ff5718              call qword [r15+trap]          ; out of line
;;                      trap.memory@1:    39  41ff5718              call qword [r15+trap]          ; out of line
;; 2  0x2e  end                           34  c3                    ret
