;; Few targets: compares, one after the other.
;; invoke f 0 -> 10
;; invoke f 1 -> 20
;; invoke f 2 -> 30
;; invoke f -1 -> 30
(module
  (func $f (export "f") (param $a i32) (result i32)
    (block $c (block $b (block $a (br_table $a $b $c (local.get $a)))
        (return (i32.const 10)))
      (return (i32.const 20)))
    (i32.const 30)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 29 bytes, 11 instructions, 1.12 x the 26 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm                     code  bytes       x86-64               ; after, notes
;;           (entry)                                                         ; $a: edi
;;  0  0x20  block $c                 - only structure
;;  1  0x22    block $b               - only structure
;;  2  0x24      block $a             - only structure
;;  3  0x26        local.get $a       - local, read where it lives           ; [$a]
;;  4  0x28        br_table $a $b $c     0  85ff        test edi, edi
;;                                       2  7407        je @7
;;                                       4  83ff01      cmp edi, 1
;;                                       7  7408        je @10
;;                                       9  eb0c        jmp @13
;;  5  0x2d      end                  - only structure                       ; [] $a: -
;;  6  0x2e      i32.const 10         - constant, used where it is consumed  ; [10]
;;  7  0x30      return                  b  b80a000000  mov eax, 0xa         ; moved to where the label expects it
;;                                      10  c3          ret
;;  8  0x31    end                    - only structure                       ; []
;;  9  0x32    i32.const 20           - constant, used where it is consumed  ; [20]
;; 10  0x34    return                   11  b814000000  mov eax, 0x14        ; moved to where the label expects it
;;                                      16  c3          ret
;; 11  0x35  end                      - only structure                       ; []
;; 12  0x36  i32.const 30             - constant, used where it is consumed  ; [30]
;; 13  0x38  end                        17  b81e000000  mov eax, 0x1e        ; moved to where the label expects it
;;                                      1c  c3          ret
