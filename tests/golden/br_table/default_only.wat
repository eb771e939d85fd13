;; The selector does not matter.
;; invoke f 3 -> 1
(module
  (func $f (export "f") (param $i i32) (result i32)
    (block $a (br_table $a (local.get $i)))
    (i32.const 1)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 8 bytes, 3 instructions, 0.67 x the 12 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm            code  bytes       x86-64               ; after, notes
;;          (entry)                                                ; $i: edi
;; 0  0x20  block $a        - only structure
;; 1  0x22    local.get $i  - local, read where it lives           ; [$i]
;; 2  0x24    br_table $a      0  eb00        jmp @5
;; 3  0x27  end             - only structure                       ; [] $i: -
;; 4  0x28  i32.const 1     - constant, used where it is consumed  ; [1]
;; 5  0x2a  end                2  b801000000  mov eax, 1           ; moved to where the label expects it
;;                             7  c3          ret
