;; Both are read before either is set.
;; invoke f 9 4 -> -5
(module
  (func $f (export "f") (param $a i32) (param $b i32) (result i32)
    (local.get $a) (local.get $b)
    (local.set $a) (local.set $b)
    (i32.sub (local.get $a) (local.get $b))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 11 bytes, 6 instructions, 0.73 x the 15 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes  x86-64           ; after, notes
;;          (entry)                                     ; $a: edi $b: esi
;; 0  0x21  local.get $a  - local, read where it lives  ; [$a]
;; 1  0x23  local.get $b  - local, read where it lives  ; [$a, $b]
;; 2  0x25  local.set $a     0  8bc7   mov eax, edi     ; [eax]
;;                           2  8bfe   mov edi, esi
;; 3  0x27  local.set $b     4  8bf0   mov esi, eax     ; []
;; 4  0x29  local.get $a  - local, read where it lives  ; [$a]
;; 5  0x2b  local.get $b  - local, read where it lives  ; [$a, $b]
;; 6  0x2d  i32.sub          6  8bc7   mov eax, edi     ; [eax]
;;                           8  2bc6   sub eax, esi
;; 7  0x2e  end              a  c3     ret
