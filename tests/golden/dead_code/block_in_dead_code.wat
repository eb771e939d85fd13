;; Whole blocks, loops and ifs.
;; invoke f -> 1
(module
  (func $f (export "f") (result i32)
    (block $out
      (br $out)
      (loop $l (br_if $l (i32.const 1)))
      (if (i32.const 1) (then (nop)) (else (br $out))))
    (i32.const 1)))
;; ==== x86-64 ====
;; func 0 $f (result i32) (export "f")
;; 8 bytes, 3 instructions, 0.32 x the 25 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm             code  bytes       x86-64               ; after, notes
;;  0  0x1f  block $out       - only structure
;;  1  0x21    br $out           0  eb00        jmp @14
;;  2  0x23    loop $l        - unreachable
;;  3  0x25      i32.const 1  - unreachable
;;  4  0x27      br_if $l     - unreachable
;;  5  0x29    end            - unreachable
;;  6  0x2a    i32.const 1    - unreachable
;;  7  0x2c    if             - unreachable
;;  8  0x2e      nop          - unreachable
;;  9  0x2f    else           - unreachable
;; 10  0x30      br $out      - unreachable
;; 11  0x32    end            - unreachable
;; 12  0x33  end              - only structure
;; 13  0x34  i32.const 1      - constant, used where it is consumed  ; [1]
;; 14  0x36  end                 2  b801000000  mov eax, 1           ; moved to where the label expects it
;;                               7  c3          ret
