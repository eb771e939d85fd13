;; A label that only dead code names.
;; invoke f -> 3
(module
  (func $f (export "f") (result i32)
    (block $a
      (block $b (br $a) (br $b))
      (return (i32.const 2)))
    (i32.const 3)))
;; ==== x86-64 ====
;; func 0 $f (result i32) (export "f")
;; 8 bytes, 3 instructions, 0.47 x the 17 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm           code  bytes       x86-64               ; after, notes
;; 0  0x1f  block $a       - only structure
;; 1  0x21    block $b     - only structure
;; 2  0x23      br $a         0  eb00        jmp @9
;; 3  0x25      br $b      - unreachable
;; 4  0x27    end          - unreachable
;; 5  0x28    i32.const 2  - unreachable
;; 6  0x2a    return       - unreachable
;; 7  0x2b  end            - only structure
;; 8  0x2c  i32.const 3    - constant, used where it is consumed  ; [3]
;; 9  0x2e  end               2  b803000000  mov eax, 3           ; moved to where the label expects it
;;                            7  c3          ret
