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
;; 61 bytes, 13 instructions, 4.36 x the 14 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm                code  bytes           x86-64                         ; after, notes
;;          (entry)                                                                  ; $p: edi $a: esi
;; 0  0x26  local.get $p        - local, read where it lives                         ; [$p]
;; 1  0x28  local.get $a        - local, read where it lives                         ; [$p, $a]
;; 2  0x2a  i32.store offset=8     0  488d470c        lea rax, [rdi+0xc]             ; [], bounds checked, can trap
;;                                 4  4d8b9f00000000  mov r11, qword [r15+memory:0]
;;                                 b  493b4308        cmp rax, qword [r11+8]
;;                                 f  0f8720000000    ja trap.memory@2
;;                                15  4189743e08      mov dword [r14+rdi+8], esi
;;              trap.memory@2:    35  41ff5718        call qword [r15+trap]          ; out of line
;; 3  0x2d  local.get $p        - local, read where it lives                         ; [$p]
;; 4  0x2f  i32.load offset=8     1a  488d470c        lea rax, [rdi+0xc]             ; [mem[rdi+8]], deferred, bounds checked, can trap
;;                                1e  4d8b9f00000000  mov r11, qword [r15+memory:0]
;;                                25  493b4308        cmp rax, qword [r11+8]
;;                                29  0f870a000000    ja trap.memory@4
;;              trap.memory@4:    39  41ff5718        call qword [r15+trap]          ; out of line
;; 5  0x32  end                   2f  418b443e08      mov eax, dword [r14+rdi+8]
;;                                34  c3              ret
