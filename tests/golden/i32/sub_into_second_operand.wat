;; The destination is the home of the second operand, which must be read first.
;; invoke f 10 3 -> 7
(module
  (func $f (export "f") (param $a i32) (param $b i32) (result i32)
    (local.set $b (i32.sub (local.get $a) (local.get $b)))
    (local.get $b)))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 9 bytes, 5 instructions, 0.82 x the 11 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes  x86-64           ; after, notes
;;          (entry)                                     ; $a: edi $b: esi
;; 0  0x21  local.get $a  - local, read where it lives  ; [$a]
;; 1  0x23  local.get $b  - local, read where it lives  ; [$a, $b]
;; 2  0x25  i32.sub          0  8bc7   mov eax, edi     ; [eax]
;;                           2  2bc6   sub eax, esi
;; 3  0x26  local.set $b     4  8bf0   mov esi, eax     ; []
;; 4  0x28  local.get $b  - local, read where it lives  ; [$b]
;; 5  0x2a  end              6  8bc6   mov eax, esi     ; moved to where the label expects it
;;                           8  c3     ret
