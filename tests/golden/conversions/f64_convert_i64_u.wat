;; Values from 2^63 are halved and doubled again.
;; invoke f -1 -> 1.8446744073709552e+19
;; invoke f 5 -> 5.0
(module
  (func $f (export "f") (param $a i64) (result f64)
    (f64.convert_i64_u (local.get $a))))
;; ==== x86-64 ====
;; func 0 $f (param i64) (result f64) (export "f")
;; 41 bytes, 13 instructions, 8.20 x the 5 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm               code  bytes       x86-64              ; after, notes
;;          (entry)                                                  ; $a: rdi
;; 0  0x20  local.get $a       - local, read where it lives          ; [$a]
;; 1  0x22  f64.convert_i64_u     0  488bc7      mov rax, rdi        ; [xmm0]
;;                                3  0f57c0      xorps xmm0, xmm0
;;                                6  4885c0      test rax, rax
;;                                9  7807        js @1+12
;;                                b  f2480f2ac0  cvtsi2sd xmm0, rax
;;                               10  eb16        jmp @2
;;                               12  4c8bd8      mov r11, rax
;;                               15  49c1eb01    shr r11, 1
;;                               19  83e001      and eax, 1
;;                               1c  4c0bd8      or r11, rax
;;                               1f  f2490f2ac3  cvtsi2sd xmm0, r11
;;                               24  f20f58c0    addsd xmm0, xmm0
;; 2  0x23  end                  28  c3          ret
