;; A jump over a move: there is no cmov for xmm.
;; invoke f 1 2 1 -> 1.0
;; invoke f 1 2 0 -> 2.0
(module
  (func $f (export "f") (param $a f64) (param $b f64) (param $c i32) (result f64)
    (select (local.get $a) (local.get $b) (local.get $c))))
;; ==== x86-64 ====
;; func 0 $f (param f64 f64 i32) (result f64) (export "f")
;; 11 bytes, 5 instructions, 1.22 x the 9 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes   x86-64             ; after, notes
;;          (entry)                                        ; $a: xmm6 $b: xmm7 $c: edi
;; 0  0x22  local.get $a  - local, read where it lives     ; [$a]
;; 1  0x24  local.get $b  - local, read where it lives     ; [$a, $b]
;; 2  0x26  local.get $c  - local, read where it lives     ; [$a, $b, $c]
;; 3  0x28  select           0  85ff    test edi, edi      ; [xmm0]
;;                           2  0f28c6  movaps xmm0, xmm6
;;                           5  7503    jne @4
;;                           7  0f28c7  movaps xmm0, xmm7
;; 4  0x29  end              a  c3      ret
