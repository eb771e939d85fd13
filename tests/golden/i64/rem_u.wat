;; The remainder comes out of rdx.
;; invoke f -1 10 -> 5
(module
  (func $f (export "f") (param $a i64) (param $b i64) (result i64)
    (i64.rem_u (local.get $a) (local.get $b))))
;; ==== x86-64 ====
;; func 0 $f (param i64 i64) (result i64) (export "f")
;; 49 bytes, 16 instructions, 7.00 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm            code  bytes         x86-64                 ; after, notes
;;          (entry)                                                    ; $a: rdi $b: rsi
;; 0  0x21  local.get $a    - local, read where it lives               ; [$a]
;; 1  0x23  local.get $b    - local, read where it lives               ; [$a, $b]
;; 2  0x25  i64.rem_u          0  488bc7        mov rax, rdi           ; [rdx], can trap
;;                             3  33d2          xor edx, edx
;;                             5  4c8bd8        mov r11, rax
;;                             8  4c0bde        or r11, rsi
;;                             b  49c1eb20      shr r11, 0x20
;;                             f  740e          je @2+1f
;;                            11  4885f6        test rsi, rsi
;;                            14  0f8413000000  je trap.divide@2
;;                            1a  48f7f6        div rsi
;;                            1d  eb0a          jmp @3
;;                            1f  85f6          test esi, esi
;;                            21  0f8406000000  je trap.divide@2
;;                            27  f7f6          div esi
;;          trap.divide@2:    2d  41ff5718      call qword [r15+trap]  ; out of line
;; 3  0x26  end               29  488bc2        mov rax, rdx           ; moved to where the label expects it
;;                            2c  c3            ret
