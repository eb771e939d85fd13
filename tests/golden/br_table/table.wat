;; Five targets and more: distances in a table behind the jump.
;; json
;; invoke f 0 -> 1
;; invoke f 4 -> 5
;; invoke f 5 -> 6
;; invoke f 0x80000000 -> 6
(module
  (func $f (export "f") (param $i i32) (result i32)
    (block $f (block $e (block $d (block $c (block $b (block $a
      (br_table $a $b $c $d $e $f (local.get $i)))
      (return (i32.const 1)))
      (return (i32.const 2)))
      (return (i32.const 3)))
      (return (i32.const 4)))
      (return (i32.const 5)))
    (i32.const 6)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 78 bytes, 18 instructions, 1.66 x the 47 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm                                    code  bytes           x86-64                         ; after, notes
;;           (entry)                                                                                      ; $i: edi
;;  0  0x20  block $f                                - only structure
;;  1  0x22    block $e                              - only structure
;;  2  0x24      block $d                            - only structure
;;  3  0x26        block $c                          - only structure
;;  4  0x28          block $b                        - only structure
;;  5  0x2a            block $a                      - only structure
;;  6  0x2c              local.get $i                - local, read where it lives                         ; [$i]
;;  7  0x2e              br_table $a $b $c $d $e $f     0  83ff05          cmp edi, 5
;;                                                      3  7343            jae @25
;;                                                      5  4c8d1d0a000000  lea r11, [rip+targets@7]
;;                                                      c  496304bb        movsxd rax, dword [r11+rdi*4]
;;                                                     10  4c03d8          add r11, rax
;;                                                     13  41ffe3          jmp r11
;;  8  0x36            end                           - only structure                                     ; [] $i: -
;;  9  0x37            i32.const 1                   - constant, used where it is consumed                ; [1]
;; 10  0x39            return                          2a  b801000000      mov eax, 1                     ; moved to where the label expects it
;;                                                     2f  c3              ret
;; 11  0x3a          end                             - only structure                                     ; []
;; 12  0x3b          i32.const 2                     - constant, used where it is consumed                ; [2]
;; 13  0x3d          return                            30  b802000000      mov eax, 2                     ; moved to where the label expects it
;;                                                     35  c3              ret
;; 14  0x3e        end                               - only structure                                     ; []
;; 15  0x3f        i32.const 3                       - constant, used where it is consumed                ; [3]
;; 16  0x41        return                              36  b803000000      mov eax, 3                     ; moved to where the label expects it
;;                                                     3b  c3              ret
;; 17  0x42      end                                 - only structure                                     ; []
;; 18  0x43      i32.const 4                         - constant, used where it is consumed                ; [4]
;; 19  0x45      return                                3c  b804000000      mov eax, 4                     ; moved to where the label expects it
;;                                                     41  c3              ret
;; 20  0x46    end                                   - only structure                                     ; []
;; 21  0x47    i32.const 5                           - constant, used where it is consumed                ; [5]
;; 22  0x49    return                                  42  b805000000      mov eax, 5                     ; moved to where the label expects it
;;                                                     47  c3              ret
;; 23  0x4a  end                                     - only structure                                     ; []
;; 24  0x4b  i32.const 6                             - constant, used where it is consumed                ; [6]
;; 25  0x4d  end                                       48  b806000000      mov eax, 6                     ; moved to where the label expects it
;;                                                     4d  c3              ret
;;                                       targets@7:    16  14000000        -> @10
;;                                                     1a  1a000000        -> @13
;;                                                     1e  20000000        -> @16
;;                                                     22  26000000        -> @19
;;                                                     26  2c000000        -> @22
