;; The upper half is cleared.
;; invoke f 0x1ffffffff -> -1
(module
  (func $f (export "f") (param $a i64) (result i32)
    (i32.wrap_i64 (local.get $a))))
;; ==== x86-64 ====
;; func 0 $f (param i64) (result i32) (export "f")
;; 3 bytes, 2 instructions, 0.60 x the 5 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes  x86-64           ; after, notes
;;          (entry)                                     ; $a: rdi
;; 0  0x20  local.get $a  - local, read where it lives  ; [$a]
;; 1  0x22  i32.wrap_i64     0  8bc7   mov eax, edi     ; [eax]
;; 2  0x23  end              2  c3     ret
