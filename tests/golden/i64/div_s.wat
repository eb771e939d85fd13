;; 64-bit idiv with its checks.
;; invoke f -7 2 -> -3
;; invoke f 1 0 -> trap integer divide by zero
;; invoke f 0x8000000000000000 -1 -> trap integer overflow
(module
  (func $f (export "f") (param $a i64) (param $b i64) (result i64)
    (i64.div_s (local.get $a) (local.get $b))))
;; ==== x86-64 ====
;; func 0 $f (param i64 i64) (result i64) (export "f")
;; 51 bytes, 13 instructions, 7.29 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm              code  bytes                 x86-64                       ; after, notes
;;          (entry)                                                                    ; $a: rdi $b: rsi
;; 0  0x21  local.get $a      - local, read where it lives                             ; [$a]
;; 1  0x23  local.get $b      - local, read where it lives                             ; [$a, $b]
;; 2  0x25  i64.div_s            0  488bc7                mov rax, rdi                 ; [rax], can trap
;;                               3  4885f6                test rsi, rsi
;;                               6  0f841f000000          je trap.divide@2
;;                               c  4883feff              cmp rsi, 0xffffffffffffffff
;;                              10  7513                  jne @2+37
;;                              12  48ba0000000000000080  mov rdx, 0x8000000000000000
;;                              1c  483bc2                cmp rax, rdx
;;                              1f  0f840a000000          je trap.overflow@2
;;                              25  4899                  cqo
;;                              27  48f7fe                idiv rsi
;;            trap.divide@2:    2b  41ff5718              call qword [r15+trap]        ; out of line
;;          trap.overflow@2:    2f  41ff5718              call qword [r15+trap]        ; out of line
;; 3  0x26  end                 2a  c3                    ret
