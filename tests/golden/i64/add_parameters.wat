;; 64-bit operations carry a REX prefix.
;; invoke f 4294967295 1 -> 4294967296
(module
  (func $f (export "f") (param $a i64) (param $b i64) (result i64)
    (i64.add (local.get $a) (local.get $b))))
;; ==== x86-64 ====
;; func 0 $f (param i64 i64) (result i64) (export "f")
;; 5 bytes, 2 instructions, 0.71 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes     x86-64              ; after, notes
;;          (entry)                                           ; $a: rdi $b: rsi
;; 0  0x21  local.get $a  - local, read where it lives        ; [$a]
;; 1  0x23  local.get $b  - local, read where it lives        ; [$a, $b]
;; 2  0x25  i64.add          0  488d0437  lea rax, [rdi+rsi]  ; [rax]
;; 3  0x26  end              4  c3        ret
