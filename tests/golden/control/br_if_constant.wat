;; A constant condition.
;; invoke f -> 2
(module
  (func $f (export "f") (result i32)
    (block $out
      (br_if $out (i32.const 1))
      (return (i32.const 1)))
    (i32.const 2)))
;; ==== x86-64 ====
;; func 0 $f (result i32) (export "f")
;; 21 bytes, 7 instructions, 1.50 x the 14 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm           code  bytes       x86-64               ; after, notes
;; 0  0x1f  block $out     - only structure
;; 1  0x21    i32.const 1  - constant, used where it is consumed  ; [1]
;; 2  0x23    br_if $out      0  b801000000  mov eax, 1           ; []
;;                            5  85c0        test eax, eax
;;                            7  7506        jne @7
;; 3  0x25    i32.const 1  - constant, used where it is consumed  ; [1]
;; 4  0x27    return          9  b801000000  mov eax, 1           ; moved to where the label expects it
;;                            e  c3          ret
;; 5  0x28  end            - only structure                       ; []
;; 6  0x29  i32.const 2    - constant, used where it is consumed  ; [2]
;; 7  0x2b  end               f  b802000000  mov eax, 2           ; moved to where the label expects it
;;                           14  c3          ret
