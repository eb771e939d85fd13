;; Saturates, and NaN is zero.
;; invoke f 1e10 -> 2147483647
;; invoke f -1e10 -> -2147483648
;; invoke f nan -> 0
(module
  (func $f (export "f") (param $a f64) (result i32)
    (i32.trunc_sat_f64_s (local.get $a))))
;; ==== x86-64 ====
;; func 0 $f (param f64) (result i32) (export "f")
;; 46 bytes, 13 instructions, 7.67 x the 6 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm                 code  bytes           x86-64                       ; after, notes
;;          (entry)                                                                 ; $a: xmm6
;; 0  0x20  local.get $a         - local, read where it lives                       ; [$a]
;; 1  0x22  i32.trunc_sat_f64_s     0  f2480f2cc6      cvttsd2si rax, xmm6          ; [eax]
;;                                  5  4c63d8          movsxd r11, eax
;;                                  8  4c3bd8          cmp r11, rax
;;                                  b  741e            je @1+2b
;;                                  d  450f57ff        xorps xmm15, xmm15
;;                                 11  b800000000      mov eax, 0
;;                                 16  66410f2ef7      ucomisd xmm6, xmm15
;;                                 1b  7a0e            jp @1+2b
;;                                 1d  b8ffffff7f      mov eax, 0x7fffffff
;;                                 22  7707            ja @1+2b
;;                                 24  48c7c000000080  mov rax, 0xffffffff80000000
;;                                 2b  8bc0            mov eax, eax
;; 2  0x24  end                    2d  c3              ret
