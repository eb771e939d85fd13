;; A 64-bit test.
;; invoke f 0 -> 1
;; invoke f 4294967296 -> 0
(module
  (func $f (export "f") (param $a i64) (result i32)
    (i64.eqz (local.get $a))))
;; ==== x86-64 ====
;; func 0 $f (param i64) (result i32) (export "f")
;; 9 bytes, 4 instructions, 1.80 x the 5 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes   x86-64          ; after, notes
;;          (entry)                                     ; $a: rdi
;; 0  0x20  local.get $a  - local, read where it lives  ; [$a]
;; 1  0x22  i64.eqz          0  33c0    xor eax, eax    ; [eax]
;;                           2  4885ff  test rdi, rdi
;;                           5  0f94c0  sete al
;; 2  0x23  end              8  c3      ret
