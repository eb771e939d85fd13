;; A condition that is wanted as a value.
;; json
;; invoke f 0 -> 1
;; invoke f 2 -> 0
(module
  (func $f (export "f") (param $a i32) (result i32)
    (i32.eqz (local.get $a))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 8 bytes, 4 instructions, 1.60 x the 5 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes   x86-64          ; after, notes
;;          (entry)                                     ; $a: edi
;; 0  0x20  local.get $a  - local, read where it lives  ; [$a]
;; 1  0x22  i32.eqz          0  33c0    xor eax, eax    ; [eax]
;;                           2  85ff    test edi, edi
;;                           4  0f94c0  sete al
;; 2  0x23  end              7  c3      ret
