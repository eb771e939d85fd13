;; A store is checked in front of the write.
;; target bounds=explicit
;; invoke f 0 7 -> 7
;; invoke f 65528 7 -> trap out of bounds memory access
(module
  (memory 1)
  (func $f (export "f") (param $p i32) (param $a i32) (result i32)
    (i32.store offset=8 (local.get $p) (local.get $a))
    (i32.load offset=8 (local.get $p))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 87 bytes, 19 instructions, 6.21 x the 14 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm                code  bytes           x86-64                         ; after, notes
;;          (entry)                                                                  ; $p: edi $a: esi
;; 0  0x26  local.get $p        - local, read where it lives                         ; [$p]
;; 1  0x28  local.get $a        - local, read where it lives                         ; [$p, $a]
;; 2  0x2a  i32.store offset=8     0  4d8b9f00000000  mov r11, qword [r15+memory:0]  ; [], bounds checked, can trap
;;                                 7  4d8b5b08        mov r11, qword [r11+8]
;;                                 b  4983eb0c        sub r11, 0xc
;;                                 f  0f8232000000    jb trap.memory@2
;;                                15  493bfb          cmp rdi, r11
;;                                18  0f872d000000    ja trap.memory@2
;;                                1e  4189743e08      mov dword [r14+rdi+8], esi
;;              trap.memory@2:    47  41ff5718        call qword [r15+trap]          ; out of line
;;              trap.memory@2:    4b  41ff5718        call qword [r15+trap]          ; out of line
;; 3  0x2d  local.get $p        - local, read where it lives                         ; [$p]
;; 4  0x2f  i32.load offset=8     23  4d8b9f00000000  mov r11, qword [r15+memory:0]  ; [mem[rdi+8]], deferred, bounds checked, can trap
;;                                2a  4d8b5b08        mov r11, qword [r11+8]
;;                                2e  4983eb0c        sub r11, 0xc
;;                                32  0f8217000000    jb trap.memory@4
;;                                38  493bfb          cmp rdi, r11
;;                                3b  0f8712000000    ja trap.memory@4
;;              trap.memory@4:    4f  41ff5718        call qword [r15+trap]          ; out of line
;;              trap.memory@4:    53  41ff5718        call qword [r15+trap]          ; out of line
;; 5  0x32  end                   41  418b443e08      mov eax, dword [r14+rdi+8]
;;                                46  c3              ret
