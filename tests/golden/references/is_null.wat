;; A 64-bit test.
;; invoke f null -> 1
(module
  (func $f (export "f") (param $r externref) (result i32) (ref.is_null (local.get $r))))
;; ==== x86-64 ====
;; func 0 $f (param externref) (result i32) (export "f")
;; 9 bytes, 4 instructions, 1.80 x the 5 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes   x86-64          ; after, notes
;;          (entry)                                     ; $r: rdi
;; 0  0x20  local.get $r  - local, read where it lives  ; [$r]
;; 1  0x22  ref.is_null      0  33c0    xor eax, eax    ; [eax]
;;                           2  4885ff  test rdi, rdi
;;                           5  0f94c0  sete al
;; 2  0x23  end              8  c3      ret
