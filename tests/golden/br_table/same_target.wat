;; Many arms, one label.
;; invoke f 0 -> 1
;; invoke f 7 -> 1
(module
  (func $f (export "f") (param $i i32) (result i32)
    (block $a (br_table $a $a $a $a $a $a $a (local.get $i)))
    (i32.const 1)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 52 bytes, 8 instructions, 2.89 x the 18 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm                             code  bytes           x86-64                         ; after, notes
;;          (entry)                                                                               ; $i: edi
;; 0  0x20  block $a                         - only structure
;; 1  0x22    local.get $i                   - local, read where it lives                         ; [$i]
;; 2  0x24    br_table $a $a $a $a $a $a $a     0  83ff06          cmp edi, 6
;;                                              3  7329            jae @5
;;                                              5  4c8d1d0a000000  lea r11, [rip+targets@2]
;;                                              c  496304bb        movsxd rax, dword [r11+rdi*4]
;;                                             10  4c03d8          add r11, rax
;;                                             13  41ffe3          jmp r11
;; 3  0x2d  end                              - only structure                                     ; [] $i: -
;; 4  0x2e  i32.const 1                      - constant, used where it is consumed                ; [1]
;; 5  0x30  end                                2e  b801000000      mov eax, 1                     ; moved to where the label expects it
;;                                             33  c3              ret
;;                               targets@2:    16  18000000        -> @5
;;                                             1a  18000000        -> @5
;;                                             1e  18000000        -> @5
;;                                             22  18000000        -> @5
;;                                             26  18000000        -> @5
;;                                             2a  18000000        -> @5
