;; A comparison that is stored: setcc without a stale upper part.
;; invoke f 3 4 -> 1
;; invoke f -1 4 -> 0
(module
  (func $f (export "f") (param $a i32) (param $b i32) (result i32)
    (i32.lt_u (local.get $a) (local.get $b))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 8 bytes, 4 instructions, 1.14 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes   x86-64          ; after, notes
;;          (entry)                                     ; $a: edi $b: esi
;; 0  0x21  local.get $a  - local, read where it lives  ; [$a]
;; 1  0x23  local.get $b  - local, read where it lives  ; [$a, $b]
;; 2  0x25  i32.lt_u         0  33c0    xor eax, eax    ; [eax]
;;                           2  3bfe    cmp edi, esi
;;                           4  0f92c0  setb al
;; 3  0x26  end              7  c3      ret
