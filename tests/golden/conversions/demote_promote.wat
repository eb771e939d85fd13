;; There and back.
;; invoke f 0.1 -> 0.10000000149011612
(module
  (func $f (export "f") (param $a f64) (result f64)
    (f64.promote_f32 (f32.demote_f64 (local.get $a)))))
;; ==== x86-64 ====
;; func 0 $f (param f64) (result f64) (export "f")
;; 12 bytes, 4 instructions, 2.00 x the 6 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm             code  bytes     x86-64               ; after, notes
;;          (entry)                                               ; $a: xmm6
;; 0  0x20  local.get $a     - local, read where it lives         ; [$a]
;; 1  0x22  f32.demote_f64      0  0f28c6    movaps xmm0, xmm6    ; [xmm0]
;;                              3  f20f5ac0  cvtsd2ss xmm0, xmm0
;; 2  0x23  f64.promote_f32     7  f30f5ac0  cvtss2sd xmm0, xmm0  ; [xmm0]
;; 3  0x24  end                 b  c3        ret
