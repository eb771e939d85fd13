;; Two parameters, arrived in xmm6 and xmm7.
;; invoke f 1.5 2.25 -> 3.75
(module
  (func $f (export "f") (param $a f32) (param $b f32) (result f32)
    (f32.add (local.get $a) (local.get $b))))
;; ==== x86-64 ====
;; func 0 $f (param f32 f32) (result f32) (export "f")
;; 8 bytes, 3 instructions, 1.14 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes     x86-64             ; after, notes
;;          (entry)                                          ; $a: xmm6 $b: xmm7
;; 0  0x21  local.get $a  - local, read where it lives       ; [$a]
;; 1  0x23  local.get $b  - local, read where it lives       ; [$a, $b]
;; 2  0x25  f32.add          0  0f28c6    movaps xmm0, xmm6  ; [xmm0]
;;                           3  f30f58c7  addss xmm0, xmm7
;; 3  0x26  end              7  c3        ret
