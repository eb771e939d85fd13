;; The lower half: a 32-bit move clears the rest.
;; invoke f -1 -> 4294967295
(module
  (func $f (export "f") (param $a i64) (result i64)
    (i64.and (local.get $a) (i64.const 0xffffffff))))
;; ==== x86-64 ====
;; func 0 $f (param i64) (result i64) (export "f")
;; 12 bytes, 4 instructions, 1.09 x the 11 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm                  code  bytes       x86-64               ; after, notes
;;          (entry)                                                      ; $a: rdi
;; 0  0x20  local.get $a          - local, read where it lives           ; [$a]
;; 1  0x22  i64.const 4294967295  - constant, used where it is consumed  ; [$a, 0xffffffff]
;; 2  0x28  i64.and                  0  488bc7      mov rax, rdi         ; [rax]
;;                                   3  b9ffffffff  mov ecx, 0xffffffff
;;                                   8  4823c1      and rax, rcx
;; 3  0x29  end                      b  c3          ret
