;; The remainder by a constant.
;; invoke f -1 -> 5
(module
  (func $f (export "f") (param $a i64) (result i64)
    (i64.rem_u (local.get $a) (i64.const 10))))
;; ==== x86-64 ====
;; func 0 $f (param i64) (result i64) (export "f")
;; 32 bytes, 11 instructions, 4.57 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes         x86-64             ; after, notes
;;          (entry)                                              ; $a: rdi
;; 0  0x20  local.get $a  - local, read where it lives           ; [$a]
;; 1  0x22  i64.const 10  - constant, used where it is consumed  ; [$a, 10]
;; 2  0x24  i64.rem_u        0  41bb0a000000  mov r11d, 0xa      ; [rdx]
;;                           6  488bc7        mov rax, rdi
;;                           9  33d2          xor edx, edx
;;                           b  488bc8        mov rcx, rax
;;                           e  48c1e920      shr rcx, 0x20
;;                          12  7405          je @2+19
;;                          14  49f7f3        div r11
;;                          17  eb03          jmp @3
;;                          19  41f7f3        div r11d
;; 3  0x25  end             1c  488bc2        mov rax, rdx       ; moved to where the label expects it
;;                          1f  c3            ret
