;; The flags of the comparison do not live across the addition.
;; json
;; invoke f 3 4 -> 8
;; invoke f 4 3 -> 7
(module
  (func $f (export "f") (param $a i32) (param $b i32) (result i32)
    (i32.add (i32.lt_s (local.get $a) (local.get $b))
      (i32.add (local.get $a) (local.get $b)))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 13 bytes, 6 instructions, 1.00 x the 13 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes   x86-64              ; after, notes
;;          (entry)                                         ; $a: edi $b: esi
;; 0  0x21  local.get $a  - local, read where it lives      ; [$a]
;; 1  0x23  local.get $b  - local, read where it lives      ; [$a, $b]
;; 2  0x25  i32.lt_s         0  33c0    xor eax, eax        ; [eax]
;;                           2  3bfe    cmp edi, esi
;;                           4  0f9cc0  setl al
;; 3  0x26  local.get $a  - local, read where it lives      ; [eax, $a]
;; 4  0x28  local.get $b  - local, read where it lives      ; [eax, $a, $b]
;; 5  0x2a  i32.add          7  8d0c37  lea ecx, [rdi+rsi]  ; [eax, ecx]
;; 6  0x2b  i32.add          a  03c1    add eax, ecx        ; [eax]
;; 7  0x2c  end              c  c3      ret
