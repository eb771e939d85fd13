;; Out of two blocks with operands below, which are dropped.
;; invoke f 1 -> 5
;; invoke f 0 -> 6
(module
  (func $f (export "f") (param $a i32) (result i32)
    (block $outer (result i32)
      (i32.const 1)
      (i32.const 2)
      (block $inner
        (br_if $inner (i32.eqz (local.get $a)))
        (br $outer (i32.const 5)))
      drop drop
      (i32.const 6))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 17 bytes, 6 instructions, 0.68 x the 25 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm                       code  bytes       x86-64               ; after, notes
;;           (entry)                                                           ; $a: edi
;;  0  0x20  block $outer (result i32)  - only structure
;;  1  0x22    i32.const 1              - constant, used where it is consumed  ; [1]
;;  2  0x24    i32.const 2              - constant, used where it is consumed  ; [1, 2]
;;  3  0x26    block $inner             - only structure
;;  4  0x28      local.get $a           - local, read where it lives           ; [1, 2, $a]
;;  5  0x2a      i32.eqz                   0  85ff        test edi, edi        ; [1, 2, flags e], kept in flags
;;  6  0x2b      br_if $inner              2  7407        je @13               ; [1, 2], fused with the instruction before
;;  7  0x2d      i32.const 5            - constant, used where it is consumed  ; [1, 2, 5]
;;  8  0x2f      br $outer                 4  b805000000  mov eax, 5
;;                                         9  eb05        jmp @14
;;  9  0x31    end                      - only structure                       ; [1, 2] $a: -
;; 10  0x32    drop                     - nothing to do                        ; [1]
;; 11  0x33    drop                     - nothing to do                        ; []
;; 12  0x34    i32.const 6              - constant, used where it is consumed  ; [6]
;; 13  0x36  end                           b  b806000000  mov eax, 6           ; [eax], moved to where the label expects it
;; 14  0x37  end                          10  c3          ret
