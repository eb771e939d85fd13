;; Base plus offset plus size cannot overflow 64 bits.
;; target bounds=explicit
;; invoke f -1 -> trap out of bounds memory access
(module
  (memory 1)
  (func $f (export "f") (param $p i32) (result i64)
    (i64.load offset=0xfffffff8 (local.get $p))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i64) (export "f")
;; 48 bytes, 10 instructions, 4.36 x the 11 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm                        code  bytes                 x86-64                         ; after, notes
;;          (entry)                                                                                ; $p: edi
;; 0  0x25  local.get $p                - local, read where it lives                               ; [$p]
;; 1  0x27  i64.load offset=4294967288     0  48b80000000001000000  mov rax, 0x100000000           ; [rax], bounds checked, can trap
;;                                         a  4803c7                add rax, rdi
;;                                         d  4d8b9f00000000        mov r11, qword [r15+memory:0]
;;                                        14  493b4308              cmp rax, qword [r11+8]
;;                                        18  0f870e000000          ja trap.memory@1
;;                                        1e  41bbf8ffffff          mov r11d, 0xfffffff8
;;                                        24  4c03df                add r11, rdi
;;                                        27  4b8b041e              mov rax, qword [r14+r11]
;;                      trap.memory@1:    2c  41ff5718              call qword [r15+trap]          ; out of line
;; 2  0x2e  end                           2b  c3                    ret
