;; Two values from both arms.
;; invoke f 1 -> 1 2
;; invoke f 0 -> 3 4
(module
  (func $f (export "f") (param $c i32) (result i32 i32)
    (if (result i32 i32) (local.get $c)
      (then (i32.const 1) (i32.const 2))
      (else (i32.const 3) (i32.const 4)))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32 i32) (export "f")
;; 35 bytes, 11 instructions, 2.19 x the 16 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm                          code  bytes       x86-64               ; after, notes
;;          (entry)                                                              ; $c: edi
;; 0  0x26  local.get $c                  - local, read where it lives           ; [$c]
;; 1  0x28  if (type 1) (result i32 i32)     0  85ff        test edi, edi        ; []
;;                                           2  740c        je @7
;; 2  0x2a    i32.const 1                 - constant, used where it is consumed  ; [1]
;; 3  0x2c    i32.const 2                 - constant, used where it is consumed  ; [1, 2]
;; 4  0x2e  else                             4  b802000000  mov eax, 2           ; [] $c: -
;;                                           9  b901000000  mov ecx, 1
;;                                           e  eb0a        jmp @8
;; 5  0x2f    i32.const 3                 - constant, used where it is consumed  ; [3]
;; 6  0x31    i32.const 4                 - constant, used where it is consumed  ; [3, 4]
;; 7  0x33  end                             10  b804000000  mov eax, 4           ; [ecx, eax], moved to where the label expects it
;;                                          15  b903000000  mov ecx, 3
;; 8  0x34  end                             1a  4c8bd8      mov r11, rax         ; moved to where the label expects it
;;                                          1d  8bc1        mov eax, ecx
;;                                          1f  418bcb      mov ecx, r11d
;;                                          22  c3          ret
