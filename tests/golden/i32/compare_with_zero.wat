;; test instead of cmp.
;; invoke f -4 -> 1
(module
  (func $f (export "f") (param $a i32) (result i32)
    (i32.lt_s (local.get $a) (i32.const 0))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 8 bytes, 4 instructions, 1.14 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes   x86-64                   ; after, notes
;;          (entry)                                              ; $a: edi
;; 0  0x20  local.get $a  - local, read where it lives           ; [$a]
;; 1  0x22  i32.const 0   - constant, used where it is consumed  ; [$a, 0]
;; 2  0x24  i32.lt_s         0  33c0    xor eax, eax             ; [eax]
;;                           2  85ff    test edi, edi
;;                           4  0f9cc0  setl al
;; 3  0x25  end              7  c3      ret
