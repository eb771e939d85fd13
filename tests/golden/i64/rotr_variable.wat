;; A 64-bit rotation.
;; invoke f 1 1 -> 0x8000000000000000
(module
  (func $f (export "f") (param $a i64) (param $b i64) (result i64)
    (i64.rotr (local.get $a) (local.get $b))))
;; ==== x86-64 ====
;; func 0 $f (param i64 i64) (result i64) (export "f")
;; 10 bytes, 4 instructions, 1.43 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes   x86-64          ; after, notes
;;          (entry)                                     ; $a: rdi $b: rsi
;; 0  0x21  local.get $a  - local, read where it lives  ; [$a]
;; 1  0x23  local.get $b  - local, read where it lives  ; [$a, $b]
;; 2  0x25  i64.rotr         0  488bce  mov rcx, rsi    ; [rax]
;;                           3  488bc7  mov rax, rdi
;;                           6  48d3c8  ror rax, cl
;; 3  0x26  end              9  c3      ret
