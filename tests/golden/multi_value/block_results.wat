;; A label with two arguments.
;; invoke f 1 -> -1
;; invoke f 0 -> 7
(module
  (func $f (export "f") (param $a i32) (result i32)
    (block $out (result i32 i32)
      (br_if $out (i32.const 3) (i32.const 4) (local.get $a))
      drop drop
      (i32.const 9) (i32.const 2))
    (i32.sub)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 29 bytes, 9 instructions, 1.45 x the 20 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm                                  code  bytes       x86-64               ; after, notes
;;           (entry)                                                                      ; $a: edi
;;  0  0x25  block $out (type 1) (result i32 i32)  - only structure
;;  1  0x27    i32.const 3                         - constant, used where it is consumed  ; [3]
;;  2  0x29    i32.const 4                         - constant, used where it is consumed  ; [3, 4]
;;  3  0x2b    local.get $a                        - local, read where it lives           ; [3, 4, $a]
;;  4  0x2d    br_if $out                             0  85ff        test edi, edi        ; [ecx, eax]
;;                                                    2  b804000000  mov eax, 4
;;                                                    7  b903000000  mov ecx, 3
;;                                                    c  750a        jne @10
;;  5  0x2f    drop                                - nothing to do                        ; [ecx]
;;  6  0x30    drop                                - nothing to do                        ; []
;;  7  0x31    i32.const 9                         - constant, used where it is consumed  ; [9]
;;  8  0x33    i32.const 2                         - constant, used where it is consumed  ; [9, 2]
;;  9  0x35  end                                      e  b802000000  mov eax, 2           ; [ecx, eax] $a: -, moved to where the label expects it
;;                                                   13  b909000000  mov ecx, 9
;; 10  0x36  i32.sub                                 18  2bc8        sub ecx, eax         ; [ecx]
;; 11  0x37  end                                     1a  8bc1        mov eax, ecx         ; moved to where the label expects it
;;                                                   1c  c3          ret
