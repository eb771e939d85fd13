;; 64-bit idiv with its checks.
;; invoke f -7 2 -> -3
;; invoke f 1 0 -> trap integer divide by zero
;; invoke f 0x8000000000000000 -1 -> trap integer overflow
(module
  (func $f (export "f") (param $a i64) (param $b i64) (result i64)
    (i64.div_s (local.get $a) (local.get $b))))
;; ==== x86-64 ====
;; func 0 $f (param i64 i64) (result i64) (export "f")
;; 77 bytes, 22 instructions, 11.00 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm              code  bytes                 x86-64                       ; after, notes
;;          (entry)                                                                    ; $a: rdi $b: rsi
;; 0  0x21  local.get $a      - local, read where it lives                             ; [$a]
;; 1  0x23  local.get $b      - local, read where it lives                             ; [$a, $b]
;; 2  0x25  i64.div_s            0  488bc7                mov rax, rdi                 ; [rax], can trap
;;                               3  33d2                  xor edx, edx
;;                               5  4c8bd8                mov r11, rax
;;                               8  4c0bde                or r11, rsi
;;                               b  49c1eb20              shr r11, 0x20
;;                               f  7429                  je @2+3a
;;                              11  4885f6                test rsi, rsi
;;                              14  0f842b000000          je trap.divide@2
;;                              1a  4883feff              cmp rsi, 0xffffffffffffffff
;;                              1e  7513                  jne @2+33
;;                              20  48ba0000000000000080  mov rdx, 0x8000000000000000
;;                              2a  483bc2                cmp rax, rdx
;;                              2d  0f8416000000          je trap.overflow@2
;;                              33  4899                  cqo
;;                              35  48f7fe                idiv rsi
;;                              38  eb0a                  jmp @3
;;                              3a  85f6                  test esi, esi
;;                              3c  0f8403000000          je trap.divide@2
;;                              42  f7f6                  div esi
;;            trap.divide@2:    45  41ff5718              call qword [r15+trap]        ; out of line
;;          trap.overflow@2:    49  41ff5718              call qword [r15+trap]        ; out of line
;; 3  0x26  end                 44  c3                    ret
