;; The remainder comes out of rdx.
;; invoke f -1 10 -> 5
(module
  (func $f (export "f") (param $a i64) (param $b i64) (result i64)
    (i64.rem_u (local.get $a) (local.get $b))))
;; ==== x86-64 ====
;; func 0 $f (param i64 i64) (result i64) (export "f")
;; 25 bytes, 8 instructions, 3.57 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm            code  bytes         x86-64                 ; after, notes
;;          (entry)                                                    ; $a: rdi $b: rsi
;; 0  0x21  local.get $a    - local, read where it lives               ; [$a]
;; 1  0x23  local.get $b    - local, read where it lives               ; [$a, $b]
;; 2  0x25  i64.rem_u          0  488bc7        mov rax, rdi           ; [rdx], can trap
;;                             3  4885f6        test rsi, rsi
;;                             6  0f8409000000  je trap.divide@2
;;                             c  33d2          xor edx, edx
;;                             e  48f7f6        div rsi
;;          trap.divide@2:    15  41ff5718      call qword [r15+trap]  ; out of line
;; 3  0x26  end               11  488bc2        mov rax, rdx           ; moved to where the label expects it
;;                            14  c3            ret
