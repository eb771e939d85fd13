;; A test of bits.
;; invoke f 6 -> 1
;; invoke f 8 -> 0
(module
  (func $f (export "f") (param $a i32) (result i32)
    (block $out
      (br_if $out (i32.and (local.get $a) (i32.const 4)))
      (return (i32.const 0)))
    (i32.const 1)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 15 bytes, 6 instructions, 0.88 x the 17 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm            code  bytes       x86-64               ; after, notes
;;          (entry)                                                ; $a: edi
;; 0  0x20  block $out      - only structure
;; 1  0x22    local.get $a  - local, read where it lives           ; [$a]
;; 2  0x24    i32.const 4   - constant, used where it is consumed  ; [$a, 4]
;; 3  0x26    i32.and          0  40f6c704    test dil, 4          ; [flags ne], kept in flags
;; 4  0x27    br_if $out       4  7503        jne @9               ; [], fused with the instruction before
;; 5  0x29    i32.const 0   - constant, used where it is consumed  ; [0]
;; 6  0x2b    return           6  33c0        xor eax, eax         ; moved to where the label expects it
;;                             8  c3          ret
;; 7  0x2c  end             - only structure                       ; [] $a: -
;; 8  0x2d  i32.const 1     - constant, used where it is consumed  ; [1]
;; 9  0x2f  end                9  b801000000  mov eax, 1           ; moved to where the label expects it
;;                             e  c3          ret
