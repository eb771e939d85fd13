;; Nothing is made of what stands behind a branch.
;; invoke f -> 1
(module
  (func $f (export "f") (result i32)
    (block $out (result i32)
      (br $out (i32.const 1))
      (i32.const 2) (i32.add) (drop) (i32.const 3))))
;; ==== x86-64 ====
;; func 0 $f (result i32) (export "f")
;; 8 bytes, 3 instructions, 0.53 x the 15 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm                     code  bytes       x86-64               ; after, notes
;; 0  0x1f  block $out (result i32)  - only structure
;; 1  0x21    i32.const 1            - constant, used where it is consumed  ; [1]
;; 2  0x23    br $out                   0  b801000000  mov eax, 1
;;                                      5  eb00        jmp @8
;; 3  0x25    i32.const 2            - unreachable
;; 4  0x27    i32.add                - unreachable
;; 5  0x28    drop                   - unreachable
;; 6  0x29    i32.const 3            - unreachable
;; 7  0x2b  end                      - only structure                       ; [eax]
;; 8  0x2c  end                         7  c3          ret
