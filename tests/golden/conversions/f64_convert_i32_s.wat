;; The destination is cleared, for cvtsi2sd keeps its upper part.
;; invoke f -3 -> -3.0
(module
  (func $f (export "f") (param $a i32) (result f64)
    (f64.convert_i32_s (local.get $a))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result f64) (export "f")
;; 8 bytes, 3 instructions, 1.60 x the 5 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm               code  bytes     x86-64              ; after, notes
;;          (entry)                                                ; $a: edi
;; 0  0x20  local.get $a       - local, read where it lives        ; [$a]
;; 1  0x22  f64.convert_i32_s     0  0f57c0    xorps xmm0, xmm0    ; [xmm0]
;;                                3  f20f2ac7  cvtsi2sd xmm0, edi
;; 2  0x23  end                   7  c3        ret
