;; A 64-bit test.
;; invoke f null -> 1
(module
  (func $f (export "f") (param $r externref) (result i32) (ref.is_null (local.get $r))))
;; ==== x86-64 ====
;; func 0 $f (param externref) (result i32) (export "f")
;; 10 bytes, 4 instructions, 2.00 x the 5 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes   x86-64          ; after, notes
;;          (entry)                                     ; $r: rdi
;; 0  0x20  local.get $r  - local, read where it lives  ; [$r]
;; 1  0x22  ref.is_null      0  4885ff  test rdi, rdi   ; [eax]
;;                           3  0f94c0  sete al
;;                           6  0fb6c0  movzx eax, al
;; 2  0x23  end              9  c3      ret
