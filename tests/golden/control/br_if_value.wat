;; The argument of the label has one place on both paths.
;; invoke f 1 -> 10
;; invoke f 0 -> 20
(module
  (func $f (export "f") (param $a i32) (result i32)
    (block $out (result i32)
      (br_if $out (i32.const 10) (local.get $a))
      drop
      (i32.const 20))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 15 bytes, 5 instructions, 1.07 x the 14 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm                     code  bytes       x86-64               ; after, notes
;;          (entry)                                                         ; $a: edi
;; 0  0x20  block $out (result i32)  - only structure
;; 1  0x22    i32.const 10           - constant, used where it is consumed  ; [10]
;; 2  0x24    local.get $a           - local, read where it lives           ; [10, $a]
;; 3  0x26    br_if $out                0  85ff        test edi, edi        ; [eax]
;;                                      2  b80a000000  mov eax, 0xa
;;                                      7  7505        jne @7
;; 4  0x28    drop                   - nothing to do                        ; []
;; 5  0x29    i32.const 20           - constant, used where it is consumed  ; [20]
;; 6  0x2b  end                         9  b814000000  mov eax, 0x14        ; [eax] $a: -, moved to where the label expects it
;; 7  0x2c  end                         e  c3          ret
