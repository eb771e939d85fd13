;; Subtraction does not commute: the first operand is copied.
;; invoke f 2 3 -> -1
(module
  (func $f (export "f") (param $a i32) (param $b i32) (result i32)
    (i32.sub (local.get $a) (local.get $b))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 5 bytes, 3 instructions, 0.71 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes  x86-64           ; after, notes
;;          (entry)                                     ; $a: edi $b: esi
;; 0  0x21  local.get $a  - local, read where it lives  ; [$a]
;; 1  0x23  local.get $b  - local, read where it lives  ; [$a, $b]
;; 2  0x25  i32.sub          0  8bc7   mov eax, edi     ; [eax]
;;                           2  2bc6   sub eax, esi
;; 3  0x26  end              4  c3     ret
