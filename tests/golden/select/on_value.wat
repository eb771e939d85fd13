;; test and cmov.
;; invoke f 1 2 0 -> 2
;; invoke f 1 2 9 -> 1
(module
  (func $f (export "f") (param $a i32) (param $b i32) (param $c i32) (result i32)
    (select (local.get $a) (local.get $b) (local.get $c))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32 i32) (result i32) (export "f")
;; 8 bytes, 4 instructions, 0.89 x the 9 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes   x86-64          ; after, notes
;;          (entry)                                     ; $a: edi $b: esi $c: ebx
;; 0  0x22  local.get $a  - local, read where it lives  ; [$a]
;; 1  0x24  local.get $b  - local, read where it lives  ; [$a, $b]
;; 2  0x26  local.get $c  - local, read where it lives  ; [$a, $b, $c]
;; 3  0x28  select           0  85db    test ebx, ebx   ; [eax]
;;                           2  8bc7    mov eax, edi
;;                           4  0f44c6  cmove eax, esi
;; 4  0x29  end              7  c3      ret
