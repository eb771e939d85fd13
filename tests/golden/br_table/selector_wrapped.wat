;; A selector made by wrapping has a clean upper half.
;; invoke f 0x100000000 -> 1
;; invoke f 6 -> 2
(module
  (func $f (export "f") (param $i i64) (result i32)
    (block $b (block $a
      (br_table $a $a $a $a $a $a $b (i32.wrap_i64 (local.get $i))))
      (return (i32.const 1)))
    (i32.const 2)))
;; ==== x86-64 ====
;; func 0 $f (param i64) (result i32) (export "f")
;; 60 bytes, 11 instructions, 2.40 x the 25 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm                               code  bytes           x86-64                         ; after, notes
;;           (entry)                                                                                 ; $i: rdi
;;  0  0x20  block $b                           - only structure
;;  1  0x22    block $a                         - only structure
;;  2  0x24      local.get $i                   - local, read where it lives                         ; [$i]
;;  3  0x26      i32.wrap_i64                      0  8bc7            mov eax, edi                   ; [eax]
;;  4  0x27      br_table $a $a $a $a $a $a $b     2  83f806          cmp eax, 6
;;                                                 5  732f            jae @10
;;                                                 7  4c8d1d0a000000  lea r11, [rip+targets@4]
;;                                                 e  49630483        movsxd rax, dword [r11+rax*4]
;;                                                12  4c03d8          add r11, rax
;;                                                15  41ffe3          jmp r11
;;  5  0x30    end                              - only structure                                     ; [] $i: -
;;  6  0x31    i32.const 1                      - constant, used where it is consumed                ; [1]
;;  7  0x33    return                             30  b801000000      mov eax, 1                     ; moved to where the label expects it
;;                                                35  c3              ret
;;  8  0x34  end                                - only structure                                     ; []
;;  9  0x35  i32.const 2                        - constant, used where it is consumed                ; [2]
;; 10  0x37  end                                  36  b802000000      mov eax, 2                     ; moved to where the label expects it
;;                                                3b  c3              ret
;;                                  targets@4:    18  18000000        -> @7
;;                                                1c  18000000        -> @7
;;                                                20  18000000        -> @7
;;                                                24  18000000        -> @7
;;                                                28  18000000        -> @7
;;                                                2c  18000000        -> @7
