;; A copy of one register to another.
;; invoke f 5 -> 25
(module
  (func $f (export "f") (param $a i32) (result i32)
    (local $b i32)
    (local.set $b (local.get $a))
    (i32.mul (local.get $a) (local.get $b))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 8 bytes, 4 instructions, 0.62 x the 13 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes   x86-64          ; after, notes
;;          (entry)                                     ; $a: edi
;; 0  0x22  local.get $a  - local, read where it lives  ; [$a]
;; 1  0x24  local.set $b     0  8bdf    mov ebx, edi    ; [] $b: ebx
;; 2  0x26  local.get $a  - local, read where it lives  ; [$a]
;; 3  0x28  local.get $b  - local, read where it lives  ; [$a, $b]
;; 4  0x2a  i32.mul          2  8bc7    mov eax, edi    ; [eax]
;;                           4  0fafc3  imul eax, ebx
;; 5  0x2b  end              7  c3      ret
