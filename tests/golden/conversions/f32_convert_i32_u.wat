;; A clean 64-bit register is converted.
;; invoke f -1 -> 4294967300.0
(module
  (func $f (export "f") (param $a i32) (result f32)
    (f32.convert_i32_u (local.get $a))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result f32) (export "f")
;; 9 bytes, 3 instructions, 1.80 x the 5 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm               code  bytes       x86-64              ; after, notes
;;          (entry)                                                  ; $a: edi
;; 0  0x20  local.get $a       - local, read where it lives          ; [$a]
;; 1  0x22  f32.convert_i32_u     0  0f57c0      xorps xmm0, xmm0    ; [xmm0]
;;                                3  f3480f2ac7  cvtsi2ss xmm0, rdi
;; 2  0x23  end                   8  c3          ret
