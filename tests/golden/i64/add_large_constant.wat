;; A constant of more than 32 bits needs a register.
;; invoke f 1 -> 0x123456789abcdef1
(module
  (func $f (export "f") (param $a i64) (result i64)
    (i64.add (local.get $a) (i64.const 0x123456789abcdef0))))
;; ==== x86-64 ====
;; func 0 $f (param i64) (result i64) (export "f")
;; 17 bytes, 4 instructions, 1.13 x the 15 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm                           code  bytes                 x86-64                       ; after, notes
;;          (entry)                                                                                 ; $a: rdi
;; 0  0x20  local.get $a                   - local, read where it lives                             ; [$a]
;; 1  0x22  i64.const 1311768467463790320  - constant, used where it is consumed                    ; [$a, 0x123456789abcdef0]
;; 2  0x2c  i64.add                           0  488bc7                mov rax, rdi                 ; [rax]
;;                                            3  48b9f0debc9a78563412  mov rcx, 0x123456789abcdef0
;;                                            d  4803c1                add rax, rcx
;; 3  0x2d  end                              10  c3                    ret
