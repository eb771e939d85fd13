;; Signed comparison of 64 bits into an i32.
;; invoke f -1 1 -> 1
(module
  (func $f (export "f") (param $a i64) (param $b i64) (result i32)
    (i64.lt_s (local.get $a) (local.get $b))))
;; ==== x86-64 ====
;; func 0 $f (param i64 i64) (result i32) (export "f")
;; 9 bytes, 4 instructions, 1.29 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes   x86-64          ; after, notes
;;          (entry)                                     ; $a: rdi $b: rsi
;; 0  0x21  local.get $a  - local, read where it lives  ; [$a]
;; 1  0x23  local.get $b  - local, read where it lives  ; [$a, $b]
;; 2  0x25  i64.lt_s         0  33c0    xor eax, eax    ; [eax]
;;                           2  483bfe  cmp rdi, rsi
;;                           5  0f9cc0  setl al
;; 3  0x26  end              8  c3      ret
